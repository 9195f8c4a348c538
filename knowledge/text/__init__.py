"""Reads typed text: words, spelling, numbers, language. Imports only locales."""
