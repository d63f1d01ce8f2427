"""Tests of workstation/domain."""
