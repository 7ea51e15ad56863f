"""The panel that changes the plan of an activity: every field, starting from what stands now."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard.errors.activities import TargetUnclear
from unionboard.i18n import FIELDS
from unionboard.models import DutyKind, Plan, Section
from unionboard.money import parse_yuan, yuan_text
from unionboard.reading.targets import find_targets
from unionboard.reference import work_areas
from unionboard.reference.relations import Relation
from unionboard.services import amendments
from unionboard.services.activities import ActivityView
from unionboard.services.plan_rows import list_targets
from unionboard.ui.activity_actions import show_buttons, stamp, version_to_save
from unionboard.ui.conflict import save, show_conflict
from unionboard.ui.drawer_state import leave_panel, noted_conflict, pin, pinned
from unionboard.ui.planned_time import read_planned_time, show_planned_time
from unionboard.ui.text import escape, named, t
from unionboard.ui.values import DUTY_WORDS, RELATION_WORDS, say_value

_FIELDS = (
    "title",
    "starts_on",
    "ends_on",
    "precision",
    "duty",
    "frequency",
    "owner",
    "relation",
    "section_id",
    "area",
    "area_2",
    "audience",
    "planned_people",
    "planned_budget_fen",
    "targets",
    "note",
)


def show_editor(view: ActivityView, plan: Plan, sections: Sequence[Section]) -> None:
    """All fields, the ones changed most first."""
    key = f"edit_{view.id}"
    seen = pin(view.version, {name: getattr(view, name) for name in _FIELDS} | {"targets": list(view.targets)}).values
    st.text_input(t("Name"), seen["title"], max_chars=300, key=f"{key}_title")
    show_planned_time(plan, (seen["starts_on"], seen["ends_on"], seen["precision"]), key=key)
    _ask_duty(seen, key)
    left, right = st.columns(2, wrap=False)
    left.text_input(t("Owner"), seen["owner"], max_chars=80, key=f"{key}_owner")
    words = {relation.value: t(RELATION_WORDS[relation.value]) for relation in Relation}
    _choose(right, t("Whose activity"), words, seen["relation"].value, f"{key}_relation")
    headings = {0: t("Under no section")} | {row.id or 0: row.title for row in sections}
    _choose(st, t("Section"), headings, seen["section_id"] or 0, f"{key}_section_id")
    areas = {code: named(area) for code, area in work_areas().items()}
    left, right = st.columns(2, wrap=False)
    _choose(left, t("Work area"), areas, seen["area"], f"{key}_area")
    _choose(right, t("Second area"), {"": "—"} | areas, seen["area_2"] or "", f"{key}_area_2")
    _ask_means(seen, key)
    show_conflict(view.id, on_mine=_save, args=(view, plan, key, True))
    _show_changed_by_others(view, seen)
    show_buttons(view, "save", t("Save"), "check", _save, view, plan, key)


def _ask_duty(seen: Any, key: str) -> None:
    left, right = st.columns(2, wrap=False)
    _choose(left, t("Kind"), {code: t(word) for code, word in DUTY_WORDS.items()}, seen["duty"].value, f"{key}_duty")
    right.text_input(
        t("How often"),
        seen["frequency"],
        max_chars=120,
        placeholder=t("e.g. once a month"),
        disabled=st.session_state[f"{key}_duty"] == DutyKind.ONE_OFF,
        key=f"{key}_frequency",
    )


def _ask_means(seen: Any, key: str) -> None:
    st.text_input(t("For whom"), seen["audience"], max_chars=200, key=f"{key}_audience")
    left, right = st.columns(2, wrap=False)
    left.number_input(t("Planned people"), min_value=0, step=1, value=seen["planned_people"], key=f"{key}_planned_people")
    budget = yuan_text(seen["planned_budget_fen"]) if seen["planned_budget_fen"] else ""
    right.text_input(t("Planned budget (yuan)"), budget, key=f"{key}_budget")
    phrases = "\n".join(str(target["phrase"]) for target in seen["targets"])
    st.text_area(t("Targets, one a line"), phrases, height=80, placeholder=t("e.g. 95% take part"), key=f"{key}_targets")
    st.text_area(t("Note"), seen["note"], height=80, key=f"{key}_note")


def _choose(place: Any, label: str, words: dict[Any, str], chosen: Any, key: str) -> None:
    place.selectbox(label, list(words), index=list(words).index(chosen), format_func=words.__getitem__, key=key)


def _show_changed_by_others(view: ActivityView, seen: Any) -> None:
    """Beside a conflict: what others saved in the fields nobody typed in here; it stays whatever is chosen."""
    conflict = noted_conflict()
    if view.version == pinned().version or conflict is None:
        return
    disputed = {one.field for one in conflict.differences}
    now = {name: getattr(view, name) for name in _FIELDS if name not in disputed} | {"targets": list(view.targets)}
    changed = [name for name, value in now.items() if value != seen[name]]
    told = [f"{t(FIELDS[name])} {escape(_say(view, name))}" for name in changed]
    if told:
        st.markdown(f":small[:orange[{t('Also changed meanwhile, and kept: {fields}', fields=t(', ').join(told))}]]")


def _save(view: ActivityView, plan: Plan, key: str, insist: bool = False) -> None:
    seen = pinned().values

    def change(session: Session) -> object:
        typed = _read(plan, seen, key)
        mine = {
            name: value for name, value in typed.items() if value != (seen[name].strip() if isinstance(seen[name], str) else seen[name])
        }
        return amendments.save_activity(session, view.id, version=version_to_save(insist), **mine, **stamp())

    if save(change, done=t("Saved.")).ok:
        leave_panel(view.id)


def _read(plan: Plan, seen: Any, key: str) -> dict[str, Any]:
    """What the panel holds, field by field. Raises: AmountNotReadable and its like, TargetUnclear."""
    typed = {name: st.session_state.get(f"{key}_{name}") for name in ("title", "owner", "audience", "frequency", "note")}
    values: dict[str, Any] = {name: str(value or "").strip() for name, value in typed.items()}
    time = read_planned_time(plan, (seen["starts_on"], seen["ends_on"], seen["precision"]), key=key)
    values |= dict(zip(("starts_on", "ends_on", "precision"), time, strict=True))
    values["duty"] = DutyKind(st.session_state[f"{key}_duty"])
    values["relation"] = Relation(st.session_state[f"{key}_relation"])
    values["section_id"] = st.session_state[f"{key}_section_id"] or None
    values["area"] = st.session_state[f"{key}_area"]
    values["area_2"] = st.session_state[f"{key}_area_2"] or None
    values["planned_people"] = st.session_state[f"{key}_planned_people"]
    budget = str(st.session_state[f"{key}_budget"]).strip()
    values["planned_budget_fen"] = parse_yuan(budget) if budget else None
    values["targets"] = read_targets(str(st.session_state[f"{key}_targets"]), seen["targets"])
    if values["duty"] is DutyKind.ONE_OFF:
        values["frequency"] = ""
    return values


def read_targets(text: str, known: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The targets that ``text`` names, one or more a line; a line that stands for a ``known`` one keeps it. Raises: TargetUnclear."""
    kept = {str(target["phrase"]): target for target in known}
    targets: list[dict[str, Any]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        found = [kept[line]] if line in kept else list_targets(find_targets(line))
        if not found:
            raise TargetUnclear(text=line)
        targets += found
    return targets


def _say(view: ActivityView, field: str) -> str:
    if field == "section_id":
        return view.section_title or "—"
    return say_value(field, getattr(view, field))
