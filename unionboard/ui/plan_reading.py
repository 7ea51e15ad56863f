"""What was read, beside its source: look, correct, adopt."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from unionboard import clock
from unionboard.models import PeriodKind
from unionboard.reading.draft import DocumentKind
from unionboard.services import plans
from unionboard.ui.actions import action
from unionboard.ui.components.reading_desk import show_reading_desk, steps_sent
from unionboard.ui.identity import acting_who
from unionboard.ui.plan_desk import Desk, DeskRow, doubtful_rows, kept_rows, next_doubt, open_desk, plan_to_adopt, unclear_rows
from unionboard.ui.plan_desk_view import show_desk, tell_doubts, tell_years
from unionboard.ui.plan_drafts import find_desk, forget_desk, keep_desk
from unionboard.ui.plan_panes import foot
from unionboard.ui.plan_start import ADOPTED_KEY, DESK_KEY, DESK_PARAM, clear_desk, show_plan
from unionboard.ui.plan_steps import take_steps
from unionboard.ui.text import escape, span, t, tn
from unionboard.ui.unit_words import PERIODS

_KINDS = {DocumentKind.PLAN: "Plan", DocumentKind.SUMMARY: "Summary", DocumentKind.NEWS: "News", DocumentKind.OTHER: "Other text"}


def show_reading(desk: Desk) -> None:
    """The bar with the plan's name and period, the two panes, and the bar with the way on."""
    st.query_params[DESK_PARAM] = desk.token
    _settle(desk)
    _show_bar(desk)
    show_reading_desk(show_desk(desk), key=_key(desk, "desk"), on_steps=lambda steps: _take(desk, steps))
    _show_foot(desk)


def _show_bar(desk: Desk) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="plan_bar"):
        st.title(t("The plan as read"), anchor=False, width="content")
        with st.popover(f"{t('{year} plan year', year=desk.year)} · {span(*desk.span)}", icon=":material/calendar_month:", type="tertiary"):
            _show_period(desk)
        if words := tell_years(desk) or _tell_old(desk):
            st.markdown(f":orange[:material/help: {words}]", width="content")
        if len(desk.reading.documents) > 1:
            _show_documents(desk)
        st.space("stretch")
        if desk.reading.filename:
            with st.container(key="plan_bar_file", width="content"):
                st.markdown(f":gray[{escape(desk.reading.filename)}]", width="content")


def _tell_old(desk: Desk) -> str:
    """A document of years ago is mostly the model for a new plan."""
    if desk.year >= clock.today().year - 1:
        return ""
    return t("The document is for {year}. Is it to be the plan of another year? Choose it here on the left.", year=desk.year)


def _show_documents(desk: Desk) -> None:
    """Which document of the file this is: its kind, its title, and how many activities each has."""
    found = {document.n: document for document in desk.reading.documents}
    counts = {draft.n: len(draft.activities) for draft in desk.reading.plans}

    def name(n: int) -> str:
        return f"{n} · {t(_KINDS[found[n].kind])} · {found[n].title} · {tn('{n} activity', '{n} activities', counts[n])}"

    st.selectbox(
        tn("{n} document in the file", "{n} documents in the file", len(found)),
        list(found),
        index=list(found).index(desk.n),
        format_func=name,
        key=f"plan_document_{desk.token}",
        on_change=_choose_document,
        args=(desk,),
        label_visibility="collapsed",
        width=420,
    )


def _show_period(desk: Desk) -> None:
    st.text_input(t("Title of the plan"), desk.title, key=_key(desk, "title"), max_chars=200, on_change=_keep, args=(desk, "title"))
    left, right = st.columns(2)
    left.number_input(
        t("Year"), plans.FIRST_YEAR, plans.LAST_YEAR, desk.year, key=_key(desk, "year"), on_change=_choose_period, args=(desk,)
    )
    right.selectbox(
        t("Period"),
        list(PERIODS),
        index=list(PERIODS).index(desk.kind),
        format_func=lambda kind: t(PERIODS[kind]),
        key=_key(desk, "kind"),
        on_change=_choose_period,
        args=(desk,),
    )
    for column, name, label in ((left, "starts_on", t("From")), (right, "ends_on", t("To"))):
        column.date_input(
            label, getattr(desk, name), key=_dates_key(desk, name), format="YYYY-MM-DD", on_change=_keep_date, args=(desk, name)
        )


