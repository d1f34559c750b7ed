"""Scripts that make what is kept in git beside the code: templates, samples, docs, pictures."""
