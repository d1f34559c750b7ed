"""Two years side by side: changes, jumps, and what does not follow from last year's report."""
