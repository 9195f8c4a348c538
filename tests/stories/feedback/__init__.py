"""Tests of stories, after a session: thanks, feedback, figures, the summary."""
