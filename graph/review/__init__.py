"""The review of candidates: what is asked next, what a person sees of it, what may be changed."""
