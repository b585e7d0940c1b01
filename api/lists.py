"""Lists of the interface: the filters they read, the counts they show, and one piece of them as an answer."""

OF_ALL = {"__all__": "from"}  # the years do not fit each other


def found_by(filterset, asked, **more):
    """The filters of a list as the page reads them; what the page would leave out is refused here."""
    found = filterset(asked.filters, **more)
    asked.refuse({OF_ALL.get(name, name): messages for name, messages in found.errors.items()})
    return found


def counts_of(known, facet, rows, keys):
    """The rows in the order of the keys, each with the number of practices one gets by filtering for it."""
    found = [rows[key] for key in keys if key in rows]
    for row in found:
        row.number = known.number(facet, row.slug)
    return found


def page_of(asked, keys, piece, rows, shape, **more):
    """One piece of a list."""
    page = {
        "count": len(keys),
        "next": asked.address_with(piece.next),
        "previous": asked.address_with(piece.previous),
        **more,
        "results": rows,
    }
    return asked.told_as(shape, page)
