"""What the figures come to: added up over agencies, and compared with last year."""
