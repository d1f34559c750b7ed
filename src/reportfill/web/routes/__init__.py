"""What answers which address: each route parses, calls and shows."""
