"""What a site that somebody only tries out, or works on, gets made ready by itself."""

import hashlib
import secrets

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accounts.models import User
from cities.models import City
from crossinno.safety import kept

WEBMASTER = "webmaster@crossinno.example"


def prepare(say):
    """Brings database, content, static files and the webmaster's account up to date, and says what takes long."""
    load(say)
    collect_static(say)
    return webmaster()


def load(say):
    """Brings database and content up to date, and says what takes long."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Laying out the database ...")
        call_command("migrate", verbosity=0, interactive=False)
    if not City.objects.exists():
        say("Loading the content ...")
        call_command("load_content", str(settings.BASE_DIR / "fixtures"))


def collect_static(say):
    """Collects the static files if any has changed since the last time; the development server needs none collected."""
    stamp = settings.VAR_DIR / "static.stamp"
    found = sorted(
        f"{path} {storage.size(path)} {storage.get_modified_time(path).timestamp()}"
        for finder in get_finders()
        for path, storage in finder.list([])
    )
    state = hashlib.sha256("\n".join(found).encode()).hexdigest()
    if settings.DEBUG or (stamp.exists() and stamp.read_text() == state):
        return
    say("Collecting the static files ...")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(state)


def webmaster():
    """The demo webmaster's address and password; the account is made once, and a password changed since stays so."""
    password = kept(settings.VAR_DIR / "webmaster_password", lambda: secrets.token_urlsafe(12))
    account = User.objects.filter(email=WEBMASTER).first()
    if account is None:
        account = User.objects.create_superuser(WEBMASTER, password, name="Demo webmaster")
    return WEBMASTER, password if account.check_password(password) else "(the one you have set)"
