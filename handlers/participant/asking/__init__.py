"""Answers free questions, or passes them to the team. Imports turn and the keyboards."""
