"""What an attached PDF must be."""

import hashlib
import json
import subprocess  # nosec B404 - runs a program of ours
import sys
import threading
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

INSPECTION = Path(__file__).with_name("pdf_inspection.py")
MOST_BYTES = 20 * 1024 * 1024
PATIENCE = 30  # seconds until we stop waiting
TOO_LARGE = _("The file has %(size)s; at most %(limit)s are possible. Save the PDF in a smaller size and try again.")
PROBLEMS = {
    "other": _("This is no PDF, whatever its name says. Save the document as PDF and choose it again."),
    "broken": _("The PDF is broken. Open it, print it to a new PDF and choose that one."),
    "costly": _("The PDF is too complicated to be checked. Print it to a new PDF and choose that one."),
    "encrypted": _("The PDF is protected by a password or against copying. Save it without protection and try again."),
    "script": _("The PDF contains a script or a form with one. Print it to a new PDF and choose that one."),
    "launch": _("The PDF starts another program or fetches data. Print it to a new PDF and choose that one."),
    "embedded": _("The PDF has other files in it. Print it to a new PDF without them and choose that one."),
}

_inspecting = threading.Lock()  # one at a time in each process


class Checked(ContentFile):
    """A PDF that was looked into."""

    def __init__(self, content, pages):
        super().__init__(content, name=f"{hashlib.sha256(content).hexdigest()[:20]}.pdf")
        self.pages = pages


def checked(file):
    """The PDF in this file; raises ValidationError with what is wrong and what to do about it."""
    if file.size > MOST_BYTES:
        limit = filesizeformat(MOST_BYTES)
        raise ValidationError(TOO_LARGE, params={"size": filesizeformat(file.size), "limit": limit})
    file.seek(0)
    content = file.read()
    with _inspecting:
        answer = inspection_of(content)
    if "problem" in answer:
        raise ValidationError(PROBLEMS[answer["problem"]])
    return Checked(content, answer["pages"])


def inspection_of(content):
    """What the inspection says of this content; one that dies or takes too long says that it is too much."""
    command = [sys.executable, "-I", str(INSPECTION)]
    try:
        done = subprocess.run(  # noqa: S603  # nosec B603 - nothing of the file is in the command
            command, input=content, capture_output=True, timeout=PATIENCE, check=True
        )
        return json.loads(done.stdout)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired, ValueError):
        return {"problem": "costly"}
