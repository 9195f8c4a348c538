"""What hostile or broken clients try; each attempt is a test."""
