"""A year's campaign: workbooks to every agency, what comes back, who is missing, everything added up."""
