"""Content packs, places and questions for tests."""
