"""What people had decided of activities by a day that has passed: out of the change log, since an activity keeps only its newest state."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, col, select

from unionboard.models import ActivityState, Change
from unionboard.models.changelog import ChangeAction

_DAYS = ("starts_on", "ends_on", "original_starts_on", "original_ends_on")


def find_decided(session: Session, *, today: date) -> dict[int, dict[str, Any]]:
    """By activity: state, reason and days as they stood at the end of ``today`` (UTC), of those whose state was changed afterwards."""
    after = datetime.combine(today + timedelta(days=1), time(), tzinfo=UTC)
    changes = select(Change).where(Change.noun == "activity", Change.action == ChangeAction.UPDATE.value, col(Change.at_utc) >= after)
    found: dict[int, dict[str, Any]] = {}
    for change in session.exec(changes.order_by(col(Change.id).desc())):  # the earliest of them has the last word
        before = change.before or {}
        if "state" in before:
            days = {name: date.fromisoformat(before[name]) if before[name] else None for name in _DAYS if name in before}
            told = {"state": ActivityState(before["state"]), **days}
            if "state_reason" in before:
                told["state_reason"] = before["state_reason"]
            found.setdefault(change.row_id, {}).update(told)
    return found
