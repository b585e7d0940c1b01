"""Asking the database in SQL of our own."""

from django.db import connection


def rows(statement, parameters=None):
    """The rows of the answer. The statement is a constant: each connection keeps the plan of all that it was asked."""
    with connection.prepared_cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.pgresult.nfields else []
