# A property that has an inverse, or is its own, can be read from both ends.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX graph: <https://w3id.org/sokanzu/graph/>
INSERT { GRAPH graph:inferred { ?object ?inverse ?subject } }
WHERE {
  GRAPH graph:asserted { ?subject ?property ?object }
  GRAPH graph:ontology {
    { ?property owl:inverseOf ?inverse } UNION { ?inverse owl:inverseOf ?property }
    UNION { ?property a owl:SymmetricProperty . BIND(?property AS ?inverse) }
  }
  FILTER NOT EXISTS { GRAPH graph:asserted { ?object ?inverse ?subject } }
}
