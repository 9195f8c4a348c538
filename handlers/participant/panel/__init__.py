"""Asks the panel of a session, lists its questions and votes for them. Imports turn and keyboards."""
