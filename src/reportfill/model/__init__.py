"""What a report is: its fields and their kinds, what agencies report, where it stands."""
