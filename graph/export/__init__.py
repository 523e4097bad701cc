"""The graph as files that other tools read: one module a family of formats.

In: a store. Out: text or bytes, the same for the same project on every machine.
"""
