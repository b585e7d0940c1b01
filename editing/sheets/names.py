"""The words that cells may use: cities, themes, sectors, languages and choices, by their slugs and by their names."""

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _
from django_countries import countries
from taggit.models import Tag

from cities.models import City
from cities.rows import Slugs
from editing.sheets.cells import Wrong, did_you_mean, word
from events.content.problems import nearest
from practices.models import Participant, Practice, Sector, Theme


class Names:
    """What each kind of word is called, looked up once for a sheet."""

    longest_tag = Tag._meta.get_field("name").max_length

    def __init__(self):
        self.kinds = {}

    def of(self, kind):
        """The slugs of a kind by every name they go by, in small letters."""
        if kind not in self.kinds:
            self.kinds[kind] = {word(name): slug for slug, names in KINDS[kind]() for name in (*names, slug)}
        return self.kinds[kind]

    def slugs(self, kind):
        """The slugs of a kind in their order."""
        return list(dict.fromkeys(self.of(kind).values()))

    def slug(self, kind, name):
        """The slug that is meant by a slug or a name; raises Wrong with those that may have been meant."""
        names = self.of(kind)
        if (known := word(name)) in names:
            return names[known]
        meant = nearest(known, frozenset(names))
        what = _("“%s” is not known here.") % name[:60]
        raise Wrong(f"{what} {did_you_mean(names[meant[0]])}" if meant else what)

    @cached_property
    def tags(self):
        """How each tag is written, by its name in small letters."""
        return Slugs().tags()

    @cached_property
    def keys_of_cities(self):
        """The keys of the cities by their slugs."""
        return dict(City.objects.order_by().values_list("slug", "pk"))


def terms(model, *columns, **limit):
    """The rows of a model by slug, with their names in every language."""
    names = {}
    for slug, *further in model.objects.filter(**limit).order_by("slug").values_list("slug", *columns):
        names[slug] = {name for name in further if name}
    texts = model._parler_meta.root_model.objects.filter(master__slug__in=names)
    for slug, name in texts.values_list("master__slug", "name"):
        names[slug].add(name)
    return names.items()


def choices(kind):
    """The values of a choice by themselves and by their names in English and in the language of the reader."""
    with override("en"):
        english = {value: str(label) for value, label in kind.choices}
    return [(value, {english[value], str(label)}) for value, label in kind.choices]


def languages():
    """The languages by code, by English name and by the name they give themselves."""
    return [
        (code, {get_language_info(code)["name"], get_language_info(code)["name_local"]})
        for code, _name in settings.LANGUAGES
    ]


def country_codes():
    """The countries by code and by English name."""
    with override("en"):
        return [(code, {str(name)}) for code, name in countries]


KINDS = {
    "cities": lambda: terms(City, "local_name"),
    "themes": lambda: terms(Theme),
    "creative sectors": lambda: terms(Sector, kind=Sector.Kind.CREATIVE),
    "growth sectors": lambda: terms(Sector, kind=Sector.Kind.GROWTH),
    "countries": country_codes,
    "languages": languages,
    "outcomes": lambda: choices(Practice.Outcome),
    "roles": lambda: choices(Participant.Role),
    "sections": lambda: choices(Practice.Section),
}
