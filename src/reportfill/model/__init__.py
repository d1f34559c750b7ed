"""What a report is: the figures that it holds."""
