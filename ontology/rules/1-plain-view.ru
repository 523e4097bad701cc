# The plain view: which claims also stand as plain triples.
# Accepted by us, stated or reported by the source, and not negated. Nothing else, ever.
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX sk: <https://w3id.org/sokanzu/ns#>
PREFIX stance: <https://w3id.org/sokanzu/stance/>
PREFIX review: <https://w3id.org/sokanzu/review/>
PREFIX graph: <https://w3id.org/sokanzu/graph/>
INSERT { GRAPH graph:asserted { ?subject ?property ?object } }
WHERE {
  GRAPH graph:claims {
    ?claim rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?object ;
      sk:review review:accepted ; sk:stance ?stance .
    FILTER(?stance = stance:stated || ?stance = stance:reported)
    FILTER NOT EXISTS { ?claim sk:negated true }
  }
}
