"""Turns reminders on and off, and sets quiet hours. Imports turn and keyboards."""
