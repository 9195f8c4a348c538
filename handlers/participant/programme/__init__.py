"""Shows sessions, objectives, principles and practices. Imports turn and keyboards."""
