"""Figures as Chinese prose writes them: counts, days, sums in 元 and 万元, names in a row."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import islice

from unionboard.drafting.facts import DeedFacts, QuotedText, YearFacts
from unionboard.drafting.figures import Figure, Unit, count
from unionboard.drafting.numbers import percent_text
from unionboard.drafting.phrases import Phrase, Words, chain, fill, show
from unionboard.drafting.typed import same_words
from unionboard.drafting.zh.titles import clean, quoted
from unionboard.money import yuan_text

LISTED = 5
"""Names in a row before «等n项»."""
FEW = 3
"""The same where the names are said in another place too."""
WAN_FEN = 1_000_000
_FEW_DIGITS_FEN = 10_000  # a multiple of 100 yuan: two decimals of 万元 say it exactly


def number(figure: Figure) -> Phrase:
    """A count as it stands: 58."""
    return show(figure, str(figure.value))


def percent(figure: Figure) -> Phrase:
    """97.5%"""
    assert isinstance(figure.value, int | Decimal)
    return show(figure, percent_text(figure.value))


def yuan(figure: Figure) -> Phrase:
    """A sum to the fen: 840元, 68247.80元."""
    return chain([show(figure, yuan_text(figure.number)), "元"])


def wan(figure: Figure) -> Phrase:
    """In 万元 where that is exact and short (10,000 yuan and more, a multiple of 100), else as ``yuan``."""
    if not is_round(figure):
        return yuan(figure)
    return chain([show(figure, f"{(Decimal(figure.number) / WAN_FEN).normalize():f}"), "万元"])


def is_round(figure: Figure) -> bool:
    """Whether 万元 says it exactly and shortly."""
    return abs(figure.number) >= WAN_FEN and figure.number % _FEW_DIGITS_FEN == 0


def day(figure: Figure, facts: YearFacts) -> Phrase:
    """4月18日; with its year where the period does not say it: no period is longer than a year."""
    value = _date(figure)
    year = "" if facts.period.starts_on <= value <= facts.period.ends_on else f"{value.year}年"
    return show(figure, f"{year}{value.month}月{value.day}日")


def full_day(figure: Figure) -> Phrase:
    """2026年12月20日"""
    value = _date(figure)
    return show(figure, f"{value.year}年{value.month}月{value.day}日")


def month(figure: Figure) -> Phrase:
    """4月"""
    return show(figure, f"{_date(figure).month}月")


def days(deed: DeedFacts, facts: YearFacts) -> Phrase:
    """On what day or days it was held: 6月8日至12日."""
    first = day(deed.from_on, facts)
    if deed.to_on is None:
        return first
    begin, end = _date(deed.from_on), _date(deed.to_on)
    same_month = (begin.year, begin.month) == (end.year, end.month)
    return chain([first, "至", show(deed.to_on, f"{end.day}日") if same_month else day(deed.to_on, facts)])


def named(titles: Sequence[QuotedText], *, measure: str = "项", most: int = LISTED) -> Phrase:
    """“甲”、“乙”…; beyond ``most`` 等n项, which rests on all of them; what several records call alike is said once with their number."""
    alike: dict[str, list[QuotedText]] = {}
    for title in titles:
        alike.setdefault(title.text, []).append(title)
    told = [_named(group, measure) for group in islice(alike.values(), most)]
    if len(alike) <= most:
        return chain(told, "、")
    whole = count(Unit.ITEM, [title.source for title in titles if title.source])
    return fill("{names}等{n}" + measure, names=chain(told, "、"), n=number(whole))


def _named(alike: Sequence[QuotedText], measure: str) -> Phrase:
    if len(alike) == 1:
        return quoted(clean(alike[0]))
    several = count(Unit.ITEM, [title.source for title in alike if title.source])
    return fill("{name}（{n}" + measure + "）", name=quoted(same_words(clean(title) for title in alike)[0]), n=number(several))


def clauses(parts: Sequence[Words], stop: str = "。") -> Phrase:
    """Parts of a sentence with commas between them; no mark is doubled after a gap or a closing stop."""
    told = chain(parts, "，")
    return chain([told, stop]) if told.text and not re.search("[。！？]$", told.text) else told


def _date(figure: Figure) -> date:
    assert isinstance(figure.value, date)
    return figure.value
