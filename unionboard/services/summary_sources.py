"""What stands behind a draft: the records of a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from unionboard.drafting.figures import Source
from unionboard.models import CheckOff, Direction, FundEntry
from unionboard.services.activities import ActivityView, list_activities
from unionboard.services.summary import SummaryView


@dataclass(frozen=True, slots=True)
class Behind:
    """The records of a sentence: activities as they stood; of fund entries and care visits only how many (and fen in and out)."""

    activities: tuple[ActivityView, ...]
    entries: int
    in_fen: int
    out_fen: int
    visits: int


def trace_sources(session: Session, view: SummaryView, sources: Sequence[Source]) -> Behind:
    """The records behind a sentence of ``view``, as they stood on its day."""
    ids: dict[str, set[int]] = {}
    for source in sources:
        ids.setdefault(source.noun, set()).add(source.id)
    check_offs = select(CheckOff.activity_id).where(col(CheckOff.id).in_(ids.get("check_off", ())))
    wanted = ids.get("activity", set()) | set(session.exec(check_offs))
    activities = list_activities(session, view.plan_id, today=view.as_of) if wanted else []
    sums = dict.fromkeys(Direction, 0)
    entries = session.exec(select(FundEntry).where(col(FundEntry.id).in_(ids.get("fund_entry", ())))).all()
    for entry in entries:
        sums[entry.direction] += -entry.amount_fen if entry.reverses_id else entry.amount_fen
    return Behind(
        activities=tuple(activity for activity in activities if activity.id in wanted),
        entries=len(entries),
        in_fen=sums[Direction.IN],
        out_fen=sums[Direction.OUT],
        visits=len(ids.get("care_visit", ())),
    )
