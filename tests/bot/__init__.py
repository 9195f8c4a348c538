"""What is small and pure in bot/."""
