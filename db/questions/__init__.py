"""Remembers what people asked the team, and the team's answers. Imports engine and tables."""
