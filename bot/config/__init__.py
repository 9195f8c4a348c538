"""Reads and checks config.toml and the environment. Imports no other room of bot."""
