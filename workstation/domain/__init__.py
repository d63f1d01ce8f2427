"""The rules of the work, pure: no input or output, clock, randomness or Qt."""
