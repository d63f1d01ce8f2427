"""The mutation guard: deliberate bugs, each applied to a copy of the tree and shown to be caught.

A bug is a record in one of the TOML files here. `python -m tests.faults.mutations` tries them all.
"""
