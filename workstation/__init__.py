"""Demand Hub Workstation: a desk for call handlers, and the central store it syncs with."""
