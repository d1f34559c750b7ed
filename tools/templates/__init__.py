"""What the scripts that make the Word and Excel templates of packs have in common."""
