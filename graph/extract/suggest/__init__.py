"""Likely new entities, for a person to judge."""
