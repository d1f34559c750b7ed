"""The scripts that make the Word and Excel templates of the packs of the annual report."""
