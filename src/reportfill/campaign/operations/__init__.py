"""What an office does in a campaign, an operation a module: distribute, collect, review, roll up, close …"""
