"""Finds the documents that fit a question. Imports programme, text and locales."""
