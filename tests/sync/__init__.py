"""The conversation with the store, its pace and its stream."""
