"""What a text says, with the reasons: pure, lexicons passed in."""
