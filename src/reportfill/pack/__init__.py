"""A template pack: its schema, its two templates, and whether they fit together."""
