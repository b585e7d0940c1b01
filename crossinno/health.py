"""Answers to whoever watches over the site, before anything else of it is asked."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse


class HealthMiddleware:
    """Answers the two health addresses by whatever host name, without TLS, session or language, and leaves no log line.

    Why this is no view: `docs/decisions/health.md`.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        check = {"/health/live": live, "/health/ready": ready}.get(request.path_info)
        if check is None:
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        problem = check()
        return HttpResponse(
            f"{problem or 'ok'}\n",
            status=503 if problem else 200,
            content_type="text/plain; charset=utf-8",
            headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
        )


def live():
    """Nothing is wrong as long as the process answers."""
    return ""


def ready():
    """Why the site cannot serve pages now; empty if it can."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "The database does not answer."
    return f"Migrations not applied yet: {len(waiting)}." if waiting else ""
