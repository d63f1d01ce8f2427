"""What crosses HTTP between a workstation and the store, and nothing else."""
