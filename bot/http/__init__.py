"""Serves the webhook, health checks and metrics. Imports updates and config."""
