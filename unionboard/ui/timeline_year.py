"""What the timeline shows of a plan, from what was chosen: read once as long as nothing changes, whatever is drawn from it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session

from unionboard.models import Section, UnionKind
from unionboard.services import activities, baseline, plans, unions
from unionboard.services.activities import ActivityView, Status
from unionboard.services.baseline import BaselineItem, Deviation, select_gone
from unionboard.services.periods import Span
from unionboard.services.timeline import Grouping, Term, choose_grouping, count_statuses, list_owners, list_terms, select_activities
from unionboard.services.timeline_choice import AREA, SECTION
from unionboard.ui.kept import keep


class View(StrEnum):
    """How the chosen activities are shown."""

    GANTT = "gantt"
    CALENDAR = "calendar"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen: days in sight (inclusive) and their name, who and what to look for, and the moment of the plan laid behind.

    ``place``: "", ``section:<id>`` or ``area:<code>``. ``since_utc`` None while ``is_compared``: since the plan was adopted.
    """

    plan_id: int
    today: date
    view: View
    grouping: Grouping
    within: Span
    period: str
    place: str = ""
    owner: str = ""
    words: str = ""
    statuses: tuple[Status, ...] = ()
    is_compared: bool = False
    since_utc: datetime | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether any choice but the period leaves something out."""
        return bool(self.place or self.owner or self.words.strip() or self.statuses)


@dataclass(frozen=True, slots=True)
class Year:
    """All of a plan that is not removed, and what the choices offer. ``owners``: those with most first."""

    views: tuple[ActivityView, ...]
    sections: tuple[Section, ...]
    kind: UnionKind
    grouping: Grouping
    owners: tuple[str, ...]
    areas: frozenset[str]
    adopted_at_utc: datetime | None
    met_at_utc: datetime | None


@dataclass(frozen=True, slots=True)
class Compared:
    """The plan as it once stood, what is different since, and how many activities the log does not know the start of."""

    baseline: Mapping[int, BaselineItem]
    deviation: Deviation
    unlogged: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a choice leaves whatever the statuses chosen: activities, how many of each status, and what is gone since the plan behind."""

    views: tuple[ActivityView, ...]
    counts: Mapping[Status, int]
    gone: tuple[BaselineItem, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is drawn. ``found``: the same before statuses were chosen."""

    views: tuple[ActivityView, ...]
    found: tuple[ActivityView, ...]
    gone: tuple[BaselineItem, ...]
    sections: tuple[Section, ...]
    terms: tuple[Term, ...]
    compared: Compared | None


def read_year(session: Session, plan_id: int, *, today: date) -> Year:
    """All that the page of a plan rests on."""
    views = tuple(activities.list_activities(session, plan_id, today=today))
    union = unions.find_union(session)
    return Year(
        views=views,
        sections=tuple(plans.list_sections(session, plan_id)),
        kind=union.kind if union else UnionKind.SCHOOL,
        grouping=choose_grouping(views),
        owners=tuple(list_owners(views)),
        areas=frozenset(view.area for view in views),
        adopted_at_utc=baseline.find_adoption(session, plan_id),
        met_at_utc=baseline.find_last_meeting(session, plan_id),
    )


def compare_year(session: Session, plan_id: int, *, today: date, since_utc: datetime | None) -> Compared:
    """The plan as of a moment (None: as adopted) beside today's."""
    year = keep(read_year, plan_id, today=today)
    items = baseline.read_baseline(session, plan_id, as_of_utc=since_utc)
    return Compared(items, baseline.compare_with_baseline(year.views, items), baseline.count_unlogged(session, plan_id))


def find_compared(choice: Choice) -> Compared | None:
    """The plan laid behind, if one is."""
    return keep(compare_year, choice.plan_id, today=choice.today, since_utc=choice.since_utc) if choice.is_compared else None


def find_chosen(choice: Choice) -> Found:
    """What ``choice`` leaves before statuses are chosen."""
    bare = Choice(choice.plan_id, choice.today, View.GANTT, Grouping.SECTION, choice.within, "")
    asked = replace(bare, place=choice.place, owner=choice.owner, words=choice.words.strip())
    return keep(_find, replace(asked, is_compared=choice.is_compared, since_utc=choice.since_utc))


def _find(_session: Session, choice: Choice) -> Found:
    year, compared = keep(read_year, choice.plan_id, today=choice.today), find_compared(choice)
    wanted = {
        "within": choice.within,
        "sections": [int(choice.place.removeprefix(SECTION))] if choice.place.startswith(SECTION) else (),
        "areas": [choice.place.removeprefix(AREA)] if choice.place.startswith(AREA) else (),
        "owners": [choice.owner] if choice.owner else (),
        "words": choice.words,
    }
    former = {id_: (item.starts_on, item.ends_on) for id_, item in compared.baseline.items()} if compared else {}
    found = tuple(select_activities(year.views, **wanted, former=former))  # type: ignore[arg-type]
    gone = tuple(select_gone(compared.deviation.gone, **wanted)) if compared else ()  # type: ignore[arg-type]
    return Found(found, count_statuses(found), gone)


def find_shown(choice: Choice) -> Shown:
    """What is drawn of ``choice``."""
    year, found = keep(read_year, choice.plan_id, today=choice.today), find_chosen(choice)
    return Shown(
        views=tuple(select_activities(found.views, statuses=choice.statuses)),
        found=found.views,
        gone=() if choice.statuses else found.gone,
        sections=year.sections,
        terms=tuple(list_terms(choice.within, kind=year.kind)),
        compared=find_compared(choice),
    )
