"""Look and widgets that know no police work."""
