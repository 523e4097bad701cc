"""A language model asked for candidates, at an address of the user; each answer is checked against the text."""
