"""What the team can do, a room a theme. Imports participant features and turn, never handlers.routes."""
