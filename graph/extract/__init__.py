"""Documents become candidate claims: text → names → coreference → dates → parse → frames → stance → voice → link.

In: a document and a project's entities. Out: candidates, each with the words it rests on and the rule that made it.
"""
