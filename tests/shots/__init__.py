"""Pictures of every screen and state over real desks, to be looked at."""
