"""A number of the summary and where it comes from, so that anybody can compute it again from the records.

Money is fen, shares are percent with at most one decimal. Source: domain notes A4 (what summaries count), E5.1–3 (what a checker asks).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import prod
from typing import NamedTuple


class Unit(StrEnum):
    """What is counted. 人, 人次 and 户 are different things and never added to one another."""

    PERSON = "person"  # 人
    PERSON_TIME = "person_time"  # 人次
    HOUSEHOLD = "household"  # 户
    TIME = "time"  # 次: activities, occurrences, visits
    SESSION = "session"  # 期, 场
    ITEM = "item"  # 项: planned activities, measures, awards
    CASE = "case"  # 件: proposals, disputes, claims
    ARTICLE = "article"  # 篇
    VOTE = "vote"  # 票
    GROUP = "group"  # 个: union groups
    FEN = "fen"
    PERCENT = "percent"
    DATE = "date"
    YEAR = "year"
    OTHER = "other"  # a number out of people's own words, whose unit stands beside it


class Rule(StrEnum):
    """How a figure is computed."""

    COUNT = "count"  # how many ``sources``
    SUM = "sum"  # ``field`` added up over ``sources``
    FIELD = "field"  # ``field`` of the one source, as stored
    TEXT = "text"  # stands, written like this, in ``field`` (a text) of the one source
    TOTAL = "total"  # ``parts`` added up
    DIFFERENCE = "difference"  # the first of ``parts`` less all others
    PRODUCT = "product"  # ``parts`` multiplied
    RATE = "rate"  # the first of the two ``parts`` as a share of the second, in percent


class Source(NamedTuple):  # thousands of them in a large year: made, compared and hashed by the interpreter itself
    """A record a figure rests on: ``noun`` is its table (check_off, activity, occurrence, fund_entry, care_visit, plan …)."""

    noun: str
    id: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its unit and the way to it.

    ``field`` names table and column (``check_off.participants``); inside a JSON column with the key behind it
    (``check_off.figures.insured``). Two columns parted by ``|`` mean: the first that is neither empty nor 0.
    """

    value: int | Decimal | date | str
    unit: Unit
    rule: Rule
    field: str = ""
    sources: tuple[Source, ...] = ()
    parts: tuple["Figure", ...] = ()

    @property
    def records(self) -> tuple[Source, ...]:
        """All records it rests on, those of its parts too, each once."""
        return merge_sources([self.sources, *(part.records for part in self.parts)])

    @property
    def number(self) -> int:
        """The value of a figure that is a whole number (counts, sums, fen)."""
        assert isinstance(self.value, int)
        return self.value


def count(unit: Unit, sources: Sequence[Source]) -> Figure:
    """How many records."""
    return Figure(len(sources), unit, Rule.COUNT, sources=tuple(sources))


def total(unit: Unit, parts: Sequence[Figure]) -> Figure:
    """Figures of one unit added up."""
    return Figure(sum(part.number for part in parts), unit, Rule.TOTAL, parts=tuple(parts))


def product(unit: Unit, parts: Sequence[Figure]) -> Figure:
    """Figures multiplied: heads × value."""
    return Figure(prod(part.number for part in parts), unit, Rule.PRODUCT, parts=tuple(parts))


def difference(unit: Unit, first: Figure, *others: Figure) -> Figure:
    """``first`` less all others."""
    return Figure(first.number - sum(part.number for part in others), unit, Rule.DIFFERENCE, parts=(first, *others))


def rate(part: Figure, whole: Figure) -> Figure:
    """``part`` of ``whole`` in percent with at most one decimal; 100 only when they are equal. ``whole`` is not 0."""
    return Figure(share(part.number, whole.number), Unit.PERCENT, Rule.RATE, parts=(part, whole))


def share(part: int, whole: int) -> Decimal:
    """``part`` of ``whole`` in percent with at most one decimal; 100 only when they are equal. ``whole`` is not 0."""
    exact = Decimal(part) * 100 / Decimal(whole)
    percent = exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    if percent == 100 and part != whole:
        percent = exact.quantize(Decimal("0.1"), rounding=ROUND_DOWN if part < whole else ROUND_HALF_UP)
    return percent


def merge_sources(several: Iterable[Iterable[Source]]) -> tuple[Source, ...]:
    """Each source once, in the order in which they come."""
    return tuple(dict.fromkeys(source for sources in several for source in sources))
