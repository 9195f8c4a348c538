"""Local Telegram servers and web clients for tests."""
