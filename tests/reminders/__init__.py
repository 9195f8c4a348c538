"""What is small and pure in reminders/."""
