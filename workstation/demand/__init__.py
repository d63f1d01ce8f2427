"""Synthetic demand for demonstration, training and load, through the public intake."""
