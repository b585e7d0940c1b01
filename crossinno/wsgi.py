"""What the web server runs."""

import os
import sys

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from environs import EnvError

from crossinno.kept import KeptPages
from crossinno.reads import CountedReads
from crossinno.version import ContentVersionOnItsOwnLine

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crossinno.settings")

try:
    application = get_wsgi_application()
    if settings.KEPT_PAGES_BYTES:
        application = KeptPages(application, ContentVersionOnItsOwnLine(), settings.KEPT_PAGES_BYTES)
    application = CountedReads(application, apps.get_model("practices", "Reads"))
except (EnvError, ImproperlyConfigured) as error:
    sys.exit(str(error))
