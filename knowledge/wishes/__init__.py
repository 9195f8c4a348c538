"""Recognizes wishes that are typed instead of tapped: of participants, to the panel, of the team. Imports text."""
