"""What the processes of one machine tell each other: that one of them has stored a change of content."""

import mmap
import os
import secrets
from contextlib import suppress
from functools import cached_property

from django.conf import settings

SIZE = 8


class Changes:
    """Eight octets that all processes of this machine share; whoever has stored a change writes others there."""

    @cached_property
    def _shared(self):
        """The octets; None where no file can be shared, so that nothing is known without asking."""
        with suppress(OSError):
            settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
            number = os.open(settings.VAR_DIR / "content_changed", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                if os.fstat(number).st_size < SIZE:
                    os.truncate(number, SIZE)
                return mmap.mmap(number, SIZE)
            finally:
                os.close(number)
        return None

    def mark(self):
        """Tells all processes that content has changed."""
        if self._shared:
            self._shared[:] = secrets.token_bytes(SIZE)

    def last(self):
        """The mark of the last change; None if nobody can know."""
        return self._shared[:] if self._shared else None


changes = Changes()
