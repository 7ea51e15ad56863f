"""The change log of an activity, told in plain words."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from unionboard import clock, i18n
from unionboard.config import TIME_ZONE
from unionboard.i18n import FIELDS
from unionboard.models import ActivityState, Change, DatePrecision
from unionboard.models.changelog import ChangeAction
from unionboard.ui.text import escape, language, long_date, short_date, t, when
from unionboard.ui.values import say_value

_STATES = {
    ActivityState.PLANNED: "back in the plan",
    ActivityState.UNDER_WAY: "under way",
    ActivityState.POSTPONED: "postponed",
    ActivityState.CANCELLED: "cancelled",
}
_TIME = ("starts_on", "ends_on", "precision")
_TOLD_APART = frozenset({*_TIME, "state", "state_reason", "original_starts_on", "original_ends_on"})
_NAMED_ONLY = frozenset({"section_id", "targets"})
"""Fields whose stored values say nothing to people: only that they were changed is told."""
_SHORT = 30  # letters: what is longer is named, not quoted


def tell_change(change: Change) -> str:
    """One line of Markdown: when, who, what. User text in it is escaped."""
    deed = tell_deed(change.noun, change.action, change.before or {}, change.after or {})
    return f"{tell_moment(change.at_utc)}　{tell_who(change.who)}　{deed}"


def tell_who(who: str) -> str:
    """The person's name, or the chair as long as there are no accounts. Markdown."""
    return escape(i18n.tell_who(language(), who))


def tell_moment(moment: datetime) -> str:
    """Day and time where the union is, the year when it is another: 11月21日 10:05."""
    here = moment.astimezone(ZoneInfo(TIME_ZONE))
    day = short_date(here.date()) if here.year == clock.today().year else long_date(here.date())
    return f"{day} {here:%H:%M}"


def tell_deed(noun: str, action: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """What was done to a record, as Markdown. ``before`` and ``after``: the fields that differ, as the change log keeps them."""
    tell = _TELLERS.get(noun, _tell_activity)
    return tell(action, dict(before), dict(after))


def _tell_evidence(action: str, _before: dict[str, Any], after: dict[str, Any]) -> str:
    if action == ChangeAction.CREATE:
        return t("added evidence “{name}”", name=escape(after.get("name", "")))
    if action == ChangeAction.UPDATE:
        return t("sorted evidence anew")
    return t("put evidence back") if action == ChangeAction.RESTORE else t("took evidence away")


def _tell_check_off(action: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    if action == ChangeAction.CHECK_OFF:
        day = short_date(date.fromisoformat(after["done_on"]))
        if after.get("is_partial"):
            return t("done in part on {day}", day=day)
        return t("logged for {day}", day=day) if after.get("is_log") else t("checked off for {day}", day=day)
    if action == ChangeAction.UNDO:
        return t("took the check-off back")
    return t("completed the record: {fields}", fields=tell_fields(before, after))


def _tell_decision(action: str, _before: dict[str, Any], after: dict[str, Any]) -> str:
    """A task a meeting gave to somebody."""
    if action == ChangeAction.CREATE:
        return t("decided in a meeting: “{text}”", text=escape(after.get("text", "")))
    if "taken_back_at_utc" in after:
        return t("took a meeting’s decision back")
    return t("reported the meeting’s task as done") if after.get("settled_on") else t("opened the meeting’s task again")


def _tell_activity(action: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    simple = {
        ChangeAction.CREATE: "put into the plan",
        ChangeAction.REMOVE: "taken out of the plan",
        ChangeAction.RESTORE: "put back into the plan",
    }
    return t(simple[ChangeAction(action)]) if action in simple else _tell_update(before, after)


_TELLERS: Mapping[str, Callable[[str, dict[str, Any], dict[str, Any]], str]] = {
    "evidence": _tell_evidence,
    "check_off": _tell_check_off,
    "decision": _tell_decision,
    "activity": _tell_activity,
}
"""Who tells the changes of a noun; ``services.history`` says which nouns belong to an activity's story."""


def _tell_update(before: dict[str, Any], after: dict[str, Any]) -> str:
    told = []
    if "state" in after:
        was_cancelled = before["state"] == ActivityState.CANCELLED
        state = ActivityState.PLANNED if was_cancelled and "starts_on" not in after else ActivityState(after["state"])
        reason = escape(after.get("state_reason", ""))
        told.append(t(_STATES[state]) + (t(" ({reason})", reason=reason) if reason else ""))
    if {"starts_on", "ends_on"} <= after.keys():
        told.append(t("time {before} → {after}", before=_time(before, after), after=_time(after, after)))
    elif set(_TIME) & after.keys():
        told.append(t("time"))
    rest = tell_fields(before, {name: value for name, value in after.items() if name not in _TOLD_APART})
    return t("; ").join([*told, *([rest] if rest else [])])


def _time(values: dict[str, Any], fallback: dict[str, Any]) -> str:
    precision = values.get("precision") or fallback.get("precision")
    bounds = date.fromisoformat(values["starts_on"]), date.fromisoformat(values["ends_on"])
    if precision is None:
        whole = bounds[0].day == 1 and date.fromordinal(bounds[1].toordinal() + 1).day == 1
        precision = DatePrecision.MONTH if whole else DatePrecision.DAY
    return when(*bounds, DatePrecision(precision))


def tell_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Each field with its values when they are short, else by its name."""
    return t(", ").join(_tell_field(name, before.get(name), value) for name, value in after.items() if name in FIELDS)


def _tell_field(name: str, before: object, after: object) -> str:
    field, values = t(FIELDS[name]), [say_value(name, value) for value in (before, after)]
    if name in _NAMED_ONLY or any(len(value) > _SHORT for value in values):
        return field
    if not before:
        return t("{field} “{after}”", field=field, after=escape(values[1]))
    return t("{field} “{before}” → “{after}”", field=field, before=escape(values[0]), after=escape(values[1]))
