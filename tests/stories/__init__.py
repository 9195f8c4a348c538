"""Stories people would tell."""
