"""The command behind `make run`, as far as it can be tried without starting the whole site."""

import socket
from contextlib import ExitStack

from crossinno.management.commands.serve import reserved


def test_hundreds_of_readers_at_once_wait_at_the_door_and_are_not_turned_away():
    with ExitStack() as stack:
        door = stack.enter_context(reserved(0))

        for _reader in range(300):
            stack.enter_context(socket.create_connection(door.getsockname(), timeout=5))

        for _reader in range(300):
            stack.enter_context(door.accept()[0])
