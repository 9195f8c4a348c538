"""Answering whole messages."""
