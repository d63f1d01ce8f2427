"""The central service: settles commands, publishes states, keeps the journal."""
