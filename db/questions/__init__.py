"""Remembers what people asked the team, and the team's answers. Imports delivery, engine and tables."""
