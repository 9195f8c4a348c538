"""Formatted text as Telegram parses it. Imports nothing else."""
