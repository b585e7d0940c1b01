"""Years in which things last: which overlap a range, and how many there are in each period."""

from search.facets import bits_at

WIDTHS = (1, 2, 5, 10, 20, 50, 100, 200)  # years of a period


class Spans:
    """The years of things, from the first to the last.

    One that goes on (last year None) lasts from its first year to the end of time. One of which no year is known is not
    among the spans and overlaps no range: nothing says that it was there.
    """

    def __init__(self, spans, size, today):
        begun, ended, known = {}, {}, []
        for place, (first, last) in spans.items():
            begun.setdefault(first, []).append(place)
            ended.setdefault(last, []).append(place)
            known.append(place)
        self.known, self.endless = bits_at(known, size), bits_at(ended.get(None, ()), size)
        years = [*begun, *(year for year in ended if year), *([today] if None in ended else [])]
        self.first, self.last = (min(years), max(years)) if years else (None, None)
        self.begun, self.ended = {}, {}
        by, over = 0, 0
        for year in range(self.first, self.last + 1) if years else ():
            self.ended[year] = over
            by |= bits_at(begun[year], size) if year in begun else 0
            over |= bits_at(ended[year], size) if year in ended else 0
            self.begun[year] = by

    def overlapping(self, first=None, last=None):
        """The bits of what was there in at least one year from `first` to `last`; None leaves that side open."""
        if not self.begun or (last is not None and last < self.first):
            return 0
        bits = self.known if last is None or last >= self.last else self.begun[last]
        if first is not None and first > self.first:
            bits &= ~self.ended[first] if first <= self.last else self.endless
        return bits
