"""Answers a question from the content and the programme. Imports every other room of knowledge."""
