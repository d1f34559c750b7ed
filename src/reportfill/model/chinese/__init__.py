"""How Chinese writes numbers, numbers its parts, words its headings and names its offices."""
