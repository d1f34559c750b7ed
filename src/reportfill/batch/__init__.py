"""One file or many: which are meant, what comes of each, where that is written; all of it told in values."""
