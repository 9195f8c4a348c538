"""Tools for those who work on Ciclo."""
