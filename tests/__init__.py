"""Stories people would tell, and what is small and pure."""
