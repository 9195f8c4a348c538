"""Words of attendance, and certificates as they are printed."""
