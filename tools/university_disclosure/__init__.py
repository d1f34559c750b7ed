"""The scripts that make the Word and Excel templates of the pack of the universities' report."""
