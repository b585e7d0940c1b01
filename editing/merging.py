"""Bringing together what two people made of the same version of a case, so that neither loses a word."""

import json
from dataclasses import dataclass

from cities.rows import bare
from editing.differences import label_in, said


@dataclass
class Conflict:
    """A field that both changed, and not alike; and what somebody has chosen, and what was wrong with that."""

    field: str
    language: str
    base: object
    theirs: object
    mine: object
    choice: str = ""
    text: str = ""
    error: str = ""

    @property
    def key(self):
        """The name of the choice in a form."""
        return f"{self.field}.{self.language}" if self.language else self.field

    @property
    def label(self):
        """The name of the field as editors know it."""
        return label_in(self.field, self.language)

    @property
    def is_text(self):
        """Whether it can be put together by hand."""
        return bool(self.language)

    @property
    def as_theirs(self):
        """What the other one wrote, as editors read it."""
        return self.theirs if self.is_text else said(self.field, self.theirs)

    @property
    def as_mine(self):
        """What this person wrote, as editors read it."""
        return self.mine if self.is_text else said(self.field, self.mine)


def merge(base, theirs, mine):
    """The content that has the changes of both, and the conflicts, in which it says what they said."""
    merged, conflicts = {}, []
    for field in base.keys() | theirs.keys() | mine.keys():
        if field == "texts":
            continue
        merged[field], clash = _field(base.get(field), theirs.get(field), mine.get(field))
        if clash:
            conflicts.append(Conflict(field, "", base.get(field), theirs.get(field), mine.get(field)))
    merged["texts"], clashes = _texts(*(content.get("texts", {}) for content in (base, theirs, mine)))
    return merged, clashes + sorted(conflicts, key=lambda conflict: conflict.field)


def _field(base, theirs, mine):
    """What a field says when both have changed it or not, and whether that is a conflict."""
    if bare([theirs]) == bare([mine]) or bare([base]) == bare([mine]):
        return theirs, False
    if bare([base]) == bare([theirs]):
        return mine, False
    if all(isinstance(value, list) for value in (base, theirs, mine)):
        return _lists(base, theirs, mine)
    return theirs, True


def _lists(base, theirs, mine):
    """Keeps what both kept and what either added; a conflict only if both took away, or changed, the same one."""
    before, one, other = ([_key(row) for row in rows] for rows in (base, theirs, mine))
    gone_there, gone_here = set(before) - set(one), set(before) - set(other)
    added_there = [key for key in one if key not in before]
    added_here = [key for key in other if key not in before]
    if gone_there & gone_here and added_there and added_here and any(isinstance(row, dict) for row in base):
        return theirs, True
    kept = [row for row in theirs if _key(row) not in gone_here]
    return kept + [row for row in mine if _key(row) in added_here and _key(row) not in one], False


def _key(row):
    return json.dumps(row, sort_keys=True, default=str)


def _texts(base, theirs, mine):
    """The texts by language and column; a language that one deleted and the other changed stays."""
    merged, conflicts = {}, []
    for language in sorted(base.keys() | theirs.keys() | mine.keys()):
        three = [texts.get(language) for texts in (base, theirs, mine)]
        if three[0] is not None and None in three[1:]:
            kept = three[1] if three[2] is None else three[2]
            if kept is None or bare(kept) == bare(three[0]):
                continue
            merged[language] = kept
            continue
        before, there, here = (texts or {} for texts in three)
        merged[language] = {}
        for column in sorted(before.keys() | there.keys() | here.keys()):
            values = [texts.get(column) or "" for texts in (before, there, here)]
            merged[language][column], clash = _field(*values)
            if clash:
                conflicts.append(Conflict(column, language, *values))
    return merged, conflicts


def settle(merged, conflicts, choices):
    """The merged content after somebody has chosen: for each conflict "mine", "theirs", or a text put together."""
    settled = {**merged, "texts": {language: dict(texts) for language, texts in merged["texts"].items()}}
    for conflict in conflicts:
        choice, text = choices[conflict.key]
        value = {"mine": conflict.mine, "theirs": conflict.theirs, "both": text}[choice]
        if conflict.language:
            settled["texts"][conflict.language][conflict.field] = value
        else:
            settled[conflict.field] = value
    return settled
