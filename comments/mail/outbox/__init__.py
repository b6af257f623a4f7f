"""What is queued, and how it leaves."""

from comments.mail.outbox.carriers import Carrier, Folder, MailServer, Undelivered, letter_folder
from comments.mail.outbox.sending import MailSettings, Outbox, open_outbox

__all__ = ["Carrier", "Folder", "MailServer", "MailSettings", "Outbox", "Undelivered", "letter_folder", "open_outbox"]
