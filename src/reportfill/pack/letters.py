"""The templates of what an office writes to agencies, which a pack may have: each of them, or none."""

from __future__ import annotations

NOTICE, MAIL, REMINDER, CHAT = "notice.docx", "mail.txt", "reminder.txt", "chat.txt"
LETTERS = (NOTICE, MAIL, REMINDER, CHAT)
"""The notice to print; the mail with a workbook, and the one that reminds of it; the text for a chat."""
