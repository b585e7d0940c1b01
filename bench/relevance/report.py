"""Prints how well the search finds what it should, beside the plain full-text search of PostgreSQL.

Run with `make relevance`; a database that has no content yet is given that of the demo.
"""

import math
import os
import sys
from pathlib import Path

import django

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crossinno.settings")
django.setup()

from django.contrib.postgres.search import SearchQuery, SearchRank  # noqa: E402
from django.db.models import F  # noqa: E402

from crossinno.demo import load  # noqa: E402
from practices.models import Practice  # noqa: E402
from search.finding import find  # noqa: E402
from search.models import Document  # noqa: E402
from search.words import WORD  # noqa: E402


def judgements():
    """What was judged: (kind of query, language of the page, text, grades by slug)."""
    for line in (HERE / "judgements.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            kind, language, text, grades = (part.strip() for part in line.split(" | "))
            pairs = (pair.split("=") for pair in grades.split())
            yield kind, language, text, {slug: int(grade) for slug, grade in pairs}


def ours(text, language):
    """The keys that our search finds."""
    return [hit.key for hit in find(text, language).hits]


def plain(text, language, search_type="websearch"):
    """The keys that PostgreSQL's own search finds, ranked by ts_rank."""
    config = f"search_{language}"
    query = SearchQuery(text, config=config, search_type=search_type)
    documents = Document.objects.filter(kind="practice", vector=query)
    ranked = documents.annotate(rank=SearchRank(F("vector"), query)).order_by("-rank", "key")
    return list(dict.fromkeys(ranked.values_list("key", flat=True)))


def plain_or(text, language):
    """The keys that PostgreSQL's own search finds if any word is enough."""
    words = WORD.findall(text)
    return plain(" or ".join(word for word in words if word.lower() != "or"), language)


def measures(found, grades):
    """nDCG at 10 (gain 2^grade - 1), reciprocal rank, recall at 20, whether nothing was found."""
    gains = [2 ** grades.get(slug, 0) - 1 for slug in found]
    best = sorted((2**grade - 1 for grade in grades.values()), reverse=True)
    right = [place for place, gain in enumerate(gains) if gain]
    wanted = sum(gain > 0 for gain in best)
    return (
        discounted(gains) / discounted(best),
        1 / (right[0] + 1) if right else 0.0,
        sum(place < 20 for place in right) / wanted,
        float(not found),
    )


def discounted(gains):
    """The discounted cumulative gain of the first ten."""
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains[:10]))


def main():
    """Prints a line for each way of searching and kind of query, and with -v the queries that go wrong."""
    load(print)
    slugs = dict(Practice.objects.published().values_list("pk", "slug"))
    judged = list(judgements())
    unknown = {slug for *_rest, grades in judged for slug in grades} - set(slugs.values())
    if unknown:
        sys.exit(f"No such practices: {', '.join(sorted(unknown))}")
    print(f"{len(judged)} queries, {len(slugs)} practices\n")
    print(f"{'':<22}{'queries':>8}{'nDCG@10':>9}{'MRR':>7}{'recall@20':>11}{'nothing':>9}")
    for name, way in (("ours", ours), ("ts_rank, any word", plain_or), ("ts_rank, all words", plain)):
        rows = []
        for kind, language, text, grades in judged:
            found = [slugs[key] for key in way(text, language) if key in slugs]
            rows.append((kind, text, measures(found, grades), found))
        for group in (None, *dict.fromkeys(kind for kind, *_rest in judged)):
            chosen = [values for kind, _text, values, _found in rows if group in (None, kind)]
            ndcg, rank, recall, nothing = (sum(column) for column in zip(*chosen, strict=True))
            number = len(chosen)
            label = name if group is None else f"  {group}"
            print(
                f"{label:<22}{number:>8}{ndcg / number:>9.3f}{rank / number:>7.3f}"
                f"{recall / number:>11.3f}{nothing:>9.0f}"
            )
        if way is ours and "-v" in sys.argv:
            for _kind, text, values, found in sorted(rows, key=lambda row: row[2][0])[:25]:
                print(f"    {values[0]:.2f} {text}: {' '.join(found[:6])}")


if __name__ == "__main__":
    main()
