"""LibreOffice, where it is installed: another program, asked to make a file of another kind."""
