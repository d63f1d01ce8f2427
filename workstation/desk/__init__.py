"""The one object a screen talks to, and the threads behind it."""
