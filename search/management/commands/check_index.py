"""Compares the search index with the content."""

import sys

from django.core.management.base import BaseCommand

from search.index import drift


class Command(BaseCommand):
    help = "Says which rows of the search index are not as they should be; the exit code is 1 if there are any."

    def handle(self, **options):
        number = 0
        for sentence in drift():
            self.stdout.write(sentence)
            number += 1
        if number:
            self.stderr.write(f"{number} rows drifted. rebuild_index puts them right.")
            sys.exit(1)
        self.stdout.write("The index is as it should be.")
