"""The report page: what they told us, key facts, linked contacts and the log."""
