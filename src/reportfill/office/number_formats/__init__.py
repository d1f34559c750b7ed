"""What a cell shows: number formats read, numbers written by them, and the written read back as a person would."""
