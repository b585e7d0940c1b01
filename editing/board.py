"""The board of featured practices: which stands where and when, how it is moved, and how that is undone."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practices.models import Feature, Practice

WEEK = timedelta(days=7)
PAST = 30  # of what is over, the latest


class Taken(ValidationError):
    """Others stand at the place on some of these days; `others` are these."""

    def __init__(self, feature, others):
        self.feature, self.others = feature, others
        said = " ".join(
            _("“%(other)s” stands there %(days)s.") % {"other": other.practice, "days": days_of(other)}
            for other in others
        )
        advice = _("Choose another place or other days, or end the other one first.")
        super().__init__(f"{said} {advice}", code="taken")


def days_of(feature):
    """When it stands there, in words."""
    first = date_format(feature.starts)
    if feature.ends is None:
        return _("from %(first)s until you end it") % {"first": first}
    return _("from %(first)s until %(last)s") % {"first": first, "last": date_format(feature.ends)}


def with_titles(features):
    """These features with their reasons and the titles of their practices."""
    return features.select_related("practice").prefetch_related("translations", "practice__translations")


def by_place(today=None):
    """What stands at each place now and what comes, [(place, name, now, coming), …], and what is over."""
    today = today or timezone.localdate()
    over = Q(ends__lt=today)
    latest = Feature.objects.filter(over).order_by("-ends", "-pk").values("pk")[:PAST]
    shown = list(with_titles(Feature.objects.filter(~over | Q(ends=None) | Q(pk__in=latest))).order_by("starts", "pk"))
    live = [feature for feature in shown if feature.ends is None or feature.ends >= today]
    past = [feature for feature in shown if feature not in live]
    columns = [
        (
            place,
            name,
            [feature for feature in live if feature.place == place and feature.starts <= today],
            [feature for feature in live if feature.place == place and feature.starts > today],
        )
        for place, name in Feature._meta.get_field("place").choices
    ]
    return columns, sorted(past, key=lambda feature: (feature.ends, feature.pk), reverse=True)


def free_from(features, today):
    """The first day after all that stands at a place now and later; None if something has no last day."""
    lasts = [feature.ends for feature in features]
    if None in lasts:
        return None
    return max(lasts) + timedelta(days=1) if lasts else today


def others_at(feature):
    """Which other features stand at the place of this one, on some of its days."""
    features = with_titles(Feature.objects.filter(place=feature.place).exclude(pk=feature.pk))
    ending = Q() if feature.ends is None else Q(starts__lte=feature.ends)
    return features.filter(ending, Q(ends=None) | Q(ends__gte=feature.starts)).order_by("starts")


def put(feature):
    """Stores where and when the feature stands, unless others do already."""
    others = list(others_at(feature))
    if others:
        raise Taken(feature, others)
    feature.save()


@transaction.atomic
def move(feature, place):
    """Puts the practice at another place on the same days."""
    feature.place = place
    put(feature)


@transaction.atomic
def shift(feature, weeks):
    """Puts the practice at its place some weeks later, or earlier, for as many days; not into the past."""
    today = timezone.localdate()
    if feature.starts <= today:
        raise ValidationError(_("It has begun already; change its last day instead."), code="begun")
    length = feature.ends and feature.ends - feature.starts
    feature.starts = max(feature.starts + weeks * WEEK, today)
    feature.ends = length if length is None else feature.starts + length
    put(feature)


@transaction.atomic
def swap(one, other):
    """Puts each of two at the place of the other, each on its own days."""
    places = one.place, other.place
    Feature.objects.filter(pk=one.pk).update(place=0)  # the database allows no two at a place even for a moment
    other.place, one.place = places
    put(other)
    put(one)


@transaction.atomic
def end(feature):
    """Takes the practice off the home page from today on; what has not begun before today goes altogether."""
    today = timezone.localdate()
    if feature.starts >= today:
        feature.delete()
    else:
        feature.ends = today - timedelta(days=1)
        feature.save()


def snapshot(keys):
    """How these features stand, so that it can be undone: by key, None for those that are not there."""
    found = {feature.pk: feature for feature in Feature.objects.filter(pk__in=keys).prefetch_related("translations")}
    return {str(key): as_data(found[key]) if key in found else None for key in keys}


def as_data(feature):
    """A feature in words and numbers."""
    reasons = {text.language_code: text.reason for text in feature.translations.all()}
    days = [feature.starts.isoformat(), feature.ends and feature.ends.isoformat()]
    return [feature.practice_id, feature.place, *days, reasons]


@transaction.atomic
def restore(before, after):
    """Makes features stand as before, if they still stand as after and their places are free."""
    keys = [int(key) for key in before]
    features = Feature.objects.select_for_update().filter(pk__in=keys)
    list(features)
    if snapshot(keys) != after:
        raise ValidationError(_("It has been changed since, so nothing was undone."), code="changed")
    features.delete()
    for key, data in before.items():
        if data is not None:
            put_back(int(key), *data)


def put_back(key, practice, place, starts, ends, reasons):
    """Puts a feature back as it stood."""
    if not Practice.objects.filter(pk=practice).exists():
        raise ValidationError(_("The practice is gone, so nothing was undone."), code="gone")
    starts, ends = date.fromisoformat(starts), ends and date.fromisoformat(ends)
    feature = Feature(pk=key, practice_id=practice, place=place, starts=starts, ends=ends)
    for language, reason in reasons.items():
        feature.set_current_language(language)
        feature.reason = reason
    put(feature)
