"""Who came to a session is known; a certificate says so, and its code tells nothing more."""
