"""How much each client has asked of the interface of late."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.asking import rows

COUNT = """
    INSERT INTO api_client (key, minute, requests) VALUES (%s, %s, 1)
    ON CONFLICT (key) DO UPDATE SET
        requests = CASE WHEN api_client.minute = EXCLUDED.minute THEN api_client.requests + 1 ELSE 1 END,
        minute = EXCLUDED.minute
    RETURNING requests
"""


class ClientQuerySet(models.QuerySet):
    """Clients, as the limit of requests needs them."""

    def count_request(self, key, minute):
        """Counts a request, and returns how many this client has made in this minute."""
        [(requests,)] = rows(COUNT, [key, minute])
        return requests

    def forget_before(self, minute):
        """Forgets all who have not asked since."""
        self.filter(minute__lt=minute).delete()


class Client(models.Model):
    """A program that asks, known by a keyed hash of its address that changes every day.

    The table is unlogged: counting costs no wait for the disk, and a crash of the database forgets it.
    """

    key = models.CharField(_("key"), max_length=64, primary_key=True)
    minute = models.BigIntegerField(_("minute"), db_index=True)
    requests = models.PositiveIntegerField(_("requests"))

    objects = ClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("client")
        verbose_name_plural = _("clients")

    def __str__(self):
        return f"{self.requests} in minute {self.minute}"
