"""Builds the answer to one Query from the content and the live programme. Imports the rooms of knowledge below it."""
