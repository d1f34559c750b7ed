"""A pack tried out: its report printed and its workbook made, filled in, read back and marked, before anybody does."""
