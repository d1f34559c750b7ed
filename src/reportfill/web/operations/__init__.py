"""The office's long operations at a click: each in a process of its own, one at a time, seen by all of the server."""
