"""The script that makes the Word and Excel templates of the pack of the statistics of law enforcement."""
