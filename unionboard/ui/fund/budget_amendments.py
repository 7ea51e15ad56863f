"""Changes of an adopted budget: what was changed, what is proposed, and the drawers that propose and decide."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.errors import Refusal
from unionboard.errors.budget import BudgetBelowZero
from unionboard.models import BudgetAmendment, Direction, FundSource
from unionboard.money import FEN_PER_YUAN, format_fen
from unionboard.reference import FundItem
from unionboard.services import budget, execution, roles
from unionboard.services.budget import AmendmentLine, AmendmentState, AmendmentView, BudgetView, Pot
from unionboard.services.fund_items import list_items
from unionboard.services.permissions import Act
from unionboard.ui.actions import action
from unionboard.ui.drawers import FORM_PREFIX, leave_drawer, open_drawer, show_buttons, typed
from unionboard.ui.fund.budget_form import OWN, ask_resolution, name_pot, parse_sum
from unionboard.ui.fund.words import item_name
from unionboard.ui.identity import acting_who
from unionboard.ui.offers import offer
from unionboard.ui.text import escape, long_date, t, tn
from unionboard.ui.trash import in_bin


def show_amendments(view: BudgetView, items: Mapping[str, FundItem]) -> None:
    """Every amendment of the year, the newest first; one that waits for its decision can be decided here."""
    if not view.amendments:
        return
    count = tn("{n} amendment", "{n} amendments", len(view.amendments))
    st.markdown(f":material/difference: **{t('Amendments of the budget')}**　:gray[{count}]")
    for row in reversed(view.amendments):
        with st.container(border=True, gap="xsmall"):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"**{t('Amendment {number}', number=row.number)}**　{_state_badge(row)}", width="content")
                st.markdown(f":gray[{escape(_tell_decision(row))}]", width="stretch")
                if row.state is AmendmentState.PROPOSED and not view.is_closed:
                    offer(
                        Act.ADOPT_BUDGET,
                        t("Decide"),
                        icon=":material/gavel:",
                        key=f"decide_{row.number}",
                        on_click=_open_decision,
                        args=(row.id, view.year),
                    )
            st.text(row.reason)
            _show_lines(row, items)


def open_amendment(year: int) -> None:
    """Open the drawer that proposes a change of the budget of ``year``."""
    open_drawer("budget_amend", year)


def show_amendment_form(subject: int | None) -> None:
    """Ask what is to change, by how much and why; beside each line what it becomes, and at the end what the year then comes to."""
    year = subject or clock.today().year
    with db.reading() as session:
        items, now = list_items(session), budget.sum_pots(session, year)
        planned_balance_fen = execution.read_execution(session, year).planned_balance_fen
    pots = budget.sort_pots({*now, *((code, OWN) for code in items)}, items)
    options = [f"{item}@{source.value}" for item, source in pots]
    st.text_area(t("Why"), max_chars=300, height=80, key=f"{FORM_PREFIX}reason")
    chosen = st.multiselect(
        t("Lines that change"),
        options,
        format_func=lambda code: name_pot(_pot_of(code), items),
        placeholder=t("Choose items"),
        key=f"{FORM_PREFIX}lines",
    )
    for code in chosen:
        _ask_delta(code, now.get(_pot_of(code), 0), items)
    _show_outcome(chosen, items, planned_balance_fen)
    show_buttons(t("Propose the amendment"), _propose, year)


def show_decision_form(subject: int | None) -> None:
    """Ask who approved a proposed amendment, when and where; or withdraw it."""
    year: int = st.session_state[f"{FORM_PREFIX}year"]
    with db.reading() as session:
        items, view = list_items(session), budget.read_budget(session, year)
    row = next(one for one in view.amendments if one.id == subject)
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{t('Amendment {number}', number=row.number)}**")
        st.text(row.reason)
        _show_lines(row, items)
    ask_resolution()
    st.text_input(t("Approved by"), max_chars=40, key=f"{FORM_PREFIX}approver")
    show_buttons(t("Adopt the amendment"), _adopt, row.id, row.version)
    st.button(
        t("Withdraw this amendment"), type="tertiary", icon=":material/undo:", key="withdraw_amendment", on_click=_withdraw, args=(row,)
    )


# --- parts ------------------------------------------------------------------------------------------------------------------------------


def _state_badge(row: AmendmentView) -> str:
    badges = {
        AmendmentState.PROPOSED: f":orange-badge[:material/schedule: {t('Proposed')}]",
        AmendmentState.ADOPTED: f":green-badge[:material/check: {t('Adopted')}]",
        AmendmentState.WITHDRAWN: f":gray-badge[:material/undo: {t('Withdrawn')}]",
    }
    return badges[row.state]


def _tell_decision(row: AmendmentView) -> str:
    """3月8日 · third meeting · 周青."""
    if row.adopted_on is None:
        return ""
    return " · ".join(part for part in (long_date(row.adopted_on), row.resolution, row.approver) if part)


def _show_lines(row: AmendmentView, items: Mapping[str, FundItem]) -> None:
    told = [f"{escape(name_pot((line.item, line.source), items))} **{_tell_delta(line.delta_fen)}**" for line in row.lines]
    st.markdown("　".join(told))


def _tell_delta(delta_fen: int) -> str:
    return f"{'＋' if delta_fen > 0 else '－'}{format_fen(abs(delta_fen), decimals=bool(delta_fen % FEN_PER_YUAN))}"


def _pot_of(code: str) -> Pot:
    item, _, source = code.rpartition("@")
    return item, FundSource(source)


def _ask_delta(code: str, now_fen: int, items: Mapping[str, FundItem]) -> None:
    """More or less, and what the line then is."""
    label = name_pot(_pot_of(code), items)
    told = t("now {amount}", amount=format_fen(now_fen, decimals=False))
    delta_fen = _delta_of(code)
    if delta_fen:
        after = format_fen(now_fen + delta_fen, decimals=False)
        told += f" → {after}" if now_fen + delta_fen >= 0 else f" → :orange[{after} {t('below zero')}]"
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        st.markdown(f"{escape(label)}  \n:small[:gray[{told}]]", width="stretch")
        st.text_input(label, placeholder=t("+2000 or -500"), label_visibility="collapsed", width=150, key=f"{FORM_PREFIX}delta_{code}")


def _delta_of(code: str) -> int:
    """What is typed for a line, 0 for what cannot be read yet."""
    try:
        return parse_sum(typed(f"delta_{code}")) or 0
    except Refusal:
        return 0


def _show_outcome(chosen: list[str], items: Mapping[str, FundItem], planned_balance_fen: int) -> None:
    deltas = {side: sum(_delta_of(code) for code in chosen if items[_pot_of(code)[0]].direction == side) for side in Direction}
    if not any(_delta_of(code) for code in chosen):
        return
    left_fen = planned_balance_fen + deltas[Direction.IN] - deltas[Direction.OUT]
    spending = t("Spending stays the same") if not deltas[Direction.OUT] else f"{t('Spending')} {_tell_delta(deltas[Direction.OUT])}"
    left = format_fen(left_fen, decimals=False)
    told = f"**{left}**" if left_fen >= 0 else f":orange[**{left}**]"
    st.markdown(f"{spending}　:gray[{t('Left at the end')}] {told}")


@contextmanager
def _named_items(session: Session) -> Iterator[None]:
    """A refusal names an item by its code; people know it by its name."""
    try:
        yield
    except BudgetBelowZero as refusal:
        name = item_name(str(refusal.facts["item"]), list_items(session))
        raise BudgetBelowZero(**{**refusal.facts, "item": name}) from None


def _propose(year: int) -> None:
    def change(session: Session) -> BudgetAmendment:
        lines = [
            AmendmentLine(*_pot_of(code), parse_sum(typed(f"delta_{code}")) or 0)
            for code in st.session_state.get(f"{FORM_PREFIX}lines") or ()
        ]
        stamp: dict[str, Any] = {"who": acting_who(), "now_utc": clock.now_utc()}
        with _named_items(session):
            return budget.propose_amendment(session, year=year, reason=typed("reason"), lines=lines, **stamp)

    if action(change, done=t("The amendment is proposed. It counts once it is adopted.")).ok:
        leave_drawer()


def _open_decision(amendment_id: int, year: int) -> None:
    with db.reading() as session:
        approvers = roles.read_committee(session).approvers
    open_drawer("budget_decide", amendment_id, year=year, adopted_on=clock.today(), approver=approvers[0] if approvers else "")


def _adopt(amendment_id: int, version: int) -> None:
    today = clock.today()

    def change(session: Session) -> BudgetAmendment:
        with _named_items(session):
            return budget.adopt_amendment(
                session,
                amendment_id,
                adopted_on=st.session_state[f"{FORM_PREFIX}adopted_on"] or today,
                resolution=typed("resolution"),
                approver=typed("approver"),
                today=today,
                version=version,
                who=acting_who(),
                now_utc=clock.now_utc(),
            )

    if action(change, done=t("The amendment is adopted and counts from now on.")).ok:
        leave_drawer()


def _withdraw(row: AmendmentView) -> None:
    def change(session: Session) -> BudgetAmendment:
        return budget.withdraw_amendment(session, row.id, version=row.version, who=acting_who(), now_utc=clock.now_utc())

    if action(change, done=in_bin(t("The amendment is withdrawn; it stays on record."))).ok:
        leave_drawer()
