"""Finds the documents that fit a question (BM25). Imports programme, places, text and locales."""
