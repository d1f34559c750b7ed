"""A campaign as a website: pages in a folder that any web server, or the file manager, shows."""
