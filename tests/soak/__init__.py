"""The soak: seeds of the simulator by the thousand, resumable, on either engine."""
