"""What this app does in the background."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mail.models import Mail
from mail.queue import TWO_DAYS, task


class MailNotSent(Exception):
    """A mail could not be handed over. It says which mail only: why is noted there, for addresses stay out of logs."""


@task(_("Send a mail"), pass_context=True)
def send(context, mail):
    """Sends a mail that waits. Whoever comes second waits for the first, and finds it sent."""
    with transaction.atomic():
        found = Mail.objects.select_for_update().filter(pk=mail, state=Mail.State.WAITING).first()
        if found:
            found.try_to_send(last_time=TWO_DAYS.is_over(context.job))
    if found and found.error:
        raise MailNotSent(f"Mail {mail} could not be sent.")
