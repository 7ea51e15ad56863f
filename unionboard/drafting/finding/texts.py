"""Words people typed, with every number in them known as a figure of its own."""

import re
from dataclasses import replace

from unionboard.drafting.facts import QuotedText
from unionboard.drafting.figures import Figure, Rule, Source, Unit

_UNITS = {
    "人次": Unit.PERSON_TIME,
    "人": Unit.PERSON,
    "名": Unit.PERSON,
    "位": Unit.PERSON,
    "户": Unit.HOUSEHOLD,
    "次": Unit.TIME,
    "期": Unit.SESSION,
    "场": Unit.SESSION,
    "项": Unit.ITEM,
    "件": Unit.CASE,
    "篇": Unit.ARTICLE,
    "票": Unit.VOTE,
    "%": Unit.PERCENT,
    "％": Unit.PERCENT,
}
_NUMBER = re.compile(rf"(\d+(?:[.,]\d+)*)\s*({'|'.join(_UNITS)})?")


def quote(text: str, field: str, source: Source | None) -> QuotedText:
    """``text`` as it stands in ``field`` (``check_off.result``) of ``source``; every run of digits in it becomes a figure.

    A whole number is an int; what would be written otherwise than it stands there (007, 3.5, 1,200) stays text.
    """
    text = text.strip()
    sources = () if source is None else (source,)
    figures = []
    for found in _NUMBER.finditer(text):
        digits, unit = found[1], _UNITS.get(found[2], Unit.OTHER)
        value = int(digits) if digits.isdecimal() and str(int(digits)) == digits else digits
        figures.append((*found.span(1), Figure(value, unit, Rule.TEXT, field, sources)))
    return QuotedText(text, tuple(figures), source)


def call(name: str, field: str, union: Source) -> QuotedText:
    """What an item or occasion is called (``own_item.name``): digits in it are the union's own words, the name itself is no record's."""
    return replace(quote(name, field, union), source=None)
