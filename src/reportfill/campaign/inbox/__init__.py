"""What comes back: files, archives and mails, taken in and read."""
