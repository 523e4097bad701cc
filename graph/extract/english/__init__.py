"""Frames and stance in English sentences, on the order of words and their base forms."""
