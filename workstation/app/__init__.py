"""Composition root: the only place where objects are wired."""
