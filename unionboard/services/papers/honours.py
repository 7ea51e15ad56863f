"""Honours that were told with check-offs, for the list of certificates of a plan's year. Nobody who was visited is named.

Source: domain notes D2, F (荣誉).
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from unionboard.reference import award_levels
from unionboard.services import plans, unions
from unionboard.services.activities import list_activities
from unionboard.services.covering import Cover
from unionboard.services.guard import require
from unionboard.services.permissions import Act


@dataclass(frozen=True, slots=True)
class Honour:
    """Who got what: ``level`` a code of reference award_levels or empty, ``activity`` what it was won with."""

    name: str
    award: str
    level: str = ""
    activity: str = ""
    won_on: date | None = None


@dataclass(frozen=True, slots=True)
class HonourFacts:
    """The honours of ``year``, the highest first, then by day."""

    union: str
    year: int
    as_of: date
    honours: tuple[Honour, ...]


def gather_honours(session: Session, year: int, *, today: date, language: str) -> HonourFacts:
    """What the union won in the plan of ``year``, by its check-offs up to ``today`` (inclusive). Raises: NotYours, NoPlanYet."""
    require(session, Act.SEE_YEAR)
    union, cover = unions.find_union(session), Cover(session, language=language)
    name = union.name if union else ""
    plan = plans.plan_of_year(session, year)
    heights = {code: height for height, code in enumerate(award_levels())}
    honours = [
        Honour(name, cover.text(record.award), record.award_level, cover.text(view.title), record.done_on)
        for view in list_activities(session, plan.id or 0, today=today)
        for record in view.records
        if record.award and record.done_on <= today
    ]
    honours.sort(key=lambda one: (-heights.get(one.level, -1), one.won_on or today))
    return HonourFacts(name, year, today, tuple(honours))
