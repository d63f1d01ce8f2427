"""Task panels, and the screens that compose them."""
