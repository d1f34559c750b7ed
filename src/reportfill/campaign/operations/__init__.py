"""What an office does in a campaign: distribute, collect, review, rebuild."""
