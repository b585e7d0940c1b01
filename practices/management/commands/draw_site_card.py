"""Draws the share card of the site."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from practices.drawing import site_picture

KICKER = "Eleven European cities"
TITLE = "Good practices where creative minds meet other trades"


class Command(BaseCommand):
    help = "Draws static/img/card.png, which social networks show for pages without a card of their own."

    def add_arguments(self, parser):
        parser.add_argument("--output", type=Path, default=settings.BASE_DIR / "static" / "img" / "card.png")

    def handle(self, *args, output, **options):
        output.write_bytes(site_picture(KICKER, TITLE))
        self.stdout.write(f"{output.name}: {output.stat().st_size} bytes")
