"""What a case still lacks, and how complete it is."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from practices.models import Practice
from practices.richtext import words


@dataclass(frozen=True)
class Wanted:
    """Something that a good case has: how much it counts of a hundred, how much of it is wanted, and why."""

    name: str
    label: str
    weight: int
    enough: int
    why: str
    is_needed: bool = False


Section = Practice.Section
#: Texts, with the words that are wanted. Without those that are needed no practice can be judged.
TEXTS = (
    Wanted("summary", gettext_lazy("Summary"), 8, 20, gettext_lazy("it is all that most readers see"), is_needed=True),
    Wanted(
        "challenge",
        Section.CHALLENGE.label,
        10,
        30,
        gettext_lazy("by it readers recognise a problem of their own"),
        is_needed=True,
    ),
    Wanted(
        "description",
        Section.DESCRIPTION.label,
        16,
        120,
        gettext_lazy("with it another city could do the same"),
        is_needed=True,
    ),
    Wanted("partners_role", Section.PARTNERS_ROLE.label, 6, 20, gettext_lazy("it says whom one needs for it")),
    Wanted("resources", Section.RESOURCES.label, 6, 20, gettext_lazy("the first question of every council")),
    Wanted("results", Section.RESULTS.label, 14, 40, gettext_lazy("without it nobody can trust it"), is_needed=True),
    Wanted("lessons", Section.LESSONS.label, 10, 30, gettext_lazy("readers value this most")),
    Wanted(
        "transferability",
        Section.TRANSFERABILITY.label,
        10,
        30,
        gettext_lazy("it says what another city must have in place"),
        is_needed=True,
    ),
)
#: What is entered below the texts, with the number that is wanted.
FACTS = (
    Wanted("sources", gettext_lazy("Sources"), 8, 2, gettext_lazy("others can check what you say"), is_needed=True),
    Wanted("tags", gettext_lazy("Tags"), 3, 3, gettext_lazy("by them it is found")),
    Wanted("sectors", gettext_lazy("Sectors"), 3, 2, gettext_lazy("readers filter by a creative and a growth sector")),
    Wanted("participants", gettext_lazy("Participants"), 2, 2, gettext_lazy("readers want to know whom to ask")),
    Wanted("images", gettext_lazy("Images"), 2, 1, gettext_lazy("a picture makes people stop at it")),
    Wanted("start_year", gettext_lazy("First year"), 1, 1, gettext_lazy("it tells the new from the tried")),
    Wanted("outcome", gettext_lazy("What became of it"), 1, 1, gettext_lazy("readers ask whether it still runs")),
)
WANTED = TEXTS + FACTS
WORDS_WANTED = {wanted.name: wanted.enough for wanted in TEXTS}


@dataclass(frozen=True)
class Gap:
    """Something of which a case has less than is wanted."""

    wanted: Wanted
    there: int

    @property
    def gain(self):
        """How many per cent the case would gain."""
        return self.wanted.weight * (1 - self.there / self.wanted.enough)

    @property
    def sentence(self):
        """What to write or add, and why."""
        named = {"label": self.wanted.label, "why": self.wanted.why, "enough": self.wanted.enough, "there": self.there}
        if self.wanted.name in WORDS_WANTED and self.there:
            return _("%(label)s: %(why)s; about %(enough)d words, %(there)d are there") % named
        if self.wanted.name in WORDS_WANTED:
            return _("%(label)s: %(why)s; about %(enough)d words") % named
        if self.wanted.enough == 1:
            return _("%(label)s: %(why)s") % named
        more = ngettext("%d more", "%d more", self.wanted.enough - self.there) % (self.wanted.enough - self.there)
        return _("%(label)s: %(why)s; %(more)s") % {**named, "more": more}

    @property
    def anchor(self):
        """Where in the form of a case it is entered."""
        below = {"sources", "participants", "images"}
        name = "creative_sectors" if self.wanted.name == "sectors" else self.wanted.name
        if name in WORDS_WANTED:
            return f"id_{name}_helptext"
        return f"{name}-heading" if name in below else f"id_{name}"


@dataclass(frozen=True)
class Completeness:
    """How complete a case is, in per cent, and what would help most, first what would help most of all."""

    percent: int
    gaps: list = field(default_factory=list)

    @property
    def most_helpful(self):
        """What would help most; nothing if the case is complete."""
        return self.gaps[0] if self.gaps else None


def with_completeness(practices):
    """Fetches along, for any number of practices, all by which their completeness is reckoned."""
    return practices.prefetch_related(
        "translations", "sources", "participants", "images__translations", "tags", "creative_sectors", "growth_sectors"
    )


def completeness(practice):
    """How complete the practice is in its original language."""
    there = {**words_in(practice), **facts_in(practice)}
    gaps = [Gap(wanted, there[wanted.name]) for wanted in WANTED if there[wanted.name] < wanted.enough]
    gaps.sort(key=lambda gap: gap.gain, reverse=True)
    return Completeness(max(0, int(100 - sum(gap.gain for gap in gaps))), gaps)


def nothing_yet():
    """How complete a case is that is not entered yet."""
    return Completeness(0, sorted((Gap(wanted, 0) for wanted in WANTED), key=lambda gap: gap.gain, reverse=True))


def words_in(practice):
    """How many words each text has."""
    text = text_of(practice)
    return {wanted.name: words(getattr(text, wanted.name, "")) for wanted in TEXTS}


def facts_in(practice):
    """How much there is of what is entered below the texts."""
    if practice.pk is None:
        return dict.fromkeys((wanted.name for wanted in FACTS), 0)
    return {
        "sources": len(practice.sources.all()),
        "tags": len(practice.tags.all()),
        "sectors": bool(practice.creative_sectors.all()) + bool(practice.growth_sectors.all()),
        "participants": len(practice.participants.all()),
        "images": sum(1 for image in practice.images.all() if described(image)),
        "start_year": int(practice.start_year is not None),
        "outcome": int(practice.outcome != Practice.Outcome.UNKNOWN),
    }


def lacks(practice):
    """What must be there before the practice can be submitted, one sentence each."""
    text = text_of(practice)
    missing = [
        _("“%s” is empty.") % wanted.label
        for wanted in TEXTS
        if wanted.is_needed and not words(getattr(text, wanted.name, ""))
    ]
    if not practice.sources.all():
        missing.append(_("There is no source: name at least one document or page that others can look at."))
    if not all(map(described, practice.images.prefetch_related("translations"))):
        missing.append(_("A picture needs an alternative text and a credit."))
    return missing


def described(image):
    """Whether it is said of a picture what it shows and who made it."""
    return bool(image.alt.strip() and image.credit.strip())


def text_of(practice):
    """The texts of the practice in its original language, else in any; nothing if there are none."""
    texts = {text.language_code: text for text in practice.translations.all()}
    return texts.get(practice.original_language) or next(iter(texts.values()), None)
