"""Keeps the process going, and ends it: loop, garbage, stop, database file, reports of errors. Imports config."""
