"""Takes practices that people offer: a conversation, and what becomes of each. Imports dialog and registration."""
