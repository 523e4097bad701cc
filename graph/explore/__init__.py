"""How things are connected: the ties that claims make, and what can be read off them.

ties (values, filters, sureness) → ties_store (read from a store) → paths and what else walks them.
"""
