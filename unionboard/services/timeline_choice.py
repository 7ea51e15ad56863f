"""What an address of the timeline chooses: one reading of it for every place that shows the same rows. Pure: works on views."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from unionboard.errors.plans import ChoiceUnknown
from unionboard.models import Plan, Section
from unionboard.reference import work_areas
from unionboard.services.activities import ActivityView, Status
from unionboard.services.periods import Span
from unionboard.services.timeline import Group, Grouping, Zoom, choose_grouping, find_period, group_activities, select_activities

SECTION, AREA = "section:", "area:"
"""What a place begins with: the section's id or the area's code follows."""
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class TimelineChoice:
    """The part of a plan somebody looks at. ``at``: a day in the period; ``place``: "", ``section:<id>`` or ``area:<code>``."""

    zoom: Zoom = Zoom.ALL
    at: date | None = None
    by: Grouping | None = None
    place: str = ""
    owner: str = ""
    words: str = ""
    statuses: tuple[Status, ...] = ()

    @property
    def sections(self) -> list[int]:
        """The section chosen, if one is."""
        return [int(self.place.removeprefix(SECTION))] if self.place.startswith(SECTION) else []

    @property
    def areas(self) -> list[str]:
        """The work area chosen, if one is."""
        return [self.place.removeprefix(AREA)] if self.place.startswith(AREA) else []

    def write(self) -> list[tuple[str, str]]:
        """Names and values as the address carries them; ``read_choice`` reads them back."""
        pairs = [("zoom", "" if self.zoom is Zoom.ALL else self.zoom.value), ("at", f"{self.at:%Y-%m}" if self.at else "")]
        pairs += [("by", self.by.value if self.by else ""), ("in", self.place), ("owner", self.owner), ("find", self.words)]
        return [(name, value) for name, value in pairs if value] + [("status", status.value) for status in self.statuses]


@dataclass(frozen=True, slots=True)
class Listing:
    """What a choice leaves: its days (inclusive), how its groups are made, and the groups in their order."""

    within: Span
    by: Grouping
    groups: list[Group] = field(default_factory=list)


def read_choice(address: Mapping[str, Sequence[str]]) -> TimelineChoice:
    """The choice in an address' parameters (zoom, at as YYYY-MM, by, in, owner, find, status several times); others are passed over.

    Raises: ChoiceUnknown for a value no timeline has: rows must not be left out, or added, by a misspelt word.
    """

    def one(name: str) -> str:
        return next((value for value in address.get(name, ()) if value), "")

    at = one("at")
    return TimelineChoice(
        zoom=_read(Zoom, one("zoom") or Zoom.ALL.value),
        at=_read_month(at) if at else None,
        by=_read(Grouping, one("by")) if one("by") else None,
        place=_read_place(one("in")),
        owner=one("owner"),
        words=one("find"),
        statuses=tuple(dict.fromkeys(_read(Status, value) for value in address.get("status", ()) if value)),
    )


def list_choice(choice: TimelineChoice, views: Sequence[ActivityView], *, plan: Plan, sections: Sequence[Section], today: date) -> Listing:
    """The groups a timeline shows for ``choice`` out of ``views`` (all of the plan), a period without a day being that of ``today``.

    Raises: ChoiceUnknown when the plan has no such section.
    """
    if unknown := set(choice.sections) - {row.id for row in sections}:
        raise ChoiceUnknown(text=f"{SECTION}{unknown.pop()}")
    within = find_period(choice.zoom, plan=(plan.starts_on, plan.ends_on), day=choice.at or today)
    found = select_activities(
        views,
        within=within,
        areas=choice.areas,
        sections=choice.sections,
        owners=[choice.owner] if choice.owner else (),
        words=choice.words,
    )
    shown = select_activities(found, statuses=choice.statuses)
    by = choice.by or choose_grouping(views)
    return Listing(within, by, group_activities(shown, by=by, sections=sections, within=within, shares_of=found))


def _read(kind: type[E], text: str) -> E:
    try:
        return kind(text)
    except ValueError:
        raise ChoiceUnknown(text=text) from None


def _read_month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise ChoiceUnknown(text=text) from None


def _read_place(text: str) -> str:
    number, area = text.removeprefix(SECTION), text.removeprefix(AREA)
    is_section = text.startswith(SECTION) and number.isascii() and number.isdigit() and len(number) < 10
    if text and not is_section and not (text.startswith(AREA) and area in work_areas()):
        raise ChoiceUnknown(text=text)
    return text