def _show_foot(desk: Desk) -> None:
    count, waiting, unclear = len(kept_rows(desk)), doubtful_rows(desk), unclear_rows(desk)
    with foot("plan_adopt"):
        if waiting:
            row = next_doubt(desk) or waiting[0]
            words = tn("{n} row still waits for you", "{n} rows still wait for you", len(waiting))
            st.markdown(f":orange[:material/help: {words}]", width="content")
            with st.container(key="plan_foot_hint"):
                st.markdown(f":gray[{escape(_tell_next(desk, row))}]", width="content")
            st.button(t("Next one"), key="next_doubt", icon=":material/arrow_downward:", on_click=_jump, args=(desk,))
        else:
            with st.container(key="plan_foot_hint"):
                st.markdown(f":gray[{t('Nothing enters the plan before you adopt; corrections are kept meanwhile.')}]", width="content")
        st.button(t("Put aside"), key="put_aside", type="tertiary", on_click=_put_aside, args=(desk,))
        st.button(
            tn("Adopt {n} activity as the plan of {year}", "Adopt {n} activities as the plan of {year}", count, year=desk.year),
            key="go_adopt",
            type="primary",
            icon=":material/check:",
            disabled=bool(unclear),
            on_click=_adopt,
            args=(desk,),
        )


def _tell_next(desk: Desk, shown: DeskRow) -> str:
    words = " ".join(tell_doubts(desk, shown))
    return t("Line {n}: {words}", n=shown.row.line, words=words) if shown.row.line else words


# --- what the widgets do -----------------------------------------------------------------------------------------------------


def _key(desk: Desk, name: str) -> str:
    return f"plan_{name}_{desk.token}"


def _dates_key(desk: Desk, name: str) -> str:
    """The days are proposed anew with each year and kind, so the widget is another one too."""
    return f"plan_{name}_{desk.token}_{desk.year}_{desk.kind.value}"


def _take(desk: Desk, steps: Sequence[Mapping[str, Any]]) -> None:
    if take_steps(desk, steps):
        keep_desk(desk)


def _settle(desk: Desk) -> None:
    """A field left by pressing a button sends its step together with the press: first things first."""
    _take(desk, steps_sent(_key(desk, "desk")))


def _jump(desk: Desk) -> None:
    _settle(desk)
    if row := next_doubt(desk):
        desk.jump = (row.id, desk.jump[1] + 1)


def _put_aside(desk: Desk) -> None:
    _settle(desk)
    keep_desk(desk)
    clear_desk()


def _choose_document(desk: Desk) -> None:
    """Another document of the file; the corrections of this one are kept for the way back."""
    _settle(desk)
    keep_desk(desk)
    n = st.session_state[f"plan_document_{desk.token}"]
    siblings = {**desk.siblings, desk.n: desk.token}
    other = find_desk(siblings.get(n, "")) or open_desk(desk.reading, today=clock.today(), n=n, usual=desk.kind)
    st.session_state[DESK_KEY] = replace(other, siblings=siblings)


def _keep(desk: Desk, name: str) -> None:
    setattr(desk, name, st.session_state[_key(desk, name)])
    keep_desk(desk)


def _keep_date(desk: Desk, name: str) -> None:
    day = st.session_state[_dates_key(desk, name)]
    if isinstance(day, date):
        setattr(desk, name, day)
        keep_desk(desk)


def _choose_period(desk: Desk) -> None:
    desk.year = int(st.session_state[_key(desk, "year")])
    desk.kind = PeriodKind(st.session_state[_key(desk, "kind")])
    desk.starts_on, desk.ends_on = plans.span_of_year(desk.year, desk.kind)
    keep_desk(desk)


def _adopt(desk: Desk) -> None:
    _settle(desk)
    if unclear_rows(desk):
        return
    draft, rows = plan_to_adopt(desk)
    outcome = action(
        lambda session: plans.adopt_draft(
            session,
            draft,
            year=desk.year,
            period_kind=desk.kind,
            starts_on=desk.starts_on,
            ends_on=desk.ends_on,
            title=desk.title,
            rows=rows,
            source_name=desk.reading.filename,
            source_text="\n".join(line.text for line in desk.reading.lines),
            who=acting_who(),
            now_utc=clock.now_utc(),
        ),
        safe="before-adopt",
    )
    if outcome.value is not None:
        for token in {desk.token, *desk.siblings.values()}:
            forget_desk(token)
        show_plan(outcome.value)
        st.session_state[ADOPTED_KEY] = outcome.value.id
