"""The minutes of a meeting as facts: kept when it ends, told later unchanged, whatever becomes of the activities.

Nothing of care visits is among them: an activity's title as planned is the most that stands here. Source: domain notes D2.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from unionboard.config import TIME_ZONE
from unionboard.models import AgendaKind, Plan
from unionboard.services.fund import Book
from unionboard.services.meeting_views import DecisionFacts, DecisionView, ItemView, MeetingView


@dataclass(frozen=True, slots=True)
class MinutesItem:
    """A point of the agenda. ``gathered``: the activities that stood together in it; ``follow_up``: the decision that was asked after."""

    kind: AgendaKind
    title: str = ""
    note: str = ""
    gathered: tuple[str, ...] = ()
    follow_up: DecisionFacts | None = None
    decisions: tuple[DecisionFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class FundFacts:
    """How the fund stood on the day of the meeting: spent so far, budget of the year (0: none), left."""

    spent_fen: int
    budget_fen: int
    balance_fen: int


@dataclass(frozen=True, slots=True)
class MinutesFacts:
    """All that the minutes tell. Times are local and None when the meeting was written down on another day than it was held.

    ``items``: the points that were reached; ``decisions``: those that belong to none of them; ``fund`` when it was reached and something
    is booked or budgeted.
    """

    union: str
    year: int
    plan_title: str
    number: int
    held_on: date
    started_at: str | None
    ended_at: str | None
    place: str
    chaired_by: str
    recorded_by: str
    present: tuple[str, ...]
    absent: tuple[str, ...]
    guests: tuple[str, ...]
    items: tuple[MinutesItem, ...]
    decisions: tuple[DecisionFacts, ...]
    not_reached: tuple[MinutesItem, ...]
    fund: FundFacts | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain values, which ``read_minutes`` reads back."""
        plain: dict[str, Any] = _FACTS.dump_python(self, mode="json")
        return plain


_FACTS = TypeAdapter(MinutesFacts)


def read_minutes(stored: dict[str, Any]) -> MinutesFacts:
    """What ``MinutesFacts.to_json`` gave."""
    return _FACTS.validate_python(stored)


def make_minutes(view: MeetingView, *, union: str, plan: Plan, book: Book, now_utc: datetime) -> MinutesFacts:
    """The minutes of ``view`` as it stands at its end, ``now_utc``; ``book`` is the fund's up to the day of the meeting."""
    started, ended = (moment.astimezone(ZoneInfo(TIME_ZONE)) for moment in (view.started_at_utc, view.ended_at_utc or now_utc))
    is_live = started.date() == ended.date() == view.held_on
    was_fund_reached = any(item.is_reached for item in view.items if item.kind is AgendaKind.FUND)
    members = [row for row in view.attendance if row.member_id is not None]
    return MinutesFacts(
        union=union,
        year=plan.year,
        plan_title=plan.title,
        number=view.number,
        held_on=view.held_on,
        started_at=f"{started:%H:%M}" if is_live else None,
        ended_at=f"{ended:%H:%M}" if is_live else None,
        place=view.place,
        chaired_by=view.chaired_by,
        recorded_by=view.recorded_by,
        present=tuple(row.name for row in members if row.is_present),
        absent=tuple(row.name for row in members if not row.is_present),
        guests=tuple(row.name for row in view.guests),
        items=tuple(_item(item) for item in view.items if item.is_reached),
        decisions=tuple(_decision(decision) for decision in view.decisions if decision.item_id is None),
        not_reached=tuple(_item(item) for item in view.items if not item.is_reached and not _is_empty(item)),
        fund=None if book.is_empty or not was_fund_reached else FundFacts(book.total_spending_fen, book.total_budget_fen, book.balance_fen),
    )


def _item(item: ItemView) -> MinutesItem:
    return MinutesItem(
        kind=item.kind,
        title=item.title,
        note=item.note,
        gathered=tuple(view.title for view in item.gathered),
        follow_up=_decision(item.follow_up) if item.follow_up else None,
        decisions=tuple(_decision(decision) for decision in item.decisions),
    )


def _decision(view: DecisionView) -> DecisionFacts:
    return DecisionFacts(**{one.name: getattr(view, one.name) for one in fields(DecisionFacts)})


def _is_empty(item: ItemView) -> bool:
    """Nothing but room for what might have come up."""
    return item.kind is not AgendaKind.FUND and not item.title and not item.gathered
