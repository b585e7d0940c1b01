"""How every mail of the site leaves: it is stored with the act that causes it, and sent afterwards."""

from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from mail.models import Mail
from mail.tasks import send


class QueuedBackend(BaseEmailBackend):
    """Stores mails and queues their sending in the transaction around them: what is rolled back sends nothing.

    Everybody who gets a message gets a mail of their own, so that one bad address holds up nobody else. Mails are plain
    text: an alternative in HTML is left out, and a file refused.
    """

    def send_messages(self, messages):
        """Takes these messages in; returns how many they are."""
        with transaction.atomic():
            for message in messages:
                self.take_in(message)
        return len(messages)

    def take_in(self, message):
        """Stores one message for each of those who get it."""
        if message.attachments:
            raise ValueError("A mail of this site has no files: link to them.")
        message.message()  # refuses what cannot stand in the head of a mail
        for to in message.recipients():
            mail = Mail.objects.create(
                kind=getattr(message, "kind", ""),
                to=to,
                subject=str(message.subject),
                text=str(message.body),
                sender=message.from_email,
                reply_to=", ".join(message.reply_to),
            )
            send.defer(mail=mail.pk)
