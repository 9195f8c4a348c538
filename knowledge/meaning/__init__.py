"""Compares texts by meaning: an embedding beside the words, optional. Imports search, programme, text and locales."""
