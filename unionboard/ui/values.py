"""Stored values as people say them: codes by their words, money in yuan, days as written in tables."""

from collections.abc import Callable, Mapping
from datetime import date

from unionboard.models import ActivityState, ClaimState, DatePrecision, DutyKind, FundSource
from unionboard.money import yuan_text
from unionboard.reference import award_levels, claim_kinds, figures, work_areas
from unionboard.reference.relations import Relation
from unionboard.ui.fund.claim_words import state_word
from unionboard.ui.fund.words import item_name, source_name
from unionboard.ui.text import listed, named, short_date, t

DUTY_WORDS = {DutyKind.ONE_OFF.value: "One-off", DutyKind.RECURRING.value: "Recurring", DutyKind.STANDING.value: "Standing"}
RELATION_WORDS = {Relation.LEAD.value: "Our own", Relation.SUPPORT.value: "We support", Relation.JOIN.value: "The superior union's"}
_PRECISION_WORDS = {
    DatePrecision.DAY.value: "To the day",
    DatePrecision.THIRD.value: "Ten days of a month",
    DatePrecision.MONTH.value: "To the month",
    DatePrecision.HALF_YEAR.value: "Half a year",
    DatePrecision.PERIOD.value: "All year",
}
_STATE_WORDS = {
    ActivityState.PLANNED.value: "As planned",
    ActivityState.UNDER_WAY.value: "Under way",
    ActivityState.POSTPONED.value: "Postponed",
    ActivityState.CANCELLED.value: "Cancelled",
}
_TABLES = {"duty": DUTY_WORDS, "relation": RELATION_WORDS, "precision": _PRECISION_WORDS, "state": _STATE_WORDS}
_KEPT: Mapping[str, Callable[[], Mapping[str, object]]] = {"kind": claim_kinds, "award_level": award_levels}
"""Codes of the reference, by field."""


def say_value(field: str, value: object) -> str:
    """A stored value of ``field`` (as ``services.changes`` keeps it) in the session's language; what is no code stays as it stands."""
    if value is None or value == "":
        return "—"
    word = _TABLES.get(field, {}).get(str(value))
    if word:
        return t(word)
    if field in {"area", "area_2"} and value in work_areas():
        return named(work_areas()[str(value)])
    if field.endswith("_fen"):
        return t("{amount} yuan", amount=yuan_text(int(str(value))))
    if field == "item":
        return item_name(str(value))
    if field == "source" and value in set(FundSource):
        return source_name(FundSource(str(value)))
    if field == "state" and value in set(ClaimState):
        return state_word(ClaimState(str(value)))
    if field in _KEPT and value in (kept := _KEPT[field]()):
        return named(kept[str(value)])
    if field == "figures" and isinstance(value, dict):
        return listed(f"{named(figures()[code])} {n}" for code, n in value.items() if code in figures()) or "—"
    if field == "targets" and isinstance(value, list):
        return listed(str(target["phrase"]) for target in value) or "—"
    if field.endswith("_on") or field == "done_to":
        return short_date(date.fromisoformat(str(value)))
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    return listed(str(value).splitlines())
