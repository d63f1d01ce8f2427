"""The conversation with the store: no Qt, no rules."""
