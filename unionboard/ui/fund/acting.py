"""Who acts on the fund: as long as there are no accounts, whoever sits here says so once («本人»), and it holds for the session."""

import streamlit as st

from unionboard.services.roles import Committee, is_same_person, read_committee
from unionboard.ui.identity import NAME_KEY, acting_name, is_signed_in
from unionboard.ui.kept import keep
from unionboard.ui.text import t

_LONGEST = 40


def show_acting(place: str = "page") -> None:
    """Ask who acts: one of the committee's list, or a name typed freely. ``place``: page and drawer may both ask."""
    if is_signed_in():
        return
    key = f"acting_choice_{place}"
    committee = keep(read_committee)
    name = acting_name()
    names = [officer.name for officer in committee.officers]
    if name and not any(is_same_person(name, other) for other in names):
        names.append(name)
    st.session_state[key] = next((other for other in names if is_same_person(name, other)), None)
    st.selectbox(
        t("Acting as"),
        names,
        index=None,
        format_func=lambda one: _with_duty(one, committee),
        placeholder=t("You: choose a name"),
        accept_new_options=True,
        icon=":material/person:",
        label_visibility="collapsed",
        width=208,
        key=key,
        on_change=_choose,
        args=(key,),
    )


def _with_duty(name: str, committee: Committee) -> str:
    duty = next((officer.duty for officer in committee.officers if officer.name == name), "")
    return f"{name} · {duty}" if duty else name


def _choose(key: str) -> None:
    st.session_state[NAME_KEY] = str(st.session_state[key] or "").strip()[:_LONGEST]
