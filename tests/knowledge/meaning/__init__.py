"""Comparing by meaning."""
