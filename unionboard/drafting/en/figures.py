"""Figures as English prose writes them: counts, days, sums, and people's words in quotation marks."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from unionboard.drafting.facts import DeedFacts, QuotedText, YearFacts
from unionboard.drafting.figures import Figure, Unit, count
from unionboard.drafting.numbers import percent_text
from unionboard.drafting.phrases import Phrase, Words, chain, fill, show
from unionboard.drafting.typed import cut, mend, same_words, trim, typed
from unionboard.money import FEN_PER_YUAN, format_fen

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
LISTED = 5
"""Names in a row before «and n others»."""
STOPS = " 。；;，,、.：:\n"
_OPENING, _CLOSING = re.compile("“"), re.compile("”")
_INNER_STOP = re.compile(r"\s*[\n]+\s*")
_FULL_STOP = re.compile(r"[.!?。！？][”’)\]]*$")


def number(figure: Figure) -> Phrase:
    """A count: 1,312."""
    return show(figure, f"{figure.number:,}")


def counted(figure: Figure, one: str, many: str) -> Phrase:
    """A count with what it counts: 1 person, 58 people."""
    return chain([number(figure), " ", one if figure.number == 1 else many])


def times(figure: Figure) -> Phrase:
    """once, twice, 12 times"""
    return show(figure, "twice" if figure.number == 2 else "once") if figure.number in {1, 2} else counted(figure, "time", "times")


def percent(figure: Figure) -> Phrase:
    """97.5%"""
    assert isinstance(figure.value, int | Decimal)
    return show(figure, percent_text(figure.value))


def money(figure: Figure) -> Phrase:
    """¥12,345.60; whole yuan without decimals."""
    return show(figure, format_fen(figure.number, decimals=bool(figure.number % FEN_PER_YUAN)))


def day(figure: Figure, facts: YearFacts) -> Phrase:
    """8 May; with its year where the period does not say it: no period is longer than a year."""
    is_within = facts.period.starts_on <= _date(figure) <= facts.period.ends_on
    return show(figure, f"{_date(figure).day} {month_name(figure)}") if is_within else full_day(figure)


def full_day(figure: Figure) -> Phrase:
    """20 December 2026"""
    return show(figure, f"{_date(figure).day} {month_name(figure)} {_date(figure).year}")


def month_name(figure: Figure) -> str:
    """May"""
    return MONTHS[_date(figure).month - 1]


def when(deed: DeedFacts, facts: YearFacts, *, opens: bool = False) -> Phrase:
    """on 8 May; from 8 to 10 May. ``opens``: it stands at the beginning of a sentence."""
    if deed.to_on is None:
        return chain(["On " if opens else "on ", day(deed.from_on, facts)])
    first, last = _date(deed.from_on), _date(deed.to_on)
    is_one_month = (first.year, first.month) == (last.year, last.month)
    begin = show(deed.from_on, str(first.day)) if is_one_month else day(deed.from_on, facts)
    return chain(["From " if opens else "from ", begin, " to ", day(deed.to_on, facts)])


def quoted(text: QuotedText) -> Phrase:
    """Somebody's words as they stand, in quotation marks, without stops at their ends; marks inside them become single ones."""
    words = mend(trim(typed(text), STOPS), _INNER_STOP, " ")
    return chain(["“", mend(mend(words, _OPENING, "‘"), _CLOSING, "’"), "”"])


def named(titles: Sequence[QuotedText]) -> Phrase:
    """“A”, “B” and “C”; from the sixth on «and n others». What several records call alike is said once, with their number."""
    alike: dict[str, list[QuotedText]] = {}
    for title in titles:
        alike.setdefault(title.text.strip(STOPS), []).append(title)
    groups = list(alike.values())
    told = [_named(group) for group in groups[:LISTED]]
    left = [title for group in groups[LISTED:] for title in group]
    if left:
        others = count(Unit.ITEM, [title.source for title in left if title.source])
        told.append(counted(others, "other", "others"))
    return listed(told)


def _named(alike: Sequence[QuotedText]) -> Phrase:
    if len(alike) == 1:
        return quoted(alike[0])
    several = count(Unit.ITEM, [title.source for title in alike if title.source])
    return fill("{name} ({n} times)", name=same_words(quoted(title) for title in alike)[0], n=number(several))


def listed(pieces: Sequence[Words], *, last: str = " and ") -> Phrase:
    """A, B and C; empty pieces are left out."""
    told = [piece for piece in pieces if piece]
    return chain([chain(told[:-1], ", "), last, told[-1]]) if len(told) > 1 else chain(told)


def item_name(name: QuotedText) -> Phrase:
    """What the union calls an item or an occasion, within a sentence: an official English name without what stands in brackets behind it,
    one typed in Chinese in quotation marks."""
    if not name.text.isascii():
        return quoted(name)
    plain = name.text.split(" (")[0].strip(STOPS).replace("'", "’")
    is_proper = any(word[0].isupper() for word in plain.split()[1:])
    return cut(typed(replace(name, text=plain if is_proper else plain[:1].lower() + plain[1:])), 0)


def sentence(parts: Sequence[Words], glue: str = ", ") -> Phrase:
    """Clauses in a row with a full stop."""
    told = chain(parts, glue)
    return told if _FULL_STOP.search(told.text) or not told else chain([told, "."])


def _date(figure: Figure) -> date:
    assert isinstance(figure.value, date)
    return figure.value
