"""Who takes part: the agencies of a campaign and their roster."""
