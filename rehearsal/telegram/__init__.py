"""The local Telegram, as strict as the real one. Imports nothing of Ciclo."""
