"""Reports worked from arrival to their end by keyboard, in the real window, on a real store."""
