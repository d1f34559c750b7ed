"""How Chinese writes numbers, numbers its parts and words its headings."""
