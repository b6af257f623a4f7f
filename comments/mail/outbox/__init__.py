"""What is queued, and how it leaves."""

from comments.mail.outbox.carriers import Carrier, Folder, MailServer, Undelivered
from comments.mail.outbox.sending import MailSettings, Outbox, open_outbox

__all__ = ["Carrier", "Folder", "MailServer", "MailSettings", "Outbox", "Undelivered", "open_outbox"]
