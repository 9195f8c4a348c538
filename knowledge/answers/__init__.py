"""Answers a question from the content and the live programme. Imports every other room of knowledge."""
