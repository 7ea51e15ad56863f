"""The history of any record: who changed what, when and from where, and the way back to how it stood."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from unionboard import clock, db, i18n
from unionboard.i18n import FIELDS, mark
from unionboard.models.changelog import ChangeAction
from unionboard.services import history, versions
from unionboard.services.faults import RECORDS
from unionboard.services.guard import PROGRAM, THIS_COMPUTER
from unionboard.services.permissions import WRITES, Act
from unionboard.services.record_changes import RecordChange
from unionboard.services.versions import Version
from unionboard.ui import identity
from unionboard.ui.actions import action
from unionboard.ui.export_words import tell_export
from unionboard.ui.history import tell_change, tell_moment, tell_who
from unionboard.ui.identity import acting_who
from unionboard.ui.summary.reasons import name_record, tell_reason
from unionboard.ui.text import escape, language, long_date, mark_difference, t, tn
from unionboard.ui.values import say_value

SHOWN = 12
_LOOKS = {
    ChangeAction.REVEAL: mark("looked at names"),
    ChangeAction.SIGN_IN: mark("signed in"),
    ChangeAction.SIGN_OUT: mark("signed out"),
    ChangeAction.UNLOCK: mark("unlocked personal details"),
}
_UNNAMED = frozenset({"export", "account", "sign_in"})
_AT_HOME = frozenset({"", THIS_COMPUTER, PROGRAM})


@dataclass(frozen=True, slots=True)
class _Step:
    """A line of the story as Markdown, and the version it led to, if that differs from what stands now."""

    told: str
    version: Version | None


def show_record_history(noun: str, row_id: int, *, key: str = "") -> None:
    """The story of a record with what belongs to it, folded; draws nothing for those who may not see it or where nothing happened."""
    if not identity.may(Act.SEE_HISTORY):
        return
    steps = _read_steps(noun, row_id)
    if not steps:
        return
    at = key or f"history_{noun}"
    label = tn("History, {n} step", "History, {n} steps", len(steps))
    with st.expander(label, icon=":material/history:", key=f"{at}_box"):
        for number, step in enumerate(steps[:SHOWN]):
            _show_step(step, f"{at}_{number}")
        if len(steps) > SHOWN:
            st.markdown(f":small[:gray[{tn('and {n} more', 'and {n} more', len(steps) - SHOWN)}]]")


def name_of(change: RecordChange) -> str:
    """What the record is called, else what kind it is; unescaped."""
    return change.title or (t(RECORDS[change.noun]) if change.noun in RECORDS else name_record(change))


def tell_deed_of(change: RecordChange) -> str:
    """What a line of the log says was done, as Markdown."""
    if change.action == ChangeAction.EXPORT:
        told = {field.name: field.after for field in change.fields}
        return tell_export(str(told.get("what", "")), has_names=bool(told.get("names")))
    looked = _LOOKS.get(ChangeAction(change.action))
    if looked:
        return t(looked)
    if change.noun == "backup" and any(field.name == "left" for field in change.fields):
        return t("put the demo year away and began anew")
    if change.noun == "backup":
        return t("went back to a backup")
    return tell_reason(change)


def tell_origin_of(origin: str, who: str) -> str:
    """From where, as Markdown, with a gap before it; nothing for what was done at this computer, or where the signature says it."""
    return "" if origin in _AT_HOME or origin == who else f"　{escape(i18n.tell_origin(language(), origin))}"


def _read_steps(noun: str, row_id: int) -> list[_Step]:
    with db.reading() as session:
        if noun == "activity":
            lines = history.list_activity_history(session, row_id)
            told = [(line.id or 0, line.noun, line.row_id, tell_change(line) + tell_origin_of(line.origin, line.who)) for line in lines]
        else:
            changes = history.list_history(session, noun, row_id)
            told = [(change.change_id, change.noun, change.row_id, _tell(change, noun)) for change in changes]
        records = dict.fromkeys((of, id_) for _, of, id_, _ in told[:SHOWN] if of in versions.EDITABLE and identity.may(*WRITES[of]))
        known = {one.change_id: one for of, id_ in records for one in versions.list_versions(session, of, id_) if one.differing}
    return [_Step(line, known.get(change_id)) for change_id, _, _, line in told]


def _tell(change: RecordChange, noun: str) -> str:
    whose = f"{escape(name_of(change))}：" if change.noun != noun else ""
    return f"{tell_moment(change.at_utc)}　{tell_who(change.who)}　{whose}{tell_deed_of(change)}{tell_origin_of(change.origin, change.who)}"


def _show_step(step: _Step, key: str) -> None:
    if step.version is None:
        st.markdown(f":small[:gray[{step.told}]]")
        return
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        st.markdown(f":small[:gray[{step.told}]]", width="stretch")
        with st.popover(t("This version"), type="tertiary", key=f"{key}_version"):
            _show_version(step.version, key)


def _show_version(version: Version, key: str) -> None:
    st.markdown(f"**{t('As it stood on {moment}', moment=tell_moment(version.at_utc))}**")
    for one in version.differing:
        field = t(FIELDS.get(one.name, one.name))
        if version.noun == "care_visit":
            st.markdown(f":small[{field}]")
            continue
        now, then = mark_difference(say_value(one.name, one.before), say_value(one.name, one.after))
        st.markdown(f":small[:gray[{t('{field} now', field=field)}]]  \n{now}  \n:small[:gray[{t('Then')}]]  \n{then}")
    st.button(t("Go back to this version"), icon=":material/undo:", key=f"{key}_back", on_click=_put_back, args=(version,))


def _put_back(version: Version) -> None:
    action(
        lambda session: versions.put_back(
            session,
            version.noun,
            version.row_id,
            change_id=version.change_id,
            version=version.row_version,
            who=acting_who(),
            now_utc=clock.now_utc(),
            today=clock.today(),
        ),
        done=t("It is again as it was then."),
    )


def tell_changes_of_days(changes: Sequence[RecordChange]) -> list[tuple[str, list[str]]]:
    """Lines of Markdown by day (also Markdown), newest first: time, who, which record, what, from where."""
    days: dict[str, list[str]] = {}
    for change in changes:
        hour = tell_moment(change.at_utc).rpartition(" ")[2]
        is_named = change.action not in _LOOKS if change.title == change.who else change.title or change.noun not in _UNNAMED
        whose = f"**{escape(name_of(change))}**　" if is_named else ""
        line = f":gray[{hour}]　{tell_who(change.who)}　{whose}{tell_deed_of(change)}:gray[{tell_origin_of(change.origin, change.who)}]"
        days.setdefault(long_date(clock.local_day(change.at_utc)), []).append(line)
    return list(days.items())
