"""A page template drafted from a report.docx: its paragraphs, headings and tables as HTML, with the same tags."""
