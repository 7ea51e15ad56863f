"""What a message tells, before it has words: counts, titles that may leave the house, days. Nothing about anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from unionboard.models import AgendaKind, DatePrecision
from unionboard.services.sent_messages import Occasion


@dataclass(frozen=True, slots=True)
class DueItem:
    """An activity, or a turn of a duty, to be done by ``ends_on``. ``title`` is empty where it may not leave the house."""

    title: str
    area: str
    starts_on: date
    ends_on: date
    precision: DatePrecision


@dataclass(frozen=True, slots=True)
class DueFacts:
    """What is due in the seven days from ``day`` on: the first by day, and how many there are. Where nothing is, ``items`` are the first
    of those ``month`` that are due later in the same month. ``late``: how many are late."""

    occasion: Occasion
    day: date
    items: tuple[DueItem, ...]
    total: int
    month: int
    late: int


@dataclass(frozen=True, slots=True)
class LateFacts:
    """What became late since a group heard of it last. ``late``: how many are late in all."""

    occasion: Occasion
    day: date
    items: tuple[DueItem, ...]
    total: int
    late: int


@dataclass(frozen=True, slots=True)
class ItemShare:
    """A fund item and how much of its budget is spent or promised, cut to whole per cent. Names are empty where they may not be told."""

    zh: str
    en: str
    share_pct: int


@dataclass(frozen=True, slots=True)
class BudgetFacts:
    """Items that came near their end, or beyond it, since a group heard of it last."""

    occasion: Occasion
    year: int
    items: tuple[ItemShare, ...]


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    """A meeting that is called. ``at``: minutes from midnight. ``points``: what is on its agenda, by kind; nobody's words are among it."""

    occasion: Occasion
    number: int
    day: date
    at: int
    place: str
    points: Mapping[AgendaKind, int]


@dataclass(frozen=True, slots=True)
class MinutesReadyFacts:
    """A meeting whose minutes can be read: counts only."""

    occasion: Occasion
    number: int
    held_on: date
    present: int
    due: int
    decisions: int
    not_reached: int


Facts = DueFacts | LateFacts | BudgetFacts | InvitationFacts | MinutesReadyFacts
