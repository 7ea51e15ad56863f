"""The first answers: what the union is called, what unit it belongs to, what its plans are for. None is needed; each gives defaults.

From the name the rest is guessed as long as nobody has said otherwise, and shown as a guess.
"""

from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock
from unionboard.models import PeriodKind, Union, UnionKind
from unionboard.services import unions
from unionboard.services.unit_guess import guess_unit, usual_period
from unionboard.ui.actions import action
from unionboard.ui.identity import acting_who
from unionboard.ui.kept import keep
from unionboard.ui.text import spoken, t
from unionboard.ui.unit_words import KINDS, PERIODS, SCHOOL_TYPES

NAME_KEY = "welcome_name"
KIND_KEY = "welcome_kind"
SCHOOL_KEY = "welcome_school"
PERIOD_KEY = "welcome_period"
_SAID, _GUESSED = "welcome_said", "welcome_guessed"


def show_answers() -> None:
    """One card with a row of fields; the type of school only where it is a school."""
    union = keep(unions.find_union)
    for key, value in _answers_of(union).items():
        st.session_state.setdefault(key, value)
    schools: dict[str, str] = {"": t("Not said"), **{one: t(word) for one, word in SCHOOL_TYPES.items()}}
    is_school = st.session_state[KIND_KEY] == UnionKind.SCHOOL
    with st.container(border=True, key="welcome_answers", gap="xsmall"):
        cells = iter(st.columns([3, 1.4, 1.6, 1.4] if is_school else [3, 1.4, 1.4]))
        name = t("Name of your union (may be filled in later)")
        next(cells).text_input(name, key=NAME_KEY, max_chars=80, placeholder=t("such as Green Pine Primary School union"), on_change=_guess)
        next(cells).selectbox(
            t("Kind of unit"),
            list(KINDS),
            format_func={one: t(word) for one, word in KINDS.items()}.__getitem__,
            key=KIND_KEY,
            on_change=_note_said,
            args=(KIND_KEY,),
        )
        if is_school:
            next(cells).selectbox(
                t("Type of school"),
                list(schools),
                format_func=schools.__getitem__,
                key=SCHOOL_KEY,
                on_change=_note_said,
                args=(SCHOOL_KEY,),
            )
        next(cells).selectbox(
            t("Plans are for a"),
            list(PERIODS),
            format_func={one: t(word) for one, word in PERIODS.items()}.__getitem__,
            key=PERIOD_KEY,
            on_change=_note_said,
            args=(PERIOD_KEY,),
        )
        if st.session_state.get(_GUESSED):
            told = t("Guessed from the name; change what is not right.")
            st.markdown(f":small[:orange[:material/lightbulb: {told}]]")
        else:
            st.markdown(f":small[:gray[{t('Year, template and wording are proposed from this; all can be changed later.')}]]")


def answered_kind() -> UnionKind:
    """The kind of unit as the card says it now."""
    return UnionKind(st.session_state.get(KIND_KEY) or UnionKind.SCHOOL)


def answered_period() -> PeriodKind:
    """What plans are for, as the card says it now."""
    return PeriodKind(st.session_state.get(PERIOD_KEY) or PeriodKind.CALENDAR_YEAR)


def keep_answers() -> None:
    """For ``on_click``: store what was answered; where nothing was, nothing is stored."""
    if _is_answered():
        action(write_answers)


def write_answers(session: Session) -> None:
    """The union with the answers and the language they were given in. Raises: what saving a union raises."""
    name = str(st.session_state.get(NAME_KEY) or "").strip()
    values: dict[str, Any] = {"kind": answered_kind(), "school_type": st.session_state.get(SCHOOL_KEY) or None, "language": spoken()}
    if PERIOD_KEY in _said() or st.session_state.get(_GUESSED):
        values["period_kind"] = answered_period()
    if name:
        values["name"] = name
    stamp: dict[str, Any] = {"who": acting_who(), "now_utc": clock.now_utc()}
    union = unions.ensure_union(session, name=name, **stamp)
    session.flush()
    unions.save_union(session, union.id or 0, version=union.version, **values, **stamp)


def _answers_of(union: Union | None) -> dict[str, object]:
    row = union or Union(name="")
    return {
        NAME_KEY: row.name,
        KIND_KEY: row.kind,
        SCHOOL_KEY: row.school_type or "",
        PERIOD_KEY: row.period_kind or PeriodKind.CALENDAR_YEAR,
    }


def _is_answered() -> bool:
    return bool(str(st.session_state.get(NAME_KEY) or "").strip() or _said() or spoken() != Union(name="").language)


def _said() -> set[str]:
    said: set[str] = st.session_state.setdefault(_SAID, set())
    return said


def _note_said(key: str) -> None:
    _said().add(key)
    st.session_state[_GUESSED] = False


def _guess() -> None:
    """The name was typed: guess what nobody has said."""
    unit, said = guess_unit(str(st.session_state.get(NAME_KEY) or "")), _said()
    st.session_state[_GUESSED] = unit is not None and KIND_KEY not in said
    if unit is None or KIND_KEY in said:
        return
    st.session_state[KIND_KEY] = unit.kind
    if SCHOOL_KEY not in said:
        st.session_state[SCHOOL_KEY] = unit.school_type or ""
    if PERIOD_KEY not in said:
        st.session_state[PERIOD_KEY] = usual_period(unit)
