"""What is small and pure in db/."""
