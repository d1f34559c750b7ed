"""A new pack from a blank Word form: its fields, rules, workbook and report, proposed for a keeper to look at."""
