"""Speaks first: what is due, to whom, once."""
