"""Holds what the bot knows of the cycle and answers questions from it. Pure. Imports only locales."""
