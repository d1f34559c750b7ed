"""How a campaign stands: on the screen, as a page, and as tables."""
