import datetime
import json
from pathlib import Path
from urllib.robotparser import RobotFileParser

from django.conf import settings
from PIL import Image


def test_robots_are_told_where_the_sitemap_is_and_what_to_leave_out(client):
    response = client.get("/robots.txt")

    rules = RobotFileParser()
    rules.parse(response.content.decode().splitlines())
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert rules.site_maps() == ["http://testserver/sitemap.xml"]
    allowed = ["/", "/practices/", "/practices/?page=2", "/de/practices/x/", "/practices/x/card.png", "/contact/"]
    assert [path for path in allowed if not rules.can_fetch("*", path)] == []
    refused = ["/admin/", "/de/account/sign-in/", "/search/?q=x", "/contact/?about=/practices/x/"]
    assert [path for path in refused if rules.can_fetch("*", path)] == []
    assert b"Disallow: /practices/?*&\n" in response.content


def test_robots_get_no_cookie(client):
    paths = ["/robots.txt", "/sitemap.xml", "/site.webmanifest", "/practices/feed.atom", "/.well-known/security.txt"]

    assert [path for path in paths if client.get(path).cookies] == []


def test_the_manifest_speaks_the_language_of_the_address(client):
    english, german = (json.loads(client.get(f"{prefix}/site.webmanifest").content) for prefix in ("", "/de"))

    assert (english["lang"], english["start_url"]) == ("en", "/")
    assert (german["lang"], german["start_url"]) == ("de", "/de/")
    assert client.get("/site.webmanifest")["Content-Type"] == "application/manifest+json"


def test_the_icons_of_the_manifest_have_the_sizes_it_says(client):
    for icon in json.loads(client.get("/site.webmanifest").content)["icons"]:
        file = Path(settings.BASE_DIR) / icon["src"].lstrip("/")
        with Image.open(file) as picture:
            assert "x".join(map(str, picture.size)) == icon["sizes"]


def test_weaknesses_are_told_to_the_webmaster(client, settings):
    settings.CONTACT_EMAIL = "webmaster@example.org"

    lines = client.get("/.well-known/security.txt").content.decode().splitlines()

    facts = dict(line.split(": ", 1) for line in lines)
    assert facts["Contact"] == "mailto:webmaster@example.org"
    assert facts["Canonical"] == "http://testserver/.well-known/security.txt"
    assert datetime.datetime.fromisoformat(facts["Expires"]) > datetime.datetime.now(datetime.UTC)


def test_weaknesses_are_told_by_the_form_when_there_is_no_address(client, settings):
    settings.CONTACT_EMAIL = ""

    assert b"Contact: http://testserver/contact/\n" in client.get("/.well-known/security.txt").content
