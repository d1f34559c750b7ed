"""What the checks know of Chinese, and of no report in particular: words of counting, and words around years."""
