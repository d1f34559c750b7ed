"""reportfill campaign: a year's campaign in one folder, from the workbooks that go out to the sums."""
