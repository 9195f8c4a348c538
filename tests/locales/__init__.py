"""What is small and pure in locales/."""
