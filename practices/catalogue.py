"""What lists need of everything at once: names of cities, themes and sectors; facets, years and places of practices.

It is small (some bytes a practice) and kept in memory until the content changes, so that a page reads only its own
rows. Terms are not model instances, because an instance keeps to the language in which it was read.
"""

from array import array
from dataclasses import dataclass, field
from itertools import chain, compress

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, get_language_info
from django_countries import countries
from django_countries.fields import Country
from taggit.models import Tag

from cities.meta import address_of
from cities.models import City
from cities.texts import Texts
from practices.listed import REMEMBERED, Lists
from practices.models import FormerTag, Practice, Sector, Theme
from practices.published import published, said_of_practices
from search.alphabet import sort_key
from search.asking import rows
from search.facets import Facets, bits_at
from search.lately import Lately
from search.spans import Spans
from search.versions import KeptWhileUnchanged

TEXTS = Texts(Practice)
PRACTICES = f"""
    SELECT {TEXTS.selected} FROM practices_practice WHERE state = 'published' AND id = ANY(%s::bigint[])
"""  # nosec B608 # noqa: S608 - names of our own columns


@dataclass(frozen=True)
class Term:
    """A city, theme or sector as lists know it: its address, and its name in every language it has one in."""

    kind: str
    pk: int
    slug: str
    names: dict
    facts: dict = field(default_factory=dict)

    @property
    def colour(self):
        """The colour of a theme."""
        return self.facts["colour"]

    @property
    def lat(self):
        """The latitude of a city, in degrees north."""
        return self.facts["lat"]

    @property
    def lon(self):
        """The longitude of a city, in degrees east."""
        return self.facts["lon"]

    @property
    def country(self):
        """The country of a city."""
        return Country(self.facts["country"])

    @property
    def name(self):
        """The name in the language of the page, else in the first of the site's languages that has one."""
        return self.names.get(get_language()) or next(
            (self.names[code] for code, _name in settings.LANGUAGES if code in self.names), self.slug
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of(f"{self.kind}:detail", self.slug)


@dataclass(frozen=True)
class Catalogue:
    """Terms by their primary keys, in the order of their lists; the facets of published practices, newest first.

    `tags` are the names of tags by their slugs, the most frequent first; `positioned` are the bits of those that have a
    position, `former_tags` the addresses of merged tags with those that they lead to, `seen` the keys of practices that
    participants of events saw; `made` is what was made of the catalogue alone.
    """

    cities: dict
    themes: dict
    sectors: dict
    tags: dict
    slugs: dict
    facets: Facets
    years: Spans
    positioned: int
    orders: dict
    listed: Lists
    seen: frozenset
    former_tags: dict
    made: dict = field(default_factory=dict)

    def cards(self, keys):
        """Published practices with these primary keys, in this order, with all their texts; read in one query."""
        found = {practice.pk: practice for practice, _rest in map(TEXTS.taken_from, rows(PRACTICES, [keys]))}
        return [self.placed(found[key]) for key in keys if key in found]

    def number(self, facet, value):
        """How many practices have this value."""
        return self.facets.bits[facet].totals.get(value, 0) if facet in self.facets.bits else 0

    def placed(self, practice):
        """Gives a practice the terms of its city and theme."""
        practice.city_term, practice.theme_term = self.cities[practice.city_id], self.themes[practice.theme_id]
        return practice

    def hosted(self, events):
        """Gives events the terms of their host, theme and participating cities."""
        for event in events:
            event.host_term, event.theme_term = self.cities.get(event.host_city_id), self.themes.get(event.theme_id)
            event.city_terms = [term for key, term in self.cities.items() if key in event.city_keys]
        return events

    def terms(self, facet, slugs):
        """The terms with these slugs, in the order of their list."""
        terms = {"city": self.cities, "theme": self.themes}.get(facet, self.sectors)
        return [term for term in terms.values() if term.slug in slugs]

    def by_title(self):
        """The places of the practices in the order of their titles, in the alphabet of the page."""
        language = get_language()
        if language not in self.orders:
            titles = _titles([language, *(code for code, _name in settings.LANGUAGES)])
            keys = [sort_key(titles.get(key, ""), language) for key in self.facets.keys]
            self.orders[language] = array("I", sorted(range(len(keys)), key=keys.__getitem__))
        return self.orders[language]

    def label(self, facet, value):
        """What readers call a value of a facet."""
        return countries.name(value) if facet == "country" else self.labels(facet)[value]

    def labels(self, facet):
        """What readers call the values of a facet, in the language of the page."""
        return self.tags if facet == "tag" else self.once(f"labels of {facet}", lambda: self._labels(facet))

    def _labels(self, facet):
        if facet == "country":
            return {code: countries.name(code) for code in self.facets.bits.get(facet, ())}
        if facet in ("outcome", "evidence"):
            kinds = {"outcome": Practice.Outcome, "evidence": Practice.Evidence}[facet]
            return {value: str(label) for value, label in kinds.choices}
        if facet == "language":
            return {code: get_language_info(code)["name_translated"] for code, _name in settings.LANGUAGES}
        terms = {"city": self.cities, "theme": self.themes}.get(facet, self.sectors)
        return {term.slug: term.name for term in terms.values()}

    def once(self, name, make):
        """What `make` makes in the language of the page of nothing but this catalogue: made once, under this name."""
        key = name, get_language()
        if key not in self.made:
            self.made[key] = make()
        return self.made[key]

    def lately(self, name):
        """What was made lately of single practices in the language of the page, under this name."""
        return self.once(name, lambda: Lately(REMEMBERED))


def _terms(kind, model, *facts):
    """Every row of the model as a term, by primary key."""
    terms = {}
    rows = model.objects.order_by(*model._meta.ordering).values_list(
        "pk", "slug", "translations__language_code", "translations__name", *facts
    )
    for pk, slug, language, name, *values in rows:
        term = terms.setdefault(pk, Term(kind, pk, slug, {}, dict(zip(facts, values, strict=True))))
        if language:
            term.names[language] = name
    return terms


def _titles(languages):
    """The title of each published practice, in the first of these languages in which it has one."""
    texts = Practice.translations.rel.related_model.objects.filter(master__state=Practice.State.PUBLISHED)
    titles = {}
    for key, code, title in texts.values_list("master_id", "language_code", "title"):
        rank = languages.index(code)
        if key not in titles or rank < titles[key][0]:
            titles[key] = rank, title
    return {key: title for key, (_rank, title) in titles.items()}


def _pairs(found, cities, themes, sectors, tags):
    """Which practice has which value, for every facet: pairs of its key and one value."""

    def terms(what, known):
        return ((key, known[pk]) for key, pk in said_of_practices(what) if pk in known)

    def slugs(what, known):
        return ((key, term.slug) for key, term in terms(what, known))

    def also(own, further):
        own = dict(zip(found.pk, own, strict=True))
        yield from own.items()
        yield from (pair for pair in dict.fromkeys(further) if own.get(pair[0]) != pair[1])

    further_cities = list(terms("cities", cities))
    codes = zip(found.pk, found.further_countries, strict=True)
    abroad = chain(
        ((key, city.facts["country"]) for key, city in further_cities),
        ((key, code) for key, several in codes for code in several.split(",") if code),
    )
    return {
        "theme": also((themes[pk].slug for pk in found.theme), slugs("themes", themes)),
        "city": also((cities[pk].slug for pk in found.city), ((key, city.slug) for key, city in further_cities)),
        "country": also((cities[pk].facts["country"] for pk in found.city), abroad),
        "creative": slugs("creative", sectors),
        "growth": slugs("growth", sectors),
        "tag": slugs("tags", tags),
        "outcome": zip(found.pk, found.outcome, strict=True),
        "evidence": ((key, evidence) for key, evidence in zip(found.pk, found.evidence, strict=True) if evidence),
        "language": said_of_practices("languages"),
    }


def _span(first, last, outcome):
    """From when to when a practice lasted: (first, last), last None while it goes on; None if no year is known."""
    begun, ended = first or last, last or first
    if begun and not last and outcome == Practice.Outcome.RUNNING:
        ended = None
    return (begun, ended) if begun else None


def _build():
    found = published()  # first, so that whatever it names is known when it is looked up, though others write meanwhile
    cities = _terms("cities", City, "country", "lat", "lon", "local_name")
    themes = _terms("themes", Theme, "colour")
    sectors = _terms("sectors", Sector, "kind")
    tags = Tag.objects.in_bulk()
    facets = Facets(found.pk, _pairs(found, cities, themes, sectors, tags))
    years = enumerate(map(_span, found.start_year, found.end_year, found.outcome))
    called = {tag.slug: tag.name for tag in tags.values()}
    verified = [day.toordinal() if day else 0 for day in found.verified_at]
    merged = FormerTag.objects.exclude(slug__in=Tag.objects.values("slug"))
    return Catalogue(
        cities=cities,
        themes=themes,
        sectors=sectors,
        tags={slug: called[slug] for slug in facets.bits["tag"]},
        slugs=dict(zip(found.slug, found.pk, strict=True)),
        facets=facets,
        years=Spans({place: span for place, span in years if span}, facets.size, timezone.localdate().year),
        positioned=bits_at(list(compress(range(facets.size), found.positioned)), facets.size),
        orders={"verified": array("I", sorted(range(facets.size), key=verified.__getitem__, reverse=True))},
        listed=Lists(cities, themes),
        seen=frozenset(Practice.objects.filter(seen_at__isnull=False).values_list("pk", flat=True)),
        former_tags=dict(merged.values_list("slug", "tag__slug")),
    )


catalogue = KeptWhileUnchanged(_build)
