"""What is asked of now, of what is over, and of what somebody cannot attend."""
