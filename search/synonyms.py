"""Words and phrases that mean the same, as the webmaster keeps them; a change counts from the next search on."""

from django.conf import settings
from django.db import connection

from search.models import Synonym
from search.versions import KeptWhileUnchanged
from search.words import SAY_NOTHING, WORD, fold

LONGEST = 6


def _build():
    """For every word or phrase of a group, as its stems in any language, what else is in it: {stems: [phrase, …]}."""
    groups = [[phrase.lower() for phrase in words] for words in Synonym.objects.values_list("words", flat=True)]
    others, all_words = {}, {word for group in groups for phrase in group for word in WORD.findall(phrase)}
    for language, _name in settings.LANGUAGES:
        stems = stems_of(all_words, language) if all_words else {}
        for group in groups:
            for phrase in group:
                key = language, *(stems[word] for word in WORD.findall(phrase) if says(word, language, stems))
                found = others.setdefault(key, [])
                found += [other for other in group if other != phrase and other not in found]
        others.pop((language,), None)
    return others, frozenset(fold(word) for word in all_words)


def says(word, language, stems):
    """Whether a word says anything in a language."""
    return stems[word] and fold(word) not in SAY_NOTHING.get(language, ())


def stems_of(words, language):
    """The stem of each word in a language; None of a word that says nothing there."""
    with connection.cursor() as cursor:
        statement = "SELECT word, (search_stems(%s, word))[1] FROM unnest(%s::text[]) AS word"
        cursor.execute(statement, [language, list(words)])
        return dict(cursor.fetchall())


others_by_stems = KeptWhileUnchanged(_build)


def words_of_synonyms(version):
    """All words of the synonyms, in small letters and without accents."""
    return others_by_stems(version)[1]


def synonyms_in(stems, language, version):
    """Which words, given by their stems, have synonyms, several of them as a phrase, the longest first.

    Returns [(places, [phrase, …]), …].
    """
    others, _words = others_by_stems(version)
    spoken = [(place, stem) for place, stem in enumerate(stems) if stem]
    found, start = [], 0
    while start < len(spoken):
        for end in range(min(len(spoken), start + LONGEST), start, -1):
            phrases = others.get((language, *(stem for _place, stem in spoken[start:end])))
            if phrases:
                found.append(([place for place, _stem in spoken[start:end]], phrases))
                start = end - 1
                break
        start += 1
    return found
