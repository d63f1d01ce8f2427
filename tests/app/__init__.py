"""How the program starts: settings and what it is given."""
