# Whoever operates a system is related to it: plain triples hold for the wider properties too.
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX graph: <https://w3id.org/sokanzu/graph/>
INSERT { GRAPH graph:inferred { ?subject ?wider ?object } }
WHERE {
  GRAPH graph:asserted { ?subject ?property ?object }
  GRAPH graph:ontology { ?property rdfs:subPropertyOf+ ?wider }
}
