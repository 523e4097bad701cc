# A part of a part is a part.
PREFIX sk: <https://w3id.org/sokanzu/ns#>
PREFIX graph: <https://w3id.org/sokanzu/graph/>
INSERT { GRAPH graph:inferred { ?part sk:partOf ?whole } }
WHERE {
  GRAPH graph:asserted { ?part sk:partOf ?middle . ?middle sk:partOf+ ?whole }
  FILTER(?part != ?whole)
  FILTER NOT EXISTS { GRAPH graph:asserted { ?part sk:partOf ?whole } }
}
