"""Asking the database in SQL of our own."""

from django.db import connection


def rows(statement, parameters=None):
    """The rows of the answer. The statement is a constant: each connection keeps one plan of it, whatever is asked."""
    with connection.prepared_cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.pgresult.nfields else []


def rows_planned_anew(statement, parameters):
    """The same for a statement that PostgreSQL plans well only if it knows what is asked."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()
