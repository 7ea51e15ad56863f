"""What the API tells of the year: activities as they stand, and the board's figures. The same counts as on the pages, names covered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, col, func, select

from unionboard.drafting.names import hide_names
from unionboard.errors.plans import NoPlanYet, NoSuchPlan
from unionboard.models import Decision, Meeting, Plan
from unionboard.services.activities import ActivityView, Status, find_activity, list_activities
from unionboard.services.board import Board, read_board
from unionboard.services.guard import require
from unionboard.services.periods import Span
from unionboard.services.permissions import Act
from unionboard.services.plans import current_plan, plan_of_year
from unionboard.services.timeline import count_statuses, select_activities
from unionboard.services.year_records import private_names

CARE = "CARE"
_COVERED = "***"


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """An activity as it may be told outside. ``done_on`` and ``participants`` are None for care (送温暖): they would tell who."""

    view: ActivityView
    done_on: date | None
    participants: int | None


@dataclass(frozen=True, slots=True)
class YearFigures:
    """The board's figures of ``plan`` on a day, and how many activities there are of each status."""

    plan: Plan
    board: Board
    by_status: dict[Status, int]


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A meeting without what was said in it; ``decisions``: those that were not taken back."""

    id: int
    plan_id: int
    number: int
    held_on: date
    is_open: bool
    decisions: int


def choose_plan(session: Session, *, year: int | None, plan_id: int | None, today: date) -> Plan:
    """The plan that is asked for, else that of ``year``, else the current one. Raises: NoSuchPlan, NoPlanForYear, NoPlanYet."""
    if plan_id is not None:
        plan = session.get(Plan, plan_id)
        if plan is None:
            raise NoSuchPlan
        return plan
    if year is not None:
        return plan_of_year(session, year)
    plan = current_plan(session, today=today)
    if plan is None:
        raise NoPlanYet
    return plan


def list_facts(
    session: Session,
    plan_id: int,
    *,
    today: date,
    area: str | None = None,
    owner: str | None = None,
    statuses: Sequence[Status] = (),
    within: Span | None = None,
) -> list[ActivityFacts]:
    """The activities of a plan that fit, chosen as the timeline chooses: ``within`` keeps what has anything to show on those days."""
    chosen = select_activities(
        list_activities(session, plan_id, today=today),
        within=within,
        areas=[area] if area else (),
        owners=[owner] if owner else (),
        statuses=statuses,
    )
    cover = _cover(session)
    return [_tell(view, cover) for view in chosen]


def find_facts(session: Session, activity_id: int, *, today: date) -> ActivityFacts:
    """One activity. Raises: NotYours, NoSuchActivity."""
    require(session, Act.SEE_YEAR)
    return _tell(find_activity(session, activity_id, today=today), _cover(session))


def read_figures(session: Session, plan: Plan, *, today: date) -> YearFigures:
    """The figures of a plan on ``today``. Raises: NotYours."""
    board = read_board(session, plan.id or 0, today=today)
    return YearFigures(plan, board, count_statuses(board.activities))


def list_meeting_facts(session: Session, plan_id: int) -> list[MeetingFacts]:
    """The plan's meetings, newest first. Two queries. Raises: NotYours."""
    require(session, Act.SEE_YEAR)
    decided = select(Decision.meeting_id, func.count()).where(col(Decision.taken_back_at_utc).is_(None)).group_by(col(Decision.meeting_id))
    counts = dict(session.exec(decided).all())
    rows = session.exec(select(Meeting).where(Meeting.plan_id == plan_id).order_by(col(Meeting.number).desc()))
    return [
        MeetingFacts(row.id or 0, plan_id, row.number, row.held_on, row.ended_at_utc is None, counts.get(row.id or 0, 0)) for row in rows
    ]


def _cover(session: Session) -> Callable[[str], str]:
    names = private_names(session)
    return lambda text: hide_names(text, names, _COVERED)


def _tell(view: ActivityView, cover: Callable[[str], str]) -> ActivityFacts:
    is_care = CARE in (view.area, view.area_2)
    covered = replace(view, title=cover(view.title), owner=cover(view.owner), section_title=cover(view.section_title))
    return ActivityFacts(covered, None if is_care else view.done_on, None if is_care else view.participants)
