"""What the site is measured against: Django on the same server settings, with nothing of ours.

`bench.bare:application` has no middleware at all; with BARE=startproject it has the apps and the middleware of a new
project. `/view/` is a bare view, `/query/` one that asks the database once.
"""

import os

import dj_database_url
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse
from django.urls import path

STARTPROJECT = {
    "INSTALLED_APPS": [
        f"django.contrib.{name}" for name in ("admin", "auth", "contenttypes", "sessions", "messages", "staticfiles")
    ],
    "MIDDLEWARE": [
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
}
settings.configure(
    SECRET_KEY=os.environ["SECRET_KEY"],
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=600)},
    **(STARTPROJECT if os.environ.get("BARE") == "startproject" else {}),
)
PAGE = "x" * 10_000
LENGTH = {"Content-Length": str(len(PAGE))}  # as ordinary middleware sets it; without it gunicorn sends chunks


def view(_request):
    """A page of ten thousand letters."""
    return HttpResponse(PAGE, headers=LENGTH)


def query(_request):
    """The same, after one question to the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM search_contentversion")
        cursor.fetchone()
    return HttpResponse(PAGE, headers=LENGTH)


urlpatterns = [path("view/", view), path("query/", query)]
application = get_wsgi_application()
