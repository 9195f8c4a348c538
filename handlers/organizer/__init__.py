"""What the team can do, a file a theme."""
