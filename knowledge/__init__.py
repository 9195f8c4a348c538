"""Knows the cycle: its content, places and languages. Pure: no database, no Telegram, no clock."""
