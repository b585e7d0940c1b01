"""By which names practices are meant where a file gives no slug."""

import re

from practices.models import Practice


def folded(name):
    """The name as it is compared: without regard to capitals."""
    return " ".join(name.casefold().split())


def without_aside(title):
    """The title without what stands in parentheses at its end."""
    return re.sub(r"\s*\([^()]*\)\s*$", "", title)


class Titles:
    """The practices by slug, by title, and by title without the parenthesis at its end."""

    def __init__(self):
        self.of_files = {}
        self.exact, self.short = None, None

    def note(self, slug, title):
        """Remembers what a practice is called in a file."""
        self.of_files[slug] = title

    def look_up(self):
        """Puts together the titles of the files and those of the database."""
        self.exact, self.short = {}, {}
        stored = Practice._parler_meta.root_model.objects.values_list("master__slug", "title")
        for slug, title in [*self.of_files.items(), *stored.iterator()]:
            for name in (slug, title):
                self.exact.setdefault(folded(name), set()).add(slug)
            self.short.setdefault(folded(without_aside(title)), set()).add(slug)

    def linked(self, seen):
        """A practice seen, with the slug of the practice that its name means beyond doubt."""
        if seen["practice"]:
            return seen
        if self.exact is None:
            self.look_up()
        name = folded(seen["name"])
        slugs = self.exact.get(name) or self.short.get(name) or ()
        return {"name": None, "practice": next(iter(slugs))} if len(slugs) == 1 else seen
