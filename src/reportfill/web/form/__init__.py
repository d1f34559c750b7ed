"""The form in the browser: from a pack to what is drawn, and from what was posted to the data that are read."""
