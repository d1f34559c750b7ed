"""The API under /api/v1: the same for programs, which show a key where a campaign is served."""
