"""What comes out beside the Word report: pages, web pages, data, pictures; one module a kind, one registry."""
