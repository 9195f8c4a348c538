"""Rolls an announcement out in stages. Imports db and delivery."""
