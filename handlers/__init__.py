"""Answers what a person says or presses."""
