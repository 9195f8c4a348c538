"""Backs up, restores and exports the database. Imports db."""
