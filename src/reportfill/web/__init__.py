"""The web page: routes that parse, call and show."""
