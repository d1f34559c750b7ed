"""What the figures come to, added up over agencies."""
