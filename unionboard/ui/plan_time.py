"""The time of an activity as the grid's cell shows it, in the session's language; what was typed is read by ``reading.plan_time``."""

from unionboard.models import DutyKind
from unionboard.reading import plan_time
from unionboard.reading.plan_time import PlanTime
from unionboard.ui.text import language


def write_time(time: PlanTime, duty: DutyKind = DutyKind.ONE_OFF) -> str:
    """What the cell shows, in the session's language."""
    return plan_time.write_time(time, is_standing=duty is DutyKind.STANDING, language=language())
