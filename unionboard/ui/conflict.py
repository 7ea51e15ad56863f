"""Two people at once: a save that came too late shows both versions, and lets the person choose."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import streamlit as st
from sqlmodel import Session

from unionboard.errors import Refusal
from unionboard.errors.saving import Difference, StaleSave
from unionboard.i18n import FIELDS
from unionboard.ui.actions import Outcome, action
from unionboard.ui.drawer_state import leave_panel, note_conflict, noted_conflict
from unionboard.ui.history import tell_moment, tell_who
from unionboard.ui.text import mark_difference, t
from unionboard.ui.values import say_value


@dataclass(frozen=True, slots=True)
class Conflict:
    """What stands now, of ``version``, saved by ``who`` at ``at_utc``, against what was to be saved.

    ``check_off_id``: what was to be a first check-off met somebody else's, to which the person's own words can be added.
    """

    differences: tuple[Difference, ...]
    version: int
    who: str
    at_utc: datetime | None
    check_off_id: int | None = None


def save(change: Callable[[Session], object], *, done: str, told_by_caller: tuple[type[Refusal], ...] = ()) -> Outcome[object]:
    """One action whose stale save is shown field by field in the panel; what was typed stays."""
    outcome = action(change, done=done, told_by_caller=(StaleSave, *told_by_caller))
    refusal = outcome.refusal
    if isinstance(refusal, StaleSave):
        note_conflict(Conflict(refusal.differences, refusal.version, refusal.who, refusal.at_utc))
    elif outcome.ok:
        note_conflict(None)
    return outcome


def show_conflict(activity_id: int, *, on_mine: Callable[..., None], args: tuple[object, ...] = ()) -> None:
    """Both versions, when there are two. ``on_mine(*args)`` saves what was typed over what stands now."""
    conflict: Conflict | None = noted_conflict()
    if conflict is None:
        return
    with st.container(border=True, gap="small", key="conflict"):
        st.markdown(f":orange[:material/group: **{_say_what_happened(conflict)}**]")
        for one in conflict.differences:
            _show_difference(one)
        is_tick = conflict.check_off_id is not None
        mine = t("Add what I typed to it") if is_tick else t("Put mine over it")
        with st.container(horizontal=True):
            if conflict.differences:
                st.button(mine, icon=":material/edit:", key="conflict_mine", on_click=on_mine, args=args)
            st.button(t("Keep theirs"), icon=":material/check:", key="conflict_theirs", on_click=leave_panel, args=(activity_id,))


def _say_what_happened(conflict: Conflict) -> str:
    who = tell_who(conflict.who) if conflict.who else t("Somebody else")
    moment = tell_moment(conflict.at_utc) if conflict.at_utc else ""
    if conflict.check_off_id is not None:
        return t("{who} checked this off in the meantime ({at}). Yours is not saved yet.", who=who, at=moment)
    return t("{who} changed this in the meantime ({at}). Yours is not saved yet.", who=who, at=moment)


def _show_difference(one: Difference) -> None:
    theirs, yours = mark_difference(say_value(one.field, one.theirs), say_value(one.field, one.yours))
    field = t(FIELDS.get(one.field, one.field))
    left, right = st.columns(2, wrap=False)
    left.markdown(f":small[:gray[{t('{field} now', field=field)}]]  \n{theirs}")
    right.markdown(f":small[:gray[{t('yours')}]]  \n{yours}")


def compare(fields: Sequence[str], theirs: dict[str, object], yours: dict[str, object]) -> tuple[Difference, ...]:
    """The ``fields`` told otherwise here than there; what is left empty here says nothing."""
    return tuple(Difference(name, theirs[name], yours[name]) for name in fields if yours[name] and yours[name] != theirs[name])
