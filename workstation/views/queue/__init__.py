"""The queue: rows read by page, painted, filtered and moved through by keyboard."""
