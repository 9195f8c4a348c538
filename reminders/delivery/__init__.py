"""Claims due messages, sends them within Telegram's limits, and records outcomes. Imports messages."""
