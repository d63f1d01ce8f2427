"""The two local databases and their keys."""
