"""Frames and stance in Japanese sentences, on their dependency trees."""
