"""Tests of workstation/machine."""
