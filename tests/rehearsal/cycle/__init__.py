"""The rehearsed cycle: that it plays, and that each check can fail."""
