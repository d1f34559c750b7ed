"""The Word side: a pack's report.docx, compiled once and rendered for each submission."""
