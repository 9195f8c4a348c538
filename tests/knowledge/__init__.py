"""What the pure knowledge of the cycle gives back."""
