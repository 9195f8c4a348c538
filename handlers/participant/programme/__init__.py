"""Shows sessions, objectives, principles and practices, and gives calendar files. Imports turn, keyboards and asking."""
