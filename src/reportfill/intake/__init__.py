"""The Excel side: the blank workbook, and what comes back filled in."""
