"""Stories of practices that participants offer, and of people who meet over an objective."""
