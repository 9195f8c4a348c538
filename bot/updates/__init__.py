"""Receives updates, keeps them in the inbox, and has them handled in order. Imports db, handlers and http's metrics."""
