"""Whether an address of the web leads anywhere: asked politely, as robots should."""

import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from django.conf import settings
from django.utils.encoding import iri_to_uri

from editing.models import Link
from editing.strangers import MOST_BYTES, PORTS, NoAnswer, NotAsked, Stranger, netloc_of, target_of

ROBOT = "CrossinnoLinkCheck"
PAUSE, LONGEST_PAUSE = 1.0, 30.0
REDIRECTS = 5
FOR_GOOD, FOR_NOW = {301, 308}, {302, 303, 307}
NOT_FOR_ROBOTS = {401, 402, 403, 407, 429, 451, 999}
FIRST_BYTES = {"Range": "bytes=0-1023"}
Reason, Status = Link.Reason, Link.Status


@dataclass(frozen=True)
class Finding:
    """What came of asking for an address this time."""

    status: str
    code: int | None = None
    reason: str = ""
    moved_to: str = ""


def user_agent():
    """Who we say we are, so that whoever keeps a server can find us."""
    return f"{ROBOT}/1.0 (+{settings.SITE_URL}/)"


def plain_address(text):
    """The address as it is asked for: in characters of ASCII, the host in small letters, without name and fragment.

    Raises ValueError if it is none of the web.
    """
    parts = urlsplit(text.strip())
    if parts.scheme not in PORTS:
        raise ValueError(text)
    host = (parts.hostname or "").encode("idna").decode()
    netloc = netloc_of(parts.scheme, host, parts.port or PORTS[parts.scheme])
    return iri_to_uri(parts._replace(netloc=netloc, path=parts.path or "/", fragment="").geturl())


def host_of(url):
    """The server that an address names."""
    try:
        return (urlsplit(url).hostname or "")[:255]
    except ValueError:
        return ""


class Visitor:
    """One round through the web: knows the rules of each server, and when it asked it last."""

    def __init__(self, stranger=None, pause=None):
        self.stranger = stranger or Stranger(user_agent())
        self.pause = PAUSE if pause is None else pause
        self.rules = {}
        self.silent = {}
        self.last_asked = {}

    def visit(self, url):
        """What comes of asking for this address, and for those that it sends on to."""
        moved_to, here, for_good = "", url, True
        try:
            for _step in range(REDIRECTS + 1):
                answer = self.look_at(here)
                if answer.code not in FOR_GOOD | FOR_NOW or not answer.location:
                    return judged(answer.code, moved_to)
                here = next_address(here, answer.location)
                for_good = for_good and answer.code in FOR_GOOD
                moved_to = here if for_good else moved_to
        except NotAsked as refusal:
            return Finding(Status.REFUSED, reason=refusal.reason)
        except NoAnswer as problem:
            return Finding(Status.BROKEN, reason=problem.reason)
        return Finding(Status.BROKEN, answer.code, Reason.REDIRECTS)

    def look_at(self, url):
        """What the server says of one address, if its rules let robots ask."""
        target = self.target_of(url)
        rules = self.rules_of(target)
        if not rules.can_fetch(self.stranger.agent, url):
            raise NotAsked(Reason.ROBOTS)
        try:
            answer = self.ask("HEAD", target)
        except NoAnswer as problem:
            if not problem.connected:
                raise
        else:
            if answer.code < 400:
                return answer
        return self.ask("GET", target, **FIRST_BYTES)  # many a server cannot do HEAD

    def target_of(self, url):
        """Where the question for an address goes; a name that nobody has is looked up once in each round."""
        host = host_of(url)
        if host in self.silent:
            raise self.silent[host]
        try:
            return target_of(url)
        except NoAnswer as problem:
            if problem.reason == Reason.NO_HOST:
                self.silent[host] = problem
            raise

    def ask(self, method, target, most_bytes=0, **headers):
        """Asks a server, but never twice in a row without a pause."""
        key = target.netloc
        rules = self.rules.get((target.scheme, key))
        wanted = rules.crawl_delay(self.stranger.agent) if rules else None
        pause = max(self.pause, min(float(wanted or 0), LONGEST_PAUSE))
        time.sleep(max(0.0, self.last_asked.get(key, -pause) + pause - time.monotonic()))
        try:
            return self.stranger.ask(method, target, most_bytes, **headers)
        finally:
            self.last_asked[key] = time.monotonic()

    def rules_of(self, target):
        """What the server asks of robots; read once in each round."""
        key = (target.scheme, target.netloc)
        if key in self.silent:
            raise self.silent[key]
        if key not in self.rules:
            try:
                self.rules[key] = self.read_rules(f"{target.scheme}://{target.netloc}/robots.txt")
            except NoAnswer as problem:
                self.silent[key] = problem
                raise
        return self.rules[key]

    def read_rules(self, url):
        """The rules at this address: none if the server has none, all forbidden if it does not let us read them."""
        rules = RobotFileParser()
        rules.parse([])
        for _step in range(REDIRECTS + 1):
            answer = self.ask("GET", target_of(url), MOST_BYTES)
            if answer.code not in FOR_GOOD | FOR_NOW or not answer.location:
                break
            url = next_address(url, answer.location)
        if answer.code >= 500:
            raise NoAnswer(Reason.SERVER)
        if answer.code in {401, 403}:
            rules.disallow_all = True
        elif answer.code < 300:
            rules.parse(answer.body.decode("utf-8", "replace").splitlines())
        return rules


def next_address(here, location):
    """Where a server sends on to; raises NoAnswer if that is no address."""
    try:
        return plain_address(urljoin(here, location.encode("latin-1", "replace").decode("utf-8", "replace")))
    except ValueError as error:
        raise NoAnswer(Reason.ADDRESS) from error


def judged(code, moved_to):
    """What this last answer means."""
    if code in NOT_FOR_ROBOTS:
        return Finding(Status.REFUSED, code, Reason.NOT_FOR_ROBOTS)
    if code >= 500:
        return Finding(Status.BROKEN, code, Reason.SERVER)
    if code >= 400:
        return Finding(Status.BROKEN, code, Reason.GONE)
    return Finding(Status.MOVED, code, moved_to=moved_to) if moved_to else Finding(Status.OK, code)
