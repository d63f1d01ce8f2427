"""The shape of the source: directions of import, sizes, and what must never be written."""
