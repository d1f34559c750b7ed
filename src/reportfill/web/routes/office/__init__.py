"""The pages of the office in charge."""
