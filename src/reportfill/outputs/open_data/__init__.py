"""Reports as open data: value by value in text, as JSON, as tables for people, as columns; of one agency or of all."""
