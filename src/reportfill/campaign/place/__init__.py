"""Where a campaign is and how work is done there: its folder, settings, names of files, password, and workers."""
