"""The first minute: an empty database says welcome, asks three things nobody needs to answer, and offers the ways to begin."""

from collections.abc import Callable

import streamlit as st
from sqlmodel import Session

from unionboard import clock
from unionboard.services import demo, plan_periods, plans, templates
from unionboard.services.permissions import Act
from unionboard.ui import guide, identity, tour
from unionboard.ui.actions import action
from unionboard.ui.first_answers import answered_kind, answered_period, keep_answers, show_answers, write_answers
from unionboard.ui.identity import acting_who
from unionboard.ui.plan_start import lay_out_template
from unionboard.ui.settings.union import show_language_switch
from unionboard.ui.text import named, t
from unionboard.ui.unit_words import TEMPLATES


def show_welcome() -> None:
    """The card of first answers, then three ways to begin side by side, and the rarer ones in a line below."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="welcome_head"):
        st.title(t("Welcome"), anchor=False, width="content")
        st.space("stretch")
        show_language_switch("welcome_language")
    if not identity.may(Act.SET_UNION):
        st.markdown(t("There is no plan yet. The chair begins with one."))
        st.page_link("pages/plan.py", label=t("What is under Plan"), icon=":material/arrow_forward:")
        return
    st.markdown(t("From the year's plan to the year-end summary in one place. Nothing is here yet; begin with one of these."))
    show_answers()
    _show_ways()
    _show_rarer_ways()


def _show_ways() -> None:
    kind = next(one for one in templates.list_templates() if one.code == TEMPLATES[answered_kind()])
    year = _year()
    ways: tuple[tuple[str, str, str, str, Callable[[], None]], ...] = (
        (
            "read",
            "upload_file",
            t("Read a plan"),
            t("Word, Excel, text or pasted: what was read stands beside the source, and you correct it."),
            keep_answers,
        ),
        (
            "template",
            "description",
            t("Begin with a template"),
            t(
                "No document yet: the plan of a {kind} union for {year}, in which you change what is different.",
                kind=named(kind),
                year=year,
            ),
            keep_answers,
        ),
        (
            "demo",
            "play_circle",
            t("Load the demo year"),
            t("A made-up school union with a whole year, and a short tour. One button puts it away again for your own."),
            _load_demo,
        ),
    )
    for column, (name, icon, title, text, start) in zip(st.columns(3), ways, strict=True):
        with column.container(border=True, height="stretch", vertical_alignment="distribute", key=f"offer_{name}"):
            with st.container(gap="xsmall"):
                st.markdown(f"**:material/{icon}: {title}**")
                st.markdown(f":gray[{text}]")
            first = name == "read"
            pressed = st.button(
                title, type="primary" if first else "secondary", key=f"{'go_' if first else ''}welcome_{name}", on_click=start
            )
            if pressed and name == "template":
                lay_out_template(kind.code, year=year)
            if pressed and name != "demo":
                st.switch_page("pages/plan.py")


def _show_rarer_ways() -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="welcome_rarer"):
        st.markdown(f":gray[{t('Or:')}]", width="content")
        st.button(
            t("Start empty"),
            icon=":material/edit_note:",
            type="tertiary",
            key="welcome_empty",
            help=t("A blank plan for {year}; activities are typed in.", year=_year()),
            on_click=_start_empty,
        )
        if identity.may(Act.RESTORE_BACKUP):
            st.page_link(
                "pages/settings.py",
                label=t("Go back to a backup, or bring in an export"),
                icon=":material/settings_backup_restore:",
                query_params={"tab": "safety"},
            )
        guide.offer()


def _year() -> int:
    return plan_periods.current_period(answered_period(), today=clock.today()).year


def _load_demo() -> None:
    with st.spinner(t("The demo year is being written …")):
        outcome = action(
            lambda session: demo.load_demo(session, year=clock.today().year, today=clock.today(), who=acting_who(), now_utc=clock.now_utc())
        )
    if outcome.ok:
        tour.begin()


def _start_empty() -> None:
    period = plan_periods.current_period(answered_period(), today=clock.today())

    def start(session: Session) -> None:
        write_answers(session)
        plans.start_empty_plan(session, year=period.year, kind=period.kind, within=period.span, who=acting_who(), now_utc=clock.now_utc())

    action(start)
