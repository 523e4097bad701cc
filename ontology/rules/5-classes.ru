# A police body is an actor: members of a class are members of the wider classes.
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX graph: <https://w3id.org/sokanzu/graph/>
INSERT { GRAPH graph:inferred { ?thing a ?wider } }
WHERE {
  GRAPH graph:entities { ?thing a ?class }
  GRAPH graph:ontology { ?class rdfs:subClassOf+ ?wider }
}
