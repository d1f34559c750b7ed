"""Where the fields of the form stand in a workbook that came back."""
