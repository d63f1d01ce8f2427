"""Desks, couriers and a real store together."""
