"""The workbook that goes back to the agency: its own, with every wrong cell marked."""
