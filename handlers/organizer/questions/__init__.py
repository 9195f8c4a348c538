"""Answers people's questions and publishes answers. Imports turn and participant.asking."""
