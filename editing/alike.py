"""Cases that may be the same case, by their titles."""

from editing.sheets.alike import Alike


def alike(practice, known):
    """The case among these, of the same city, whose title is most like that of this one; nothing if none is."""
    others = known.filter(city=practice.city_id, copy_of=None).exclude(pk=practice.pk).order_by("pk")
    texts = practice._parler_meta.root_model.objects.filter(master__in=others.values("pk")).order_by("pk")
    titles, of_title = Alike(), {}
    for key, title in texts.values_list("master", "title"):
        titles.add(title)
        of_title.setdefault(title, key)
    for text in practice.translations.all():
        if like := titles.like(text.title):
            return others.prefetch_related("translations").get(pk=of_title[like])
    return None
