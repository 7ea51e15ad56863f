"""Last year's plan as the beginning of another: what will move where before it is copied, and afterwards what to look at."""

from dataclasses import dataclass
from datetime import date

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.models import PeriodKind, Plan
from unionboard.services import plan_copy, plans
from unionboard.services.plan_copy import CopyReport, Move
from unionboard.ui.actions import action, show_notices
from unionboard.ui.frame import PLAN_KEY
from unionboard.ui.identity import acting_who
from unionboard.ui.text import escape, span, t, tn

ASKING_KEY = "plan_copying"  # the id of the plan to copy, while the dialog is open
COPIED_KEY = "plan_copied"  # what was copied, until it is closed


@dataclass(frozen=True, slots=True)
class Copied:
    """The plan that was made, and what was said of its rows."""

    plan_id: int
    old_year: int
    report: CopyReport


def ask_copy(plan: Plan) -> None:
    """For ``on_click``: open the dialog that copies ``plan``."""
    st.session_state[ASKING_KEY] = plan.id


def _close() -> None:
    st.session_state.pop(ASKING_KEY, None)


def show_copy_dialog() -> None:
    """Draw the dialog when it is open. Called once, at the end of the page."""
    if ASKING_KEY in st.session_state:
        st.dialog(t("Copy a plan"), width="medium", on_dismiss=_close, icon=":material/content_copy:")(_show)()


def _show() -> None:
    show_notices()
    with db.reading() as session:
        standing = {plan.id or 0: plan for plan in plans.list_plans(session)}
    ids = list(standing)
    asked = st.session_state.get(ASKING_KEY)
    left, right = st.columns([3, 2], wrap=False)
    left.selectbox(
        t("From"),
        ids,
        index=ids.index(asked) if asked in ids else 0,
        format_func=lambda id_: f"{standing[id_].year} · {standing[id_].title}",
        key="copy_from",
    )
    latest = max(plan.year for plan in standing.values())
    right.number_input(t("To the year"), plans.FIRST_YEAR, plans.LAST_YEAR, latest + 1, key="copy_to")
    chosen, year = standing[st.session_state["copy_from"]], int(st.session_state["copy_to"])
    if chosen.period_kind is PeriodKind.TERM:
        years = year - chosen.year
        first = chosen.starts_on.replace(year=chosen.starts_on.year + years, day=min(chosen.starts_on.day, 28))
        st.date_input(t("First day of the new term"), first, key=f"copy_starts_on_{year}", format="YYYY-MM-DD", width=220)
    with db.reading() as session:
        report = _preview(session, chosen, year)
    _show_preview(report, chosen.year)
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.button(t("Cancel"), key="cancel_copy", type="tertiary", on_click=_close)
        words = tn("Copy {n} activity to {year}", "Copy {n} activities to {year}", len(report.rows), year=year)
        st.button(words, key="go_copy", type="primary", icon=":material/check:", on_click=_copy, args=(chosen,))


def _options(plan: Plan, year: int) -> tuple[date | None, bool]:
    """The first day of a term, and whether cancelled activities come along."""
    first = st.session_state.get(f"copy_starts_on_{year}") if plan.period_kind is PeriodKind.TERM else None
    return first, bool(st.session_state.get("copy_cancelled"))


def _preview(session: Session, plan: Plan, year: int) -> CopyReport:
    starts_on, with_cancelled = _options(plan, year)
    return plan_copy.preview_copy(session, plan.id or 0, year=year, today=clock.today(), starts_on=starts_on, with_cancelled=with_cancelled)


def _show_preview(report: CopyReport, old_year: int) -> None:
    st.markdown(
        f":gray[{t('Sections, measures, owners and budgets come along; check-offs, papers and spending stay with {year}.', year=old_year)}]"
    )
    st.markdown("\n".join(f"- {line}" for line in _tell_moves(report)))
    if report.cancelled or st.session_state.get("copy_cancelled"):
        st.checkbox(t("Take along what was cancelled"), key="copy_cancelled")


def _tell_moves(report: CopyReport) -> list[str]:
    """What moves by what, each with an example; then what to look at."""
    reasons = {
        Move.FESTIVAL: ("{n} activity moves with its festival", "{n} activities move with their festivals"),
        Move.WEEKDAY: ("{n} activity keeps its weekday", "{n} activities keep their weekdays"),
        Move.TERM_WEEK: ("{n} activity keeps its week of the term", "{n} activities keep their weeks of the term"),
        Move.MONTH: ("{n} activity keeps its month", "{n} activities keep their months"),
        Move.PERIOD: ("{n} activity or duty runs as before", "{n} activities and duties run as before"),
    }
    lines = []
    for move, (one, many) in reasons.items():
        if count := report.count(move):
            words = tn(one, many, count)
            example = next((row for row in report.rows if row.move is move), None)
            if example and move in {Move.FESTIVAL, Move.WEEKDAY, Move.TERM_WEEK}:
                days = f"{span(*example.before)} → {span(*example.after)}"
                words += f" :gray[{t('(such as {title}: {days})', title=escape(example.title), days=days)}]"
            lines.append(words)
    if carried := report.carried_over:
        words = tn("{n} left undone, marked “not done last year”", "{n} left undone, marked “not done last year”", len(carried))
        lines.append(f":orange[:material/history:] {words}")
    return lines


def _copy(plan: Plan) -> None:
    year = int(st.session_state["copy_to"])

    def copy(session: Session) -> Copied:
        starts_on, with_cancelled = _options(plan, year)
        report = _preview(session, plan, year)
        made = plan_copy.copy_plan(
            session,
            plan.id or 0,
            year=year,
            who=acting_who(),
            now_utc=clock.now_utc(),
            today=clock.today(),
            starts_on=starts_on,
            with_cancelled=with_cancelled,
        )
        return Copied(made.id or 0, plan.year, report)

    outcome = action(copy, safe="before-adopt")
    if outcome.value is not None:
        st.query_params.pop("plan", None)
        _close()
        st.session_state[PLAN_KEY] = outcome.value.plan_id
        st.session_state[COPIED_KEY] = outcome.value
        st.rerun()
