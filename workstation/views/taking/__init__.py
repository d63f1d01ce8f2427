"""Taking a call or a walk-in on one page."""
