"""What stories and tests share."""
