"""Workbooks as they are written: cells, formats, sheets, and whole tables."""
