"""Speaks with Telegram through python-telegram-bot's public interface; below both wings, imports only locales/."""
