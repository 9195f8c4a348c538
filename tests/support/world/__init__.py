"""People, databases and schedules for stories."""
