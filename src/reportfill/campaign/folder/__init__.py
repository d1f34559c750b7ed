"""Where a campaign is: its folder, settings, names of files and password."""
