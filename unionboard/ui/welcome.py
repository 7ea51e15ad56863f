"""The first minute: an empty database says welcome and offers three ways to begin."""

from collections.abc import Callable

import streamlit as st
from sqlmodel import Session

from unionboard import clock
from unionboard.services import demo, plans, unions
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.actions import action
from unionboard.ui.identity import acting_who
from unionboard.ui.text import t

NAME_KEY = "welcome_name"


def show_welcome() -> None:
    """Three cards with one button each; the union's name may be typed now or later."""
    year = clock.today().year
    st.title(t("Welcome"), anchor=False)
    if not identity.may(Act.SET_UNION):
        st.markdown(t("There is no plan yet. The chair begins with one."))
        return
    st.markdown(t("From the year's plan to the year-end summary in one place. Nothing is here yet; begin with one of these."))
    st.text_input(t("Name of your union (may be filled in later)"), key=NAME_KEY, max_chars=80, width=420)
    offers: tuple[tuple[str, str, str, str, Callable[[], None]], ...] = (
        (
            "read",
            "upload_file",
            t("Read a plan"),
            t("Word, Excel, text or pasted: what was read stands beside the source, and you correct it."),
            _keep_name,
        ),
        (
            "demo",
            "play_circle",
            t("Load the demo year"),
            t("A made-up school union with a whole year of activities and money, to try everything."),
            _load_demo,
        ),
        ("empty", "edit_note", t("Start empty"), t("A blank plan for {year}; activities are typed in.", year=year), _start_empty),
    )
    for column, (name, icon, title, text, start) in zip(st.columns(3), offers, strict=True):
        with column.container(border=True, height="stretch", key=f"offer_{name}"):
            st.markdown(f"**:material/{icon}: {title}**")
            st.markdown(f":gray[{text}]")
            first = name == "read"
            key = f"{'go_' if first else ''}welcome_{name}"
            pressed = st.button(title, type="primary" if first else "secondary", key=key, on_click=start)
            if pressed and first:
                st.switch_page("pages/plan.py")


def _write_name(session: Session) -> None:
    name = str(st.session_state.get(NAME_KEY) or "").strip()
    union = unions.ensure_union(session, name=name, who=acting_who(), now_utc=clock.now_utc())
    if name and union.name != name:
        unions.save_union(session, union.id or 0, version=union.version, name=name, who=acting_who(), now_utc=clock.now_utc())


def _keep_name() -> None:
    if str(st.session_state.get(NAME_KEY) or "").strip():
        action(_write_name)


def _load_demo() -> None:
    with st.spinner(t("The demo year is being written …")):
        action(
            lambda session: demo.load_demo(
                session, year=clock.today().year, today=clock.today(), who=acting_who(), now_utc=clock.now_utc()
            ),
            done=t("The demo year is loaded."),
        )


def _start_empty() -> None:
    def start(session: Session) -> None:
        _write_name(session)
        plans.start_empty_plan(session, year=clock.today().year, who=acting_who(), now_utc=clock.now_utc())

    action(start)
