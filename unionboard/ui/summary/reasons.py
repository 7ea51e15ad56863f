"""Why the records now say something else: what was changed in them, by whom, with the way to the record."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from unionboard.i18n import mark
from unionboard.models.changelog import ChangeAction
from unionboard.reference import record_nouns
from unionboard.services.record_changes import RecordChange
from unionboard.services.summary_merging import Reasons
from unionboard.ui.drawer_state import open_activity
from unionboard.ui.history import tell_deed, tell_fields, tell_moment, tell_who
from unionboard.ui.text import escape, named, short_date, t, tn

SHOWN = 5
_HISTORIES = frozenset({"activity", "check_off", "evidence", "decision"})
"""Nouns whose changes the story of an activity knows how to tell."""
_IN_THE_BOOKS = frozenset({"fund_year", "fund_entry", "budget_line", "budget_amendment", "handout", "care_visit"})
_DEEDS = {
    ChangeAction.CREATE: mark("added"),
    ChangeAction.REMOVE: mark("taken out"),
    ChangeAction.RESTORE: mark("put back"),
    ChangeAction.UNDO: mark("undone"),
    ChangeAction.REVERSE: mark("reversed"),
}


def name_record(change: RecordChange) -> str:
    """What the record is called, unescaped; a care visit is only said to be one."""
    nouns = record_nouns()
    return change.title or (named(nouns[change.noun]) if change.noun in nouns else t("Record"))


def tell_reason(change: RecordChange) -> str:
    """What was done to the record, as Markdown: 参加人数“58” → “61”."""
    before = {field.name: field.before for field in change.fields}
    after = {field.name: field.after for field in change.fields}
    if change.action == ChangeAction.UPDATE and change.noun != "activity" and (told := tell_fields(before, after)):
        return told
    if change.noun in _HISTORIES:
        return tell_deed(change.noun, change.action, before, after)
    if change.action in _DEEDS:
        return t(_DEEDS[ChangeAction(change.action)])
    return t("changed")


def head_reason(reasons: Reasons) -> str:
    """The newest change in one line of Markdown, for the head of a conflict; empty where no record says why."""
    if reasons.records:
        newest = reasons.records[0]
        return t("{record}: {deed}", record=escape(name_record(newest)), deed=tell_reason(newest))
    return _tell_day(reasons)


def show_reasons(reasons: Reasons) -> None:
    """A card a record, the newest change first; without a record, that the draft is now of another day."""
    st.markdown(f"**{t('Why it changed')}**")
    if told := _tell_day(reasons):
        st.markdown(f":material/event: {told}")
    cards = _by_record(reasons.records)
    for changes in cards[:SHOWN]:
        _show_record(changes)
    if len(cards) > SHOWN:
        st.markdown(f":gray[{tn('and {n} more record', 'and {n} more records', len(cards) - SHOWN)}]")
    if not cards and not told:
        st.markdown(f":gray[{t('No single record was changed; what is counted here has moved on.')}]")


def _tell_day(reasons: Reasons) -> str:
    if reasons.as_of_before is None:
        return ""
    return t("Records up to {day} now, before up to {before}", day=short_date(reasons.as_of_now), before=short_date(reasons.as_of_before))


def _by_record(changes: Sequence[RecordChange]) -> list[list[RecordChange]]:
    """Changes of one activity or one other record together, in the order of their newest."""
    cards: dict[tuple[str, int], list[RecordChange]] = {}
    for change in changes:
        place = ("activity", change.activity_id) if change.activity_id is not None else (change.noun, change.row_id)
        cards.setdefault(place, []).append(change)
    return list(cards.values())


def _show_record(changes: Sequence[RecordChange]) -> None:
    first = changes[0]
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{escape(name_record(first))}**")
        for change in changes[:SHOWN]:
            st.markdown(f":small[:gray[{tell_moment(change.at_utc)}　{tell_who(change.who)}]]　{tell_reason(change)}")
        if first.activity_id is not None:
            st.button(
                t("Open the record"),
                icon=":material/open_in_new:",
                type="tertiary",
                key=f"reason_{first.change_id}",
                on_click=open_activity,
                args=(first.activity_id,),
            )
        elif first.noun in _IN_THE_BOOKS:
            st.page_link("pages/fund.py", label=t("Open the books"), icon=":material/open_in_new:")


def tell_since(day: date, changes: int) -> str:
    """11月20日起有 2 条记录变了."""
    return tn("since {day} {n} record has changed", "since {day} {n} records have changed", changes, day=short_date(day))
