"""Registers people and changes their registration. Imports turn, dialog and keyboards."""
