"""The kinds of values that a field may hold."""
