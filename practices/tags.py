"""Tags that mean the same: which look alike, merging them into one, and parting them again."""

import re
import unicodedata
from collections import Counter, defaultdict

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from taggit.models import Tag, TaggedItem

from practices.indexing import index_practices
from practices.models import FormerTag, Practice, TagMerge

#: Names are alike if they share so much of their groups of three letters (Jaccard index, as pg_trgm measures it).
ALIKE = 0.55


def bare(name):
    """A name without what does not make it another one: capitals, accents, hyphens, spaces, the plural."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    words = re.findall(r"[^\W_]+", "".join(letter for letter in letters if not unicodedata.combining(letter)))
    return "".join(singular(word) for word in words)


def singular(word):
    """An English word without the ending of its plural, roughly."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def trigrams(name):
    """The groups of three letters of a name, with its beginning and end."""
    padded = f"  {bare(name)} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def alike(tags):
    """These tags in groups of those that look alike, the most used first in each group."""
    tags = list(tags)
    grams = {tag.pk: trigrams(tag.name) for tag in tags}
    by_gram, leader = defaultdict(list), {tag.pk: tag.pk for tag in tags}

    def head(key):
        while leader[key] != key:
            key = leader[key]
        return key

    for tag in tags:
        shared = Counter(other for gram in grams[tag.pk] for other in by_gram[gram])
        for other, number in shared.items():
            if number / (len(grams[tag.pk]) + len(grams[other]) - number) >= ALIKE:
                leader[head(other)] = head(tag.pk)
        for gram in grams[tag.pk]:
            by_gram[gram].append(tag.pk)
    groups = defaultdict(list)
    for tag in tags:
        groups[head(tag.pk)].append(tag)
    found = [sorted(group, key=lambda tag: (-tag.uses, tag.name)) for group in groups.values() if len(group) > 1]
    return sorted(found, key=lambda group: group[0].name)


def with_uses(tags):
    """These tags with how many practices have each, drafts and working copies among them."""
    return tags.annotate(uses=Count("taggit_taggeditem_items")).order_by("-uses", "name")


def items():
    """Which practices have which tags."""
    return TaggedItem.objects.filter(content_type=ContentType.objects.get_for_model(Practice))


def touched(tags):
    """The keys of the practices that have any of these tags."""
    return set(items().filter(tag__in=tags).values_list("object_id", flat=True))


def practices_of(tag):
    """The keys of the practices that have this tag, in their order."""
    return sorted(items().filter(tag=tag).values_list("object_id", flat=True))


@transaction.atomic
def merge(kept, others, person):
    """Gives all practices that have one of the others this tag instead; their addresses lead to it from now on."""
    others = list(Tag.objects.select_for_update().filter(pk__in=[tag.pk for tag in others]).exclude(pk=kept.pk))
    changed, merged, having = touched(others), [], set(practices_of(kept))
    already = sorted(having)
    for tag in others:
        former = list(tag.former.values_list("slug", flat=True))
        of_tag = practices_of(tag)
        merged.append({"name": tag.name, "slug": tag.slug, "former": former, "practices": of_tag})
        items().filter(tag=tag, object_id__in=having).delete()
        items().filter(tag=tag).update(tag=kept)
        having.update(of_tag)
        tag.former.update(tag=kept)
        FormerTag.objects.update_or_create(slug=tag.slug, defaults={"name": tag.name, "tag": kept})
        tag.merges.update(tag=kept)
        tag.delete()
    index_practices(Practice.objects.filter(pk__in=changed))
    told = {"before": already, "after": practices_of(kept)}
    return TagMerge.objects.create(tag=kept, merged=merged, practices=told, by=person)


@transaction.atomic
def part(merging):
    """Undoes a merging, as long as neither the tag nor the practices that have it have changed since."""
    merging = TagMerge.objects.select_for_update().get(pk=merging.pk)
    names = [tag["name"] for tag in merging.merged]
    newer = merging.tag.merges.filter(pk__gt=merging.pk, undone_at=None).exists()
    changed = practices_of(merging.tag) != merging.practices["after"]
    if merging.undone_at or newer or changed or Tag.objects.filter(name__in=names).exists():
        raise ValidationError(_("These tags have been used or changed since, so that nothing was undone."))
    items().filter(tag=merging.tag).exclude(object_id__in=merging.practices["before"]).delete()
    for data in merging.merged:
        tag = Tag.objects.create(name=data["name"], slug=data["slug"])
        FormerTag.objects.filter(slug__in=data["former"]).update(tag=tag)
        FormerTag.objects.filter(slug=data["slug"]).delete()
        kind = ContentType.objects.get_for_model(Practice)
        there = Practice.objects.filter(pk__in=data["practices"]).values_list("pk", flat=True)
        TaggedItem.objects.bulk_create(TaggedItem(tag=tag, content_type=kind, object_id=key) for key in there)
    index_practices(Practice.objects.filter(pk__in=merging.practices["after"]))
    merging.undone_at = timezone.now()
    merging.save(update_fields=["undone_at"])


def current(names):
    """These names with the tags of today in the place of those that were merged into them."""
    former = {tag.name.casefold(): tag.tag.name for tag in FormerTag.objects.select_related("tag")}
    there = set(Tag.objects.filter(name__in=names).values_list("name", flat=True))
    return list(dict.fromkeys(name if name in there else former.get(name.casefold(), name) for name in names))
