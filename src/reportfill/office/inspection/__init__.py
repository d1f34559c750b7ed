"""What a file that was handed in really is, and what in it would be read wrong, before any cell is read."""
