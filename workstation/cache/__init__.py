"""The two local databases of a person at a desk."""
