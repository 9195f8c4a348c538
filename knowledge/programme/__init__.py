"""Knows the cycle and what is said about its sessions, objectives, principles and practices. Imports text, time, places and locales."""
