"""Runs that take minutes, each by a command of its own: `python -m benchmarks.long.soak` and the like."""
