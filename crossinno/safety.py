"""What the site insists on before it starts, and the secrets it makes for itself where nobody gave it any."""

import contextlib
import os
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ImproperlyConfigured


def refuse_production(debug, secret_key, allowed_hosts, database_url, embedded_folder, second_factor):
    """Stops a production site that would not be safe, naming everything that is wrong at once."""
    host = parse_qs(urlsplit(database_url).query).get("host", [""])[0]
    wrong = {
        "DEBUG is on: leave it out": debug,
        "SECRET_KEY is missing: set it to at least 50 random characters": not secret_key,
        "SECRET_KEY is weak: set it to at least 50 random characters": secret_key
        and (len(secret_key) < 50 or len(set(secret_key)) < 10 or secret_key.startswith("django-insecure-")),
        "ALLOWED_HOSTS is missing: set it to the site's host names, separated by commas": not allowed_hosts,
        "ALLOWED_HOSTS has '*': name the hosts instead": any("*" in host for host in allowed_hosts),
        "DATABASE_URL is missing: set it to postgresql://name:password@host:5432/database": not database_url,
        "DATABASE_URL is not the address of a PostgreSQL": database_url
        and urlsplit(database_url).scheme not in {"postgres", "postgresql"},
        "SECOND_FACTOR_REQUIRED is off: leave it out, webmasters need a second factor": not second_factor,
        "DATABASE_URL is the embedded database, which is for trying out only": host == str(embedded_folder),
    }
    problems = [problem for problem, found in wrong.items() if found]
    if problems:
        raise ImproperlyConfigured("The site does not start in production:\n- " + "\n- ".join(problems))


def kept(path, make):
    """The secret in the file `path`, made and written for its owner's eyes only when there is none yet."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            fresh = path.with_name(f"{path.name}.{os.getpid()}")
            fresh.touch(mode=0o600)
            fresh.write_text(make(), encoding="utf-8")
            with contextlib.suppress(FileExistsError):
                os.link(fresh, path)  # whoever is first wins
            fresh.unlink()
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{path} cannot be kept: {error.strerror}.") from error
