"""Reads what people type: words, spelling, numbers, language. Imports only locales."""
