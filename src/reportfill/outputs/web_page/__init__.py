"""A report as a web page: a pack's report.html rendered for a submission, and what of it a website's editor keeps."""
