"""The change log of an activity, told in plain words."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from unionboard.config import TIME_ZONE
from unionboard.i18n import FIELDS
from unionboard.models import ActivityState, Change, DatePrecision
from unionboard.models.changelog import ChangeAction
from unionboard.ui.actions import LOCAL_USER
from unionboard.ui.text import escape, short_date, t, when

_STATES = {
    ActivityState.PLANNED: "back in the plan",
    ActivityState.UNDER_WAY: "under way",
    ActivityState.POSTPONED: "postponed",
    ActivityState.CANCELLED: "cancelled",
}
_TOLD_APART = {"starts_on", "ends_on", "precision", "state", "state_reason", "title", "owner"}


def tell_change(change: Change) -> str:
    """One line of Markdown: when, who, what. User text in it is escaped."""
    day = change.at_utc.astimezone(ZoneInfo(TIME_ZONE))
    return f"{short_date(day.date())} {_clock(day)}　{tell_who(change.who)}　{_tell_what(change)}"


def tell_who(who: str) -> str:
    """The person's name, or the chair as long as there are no accounts."""
    return t("Chair") if who == LOCAL_USER else escape(who)


def _clock(moment: datetime) -> str:
    return f"{moment.hour}:{moment.minute:02d}"


def _tell_what(change: Change) -> str:
    before, after = change.before or {}, change.after or {}
    if change.noun == "evidence":
        return t("added evidence “{name}”", name=escape(after.get("name", "")))
    if change.noun == "check_off":
        return _tell_check_off(change, after)
    simple = {
        ChangeAction.CREATE: "put into the plan",
        ChangeAction.REMOVE: "taken out of the plan",
        ChangeAction.RESTORE: "put back into the plan",
    }
    if change.action in simple:
        return t(simple[ChangeAction(change.action)])
    return _tell_update(before, after)


def _tell_check_off(change: Change, after: dict[str, Any]) -> str:
    if change.action == ChangeAction.CHECK_OFF:
        return t("checked off for {day}", day=short_date(date.fromisoformat(after["done_on"])))
    if change.action == ChangeAction.UNDO:
        return t("took the check-off back")
    return t("completed the record: {fields}", fields=_names(after))


def _tell_update(before: dict[str, Any], after: dict[str, Any]) -> str:
    told = []
    if "state" in after:
        reason = escape(after.get("state_reason", ""))
        told.append(t(_STATES[ActivityState(after["state"])]) + (t(" ({reason})", reason=reason) if reason else ""))
    if {"starts_on", "ends_on"} & after.keys() and {"starts_on", "ends_on"} <= after.keys():
        told.append(t("time {before} → {after}", before=_time(before, after), after=_time(after, after)))
    elif {"starts_on", "ends_on", "precision"} & after.keys():
        told.append(t("time"))
    for name in ("title", "owner"):
        if name in after:
            texts = {"field": t(FIELDS[name]), "before": escape(before.get(name) or "—"), "after": escape(after[name] or "—")}
            told.append(t("{field} “{before}” → “{after}”", **texts))
    rest = {name: value for name, value in after.items() if name not in _TOLD_APART}
    names = _names(rest)
    return t("; ").join([*told, *([t("changed: {fields}", fields=names)] if names else [])])


def _time(values: dict[str, Any], fallback: dict[str, Any]) -> str:
    precision = values.get("precision") or fallback.get("precision")
    bounds = date.fromisoformat(values["starts_on"]), date.fromisoformat(values["ends_on"])
    if precision is None:
        whole = bounds[0].day == 1 and date.fromordinal(bounds[1].toordinal() + 1).day == 1
        precision = DatePrecision.MONTH if whole else DatePrecision.DAY
    return when(*bounds, DatePrecision(precision))


def _names(after: dict[str, Any]) -> str:
    return t(", ").join(t(FIELDS[name]) for name in after if name in FIELDS)
