"""A folder that installs the program by a double click where there is neither a network nor Python."""
