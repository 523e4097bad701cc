"""The picture: what is drawn, where it stands, and the pages that show it.

In: a Project and the Vocabulary. Out: plain data (drawing), positions (layout), SVG, one
self-contained page, a pyvis page. Nothing is imported here, so that `import graph.chart` stays light.
"""
