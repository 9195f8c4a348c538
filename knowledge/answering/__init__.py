"""Answers whole messages: clause by clause, and by their meaning. Imports every other room of knowledge but meaning."""
