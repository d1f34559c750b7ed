"""What Office files are: packages (ISO/IEC 29500) and their guard, kinds of files, what is in them and how it shows."""
