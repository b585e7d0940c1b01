"""Builds the search index anew."""

from django.core.management.base import BaseCommand
from django.db import connection

from search.index import TABLES, rebuild


class Command(BaseCommand):
    help = "Builds the search index anew. Readers see the old one until the new one is complete."

    def handle(self, **options):
        rebuild(self.tell)
        if not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM (ANALYZE) " + ", ".join(TABLES))
        self.stdout.write("The index is complete.")

    def tell(self, kind, done, number):
        """How far it is."""
        self.stdout.write(f"{kind}: {done} of {number}")
