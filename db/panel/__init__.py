"""Remembers questions to the panel, their votes, moderators and screens. Imports people, team, engine and tables."""
