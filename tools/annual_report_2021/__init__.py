"""The scripts that make the Word and Excel templates of the pack annual-report-2021."""
