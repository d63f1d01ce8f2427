"""What breaks, done on purpose to the real programs: wires, processes, disks and databases."""
