"""What keeps visitors from each other, and other pages from ours."""
