"""What is small and pure in rehearsal/."""
