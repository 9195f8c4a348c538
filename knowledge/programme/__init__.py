"""Models the cycle: its sessions, objectives, principles and practices. Imports text, time, places and locales."""
