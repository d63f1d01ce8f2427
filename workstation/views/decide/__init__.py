"""The decision column of a report: its panels, its one primary key, and what holds that key."""
