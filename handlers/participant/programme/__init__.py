"""Shows sessions, objectives, principles and practices. Imports turn, keyboards and asking."""
