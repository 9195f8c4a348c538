"""A local Telegram in which the whole cycle can be rehearsed."""
