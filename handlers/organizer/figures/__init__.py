"""Shows how the cycle goes as pictures and numbers. Imports turn."""
