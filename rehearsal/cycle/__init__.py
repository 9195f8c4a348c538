"""The whole cycle played by itself, faults included, with a pass/fail sheet. Imports telegram and world."""
