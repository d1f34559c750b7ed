"""What is kept of a campaign: ledger, journal, copies of what came in, reviews, and the seal."""
