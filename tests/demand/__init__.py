"""Tests of workstation/demand."""
