"""What is typed instead of tapped."""
