"""What goes out to the agencies: workbooks, the notice, drafts of mails, and reminders."""
