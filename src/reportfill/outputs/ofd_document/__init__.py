"""OFD (GB/T 33190-2016): what is drawn on the pages of a PDF, written as a document of that format."""
