"""Keeps a worker beside the web server of a site that somebody tries out or works on.

The keeper is a process of its own, small because it knows nothing of the site: the web server forks, and a thread that
watches would now and then leave it with a lock that nobody opens. Site, keeper and worker share a pipe. When its other
end closes, because the site stops or is killed, both stop, so that nothing is left behind. Ctrl-C does not reach them.
"""

import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
PAUSE = 5  # seconds before a worker that ended is started again
PATIENCE = 25  # seconds that a worker may take to finish what it is at


class Keeper:
    """The keeper as the site sees it."""

    process = None

    def start(self):
        """Has a worker begin."""
        command = [sys.executable, "-m", "mail.keeper"]
        self.process = subprocess.Popen(command, cwd=HERE, stdin=subprocess.PIPE, process_group=0)  # noqa: S603

    def stop(self):
        """Lets the worker, if there is one, finish what it is at, if that does not take too long."""
        if self.process is None:
            return
        self.process.stdin.close()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


def keep():
    """Starts a worker, and again when it dies, until the input ends."""
    while True:
        subprocess.call([sys.executable, "manage.py", "work", "--until-input-ends"])
        if select.select([sys.stdin], [], [], PAUSE)[0]:
            return


if __name__ == "__main__":
    keep()
