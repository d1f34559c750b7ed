"""Who may come in to a campaign: agencies by their links, people by their accounts, programs by their keys."""
