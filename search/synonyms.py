"""Words and phrases that mean the same, as the webmaster keeps them; a change counts from the next search on."""

from django.db import connection

from search.models import Synonym
from search.versions import KeptWhileUnchanged
from search.words import WORD

LONGEST = 6


def _build():
    """For every word or phrase of a group, as its English stems, what else is in the group: {stems: [phrase, …]}."""
    groups = [
        [" ".join(WORD.findall(phrase.lower())) for phrase in words]
        for words in Synonym.objects.values_list("words", flat=True)
    ]
    stems = stems_of({word for group in groups for phrase in group for word in phrase.split()})
    others = {}
    for group in groups:
        for phrase in filter(None, group):
            key = tuple(filter(None, (stems[word] for word in phrase.split())))
            found = others.setdefault(key, [])
            found += [other for other in group if other and other != phrase and other not in found]
    others.pop((), None)
    return others


def stems_of(words):
    """The English stem of each word; None of a word that says nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, (search_stems('en', word))[1] FROM unnest(%s::text[]) AS word", [list(words)])
        return dict(cursor.fetchall())


others_by_stems = KeptWhileUnchanged(_build)


def synonyms_in(stems):
    """Where in the stems a group of synonyms speaks: [(places, [phrase, …]), …], the longest first at each place."""
    others, found, place = others_by_stems(), [], 0
    while place < len(stems):
        for end in range(min(len(stems), place + LONGEST), place, -1):
            phrases = others.get(tuple(stems[place:end]))
            if phrases:
                found.append((range(place, end), phrases))
                place = end - 1
                break
        place += 1
    return found
