"""What a search that found nothing would find with one thing less."""

from practices.choices import LABELS


def loosened(found):
    """For every chosen facet, and the years: (label, query string without it, practices it would then find)."""
    ways = []
    for name in (*LABELS, "years"):
        chosen = found.chosen.get(name) if name in LABELS else found.years_chosen
        if chosen:
            number = found.hits(apart_from=name).bit_count()
            address = found.addresses.without_years if name == "years" else found.addresses.to(**{name: None})
            label = found.years_chosen if name == "years" else LABELS[name]
            ways.append((label, address, number))
    return sorted((way for way in ways if way[2]), key=lambda way: -way[2])
