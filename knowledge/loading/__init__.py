"""Reads and checks the files of a content pack. Imports programme."""
