"""The drawers that set up a year's book: the opening balance, the budget line by line, and its adoption."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.errors import Refusal
from unionboard.errors.budget import BudgetAdopted
from unionboard.errors.fund import BudgetNegative
from unionboard.errors.money import AmountGroupedWrongly
from unionboard.errors.saving import StaleSave
from unionboard.models import Direction, FundSource, FundYear
from unionboard.money import format_fen, parse_amount, yuan_text
from unionboard.reference import FundItem, fund_groups
from unionboard.services import budget, fund
from unionboard.services.budget import BudgetView, Pot
from unionboard.services.fund_items import list_items
from unionboard.ui.actions import action, refuse
from unionboard.ui.drawers import FORM_PREFIX, leave_drawer, open_drawer, show_buttons, typed
from unionboard.ui.fund.words import item_name, source_name
from unionboard.ui.identity import acting_who
from unionboard.ui.refusals import tell
from unionboard.ui.text import escape, long_date, named, t

OWN = FundSource.UNION_FUNDS


@dataclass(frozen=True, slots=True)
class YearBefore:
    """What the year before allowed, cost and left, by item and source; ``left_fen`` of spending only."""

    budget_fen: dict[Pot, int]
    booked_fen: dict[Pot, int]
    left_fen: dict[Pot, int]
    closing_fen: int


def field_of(pot: Pot) -> str:
    """The rest of the key of a line's field."""
    item, source = pot
    return f"budget_{item}" if source is OWN else f"budget_{item}@{source.value}"


def name_pot(pot: Pot, items: Mapping[str, FundItem]) -> str:
    """An item, and its source where that is not the union's own funds."""
    name = item_name(pot[0], items)
    return name if pot[1] is OWN else t("{item}, from {source}", item=name, source=source_name(pot[1]))


def gather_items(items: Mapping[str, FundItem], codes: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    """Those of ``codes`` under their headings, income first; items alone under a heading of their own come last, together."""
    income = [code for code, item in items.items() if item.direction == Direction.IN and code in codes]
    if income:
        yield t("Income"), income
    alone: list[str] = []
    for group in fund_groups().values():
        whole = [code for code, item in items.items() if item.direction == Direction.OUT and item.group == group.code]
        found = [code for code in whole if code in codes]
        if len(whole) == 1:  # a heading of its own would only repeat the item's name
            alone += found
        elif found:
            yield named(group), found
    if alone:
        yield t("Other items"), alone


def open_budget(year: int) -> None:
    """Open the drawer with the stored opening balance and budget of ``year``."""
    with db.reading() as session:
        head, view = fund.find_year(session, year), budget.read_budget(session, year)
        before = budget.sum_pots(session, year - 1)
    told = {(row.item, row.source): row for row in view.lines if row.adopted_fen or row.note}
    amounts = {field_of(pot): yuan_text(row.adopted_fen) for pot, row in told.items() if row.adopted_fen}
    notes = {f"note_{field_of(pot)}": row.note for pot, row in told.items() if row.note}
    opening = yuan_text(head.opening_fen) if head and head.opening_fen is not None else ""
    others = sorted({pot for pot in (*told, *(pot for pot, fen in before.items() if fen)) if pot[1] is not OWN})
    open_drawer("budget", year, opening=opening, seen=(head, view), pots=others, with_notes=bool(notes), **amounts, **notes)


def show_budget_form(subject: int | None) -> None:
    """Ask for the opening balance and, until the budget is adopted, an amount per item with last year's figures beside it."""
    year = subject or clock.today().year
    with db.reading() as session:
        items, before, view = list_items(session), _read_before(session, year), budget.read_budget(session, year)
    closing = format_fen(before.closing_fen)
    st.text_input(
        t("Carried over into {year} (yuan)", year=year),
        placeholder=yuan_text(before.closing_fen),
        help=t("Leave empty to take last year's closing balance, {amount}.", amount=closing),
        key=f"{FORM_PREFIX}opening",
    )
    if view.adopted_on is not None:
        told = t("The budget was adopted on {day}. Propose an amendment to change it.", day=long_date(view.adopted_on))
        st.markdown(f":gray[{told}]")
        show_buttons(t("Save"), _save, year)
        return
    _offer_filling(before)
    with_notes = st.toggle(t("With remarks"), key=f"{FORM_PREFIX}with_notes")
    used = _find_used(before)
    _ask_items(used or set(items), items, before, with_notes=with_notes)
    if used and len(used) < len(items):
        with st.expander(t("Items without a figure last year and now")):
            _ask_items(set(items) - used, items, before, with_notes=with_notes)
    _offer_sources(items)
    _show_total(items, before)
    show_buttons(t("Save the budget"), _save, year)


def open_adoption(year: int) -> None:
    """Open the drawer that adopts the budget of ``year`` or mends the words of its adoption."""
    with db.reading() as session:
        view = budget.read_budget(session, year)
    open_drawer("budget_adopt", year, adopted_on=view.adopted_on or clock.today(), resolution=view.resolution, version=view.version)


def ask_resolution() -> None:
    """Ask when, and by which meeting, a budget or an amendment of it was adopted."""
    st.date_input(t("Adopted on"), format="YYYY-MM-DD", key=f"{FORM_PREFIX}adopted_on")
    st.text_input(
        t("By which meeting"),
        max_chars=200,
        placeholder=t("for example: third meeting of the union committee"),
        key=f"{FORM_PREFIX}resolution",
    )


def show_adoption_form(subject: int | None) -> None:
    """Ask when and by what the budget was adopted."""
    year = subject or clock.today().year
    st.markdown(
        t("Once adopted, the lines stay as they are. What changes during the year is changed by an amendment with its own resolution.")
    )
    ask_resolution()
    show_buttons(t("Adopt the budget"), _adopt, year)


def parse_sum(text: str) -> int | None:
    """A sum as it may stand in these drawers, in fen: zero and a minus are allowed, None for nothing. Raises: as ``parse_amount``."""
    if not text:
        return None
    amount = parse_amount(text, signed=True)
    if amount.remark is not None:
        raise AmountGroupedWrongly(text=text)
    return amount.fen


# --- parts of the form ------------------------------------------------------------------------------------------------------------------


def _read_before(session: Session, year: int) -> YearBefore:
    return YearBefore(
        budget_fen=budget.sum_pots(session, year - 1),
        booked_fen=budget.sum_booked(session, year - 1),
        left_fen={(line.item, line.source): line.left_fen for line in budget.carry_over(session, year - 1)},
        closing_fen=fund.read_book(session, year - 1).balance_fen,
    )


def _find_used(before: YearBefore) -> set[str]:
    """Items with a figure last year or in the budget as it was when the drawer was opened; it does not move while one types."""
    seen: tuple[FundYear | None, BudgetView] = st.session_state[f"{FORM_PREFIX}seen"]
    figures = [
        *before.budget_fen.items(),
        *before.booked_fen.items(),
        *(((row.item, row.source), row.adopted_fen) for row in seen[1].lines),
    ]
    return {pot[0] for pot, fen in figures if fen} | {pot[0] for pot in _other_pots()}


def _ask_items(codes: Collection[str], items: Mapping[str, FundItem], before: YearBefore, *, with_notes: bool) -> None:
    for heading, found in gather_items(items, codes):
        st.markdown(f"**{heading}**")
        for code in found:
            _ask_item(code, items, before, with_notes=with_notes)


def _ask_item(code: str, items: Mapping[str, FundItem], before: YearBefore, *, with_notes: bool) -> None:
    others = [pot for pot in _other_pots() if pot[0] == code]
    for pot in [(code, OWN), *others]:
        label = name_pot(pot, items)
        notes = [
            t(words, amount=format_fen(fen, decimals=False))
            for words, fen in (
                ("last year {amount}", before.booked_fen.get(pot)),
                ("its budget {amount}", before.budget_fen.get(pot)),
                ("left {amount}", before.left_fen.get(pot)),
            )
            if fen
        ]
        with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
            words = escape(label) if pot[1] is OWN else f":gray[{escape(label)}]"
            st.markdown(words + (f"  \n:small[:gray[{'　'.join(notes)}]]" if notes else ""), width="stretch")
            st.text_input(label, label_visibility="collapsed", width=150, key=FORM_PREFIX + field_of(pot))
        if with_notes:
            st.text_input(
                t("Remark on {item}", item=label),
                placeholder=t("Remark"),
                max_chars=200,
                label_visibility="collapsed",
                key=f"{FORM_PREFIX}note_{field_of(pot)}",
            )


def _offer_filling(before: YearBefore) -> None:
    """Last year's figures as a beginning: into fields that are empty, or what was left added to what stands there."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for name, label, sums in (
            ("budget", t("Last year's budget"), before.budget_fen),
            ("booked", t("Last year's outcome"), before.booked_fen),
        ):
            if any(fen > 0 for fen in sums.values()):
                st.button(label, icon=":material/edit_note:", key=f"fill_{name}", on_click=_fill, args=(sums,))
        if before.left_fen and not st.session_state.get(f"{FORM_PREFIX}carried"):
            total = format_fen(sum(before.left_fen.values()), decimals=False)
            label = t("Carry over what is left, {amount}", amount=total)
            st.button(label, icon=":material/forward:", key="fill_left", on_click=_carry, args=(before.left_fen,))


def _fill(sums: dict[Pot, int]) -> None:
    for pot, fen in sums.items():
        if fen > 0 and not typed(field_of(pot)):
            _keep(pot, fen)


def _carry(left_fen: dict[Pot, int]) -> None:
    for pot, fen in left_fen.items():
        try:
            stands = parse_sum(typed(field_of(pot))) or 0
        except Refusal:
            continue
        _keep(pot, stands + fen)
    st.session_state[f"{FORM_PREFIX}carried"] = True


def _keep(pot: Pot, fen: int) -> None:
    if pot[1] is not OWN and pot not in _other_pots():
        _other_pots().append(pot)
    st.session_state[FORM_PREFIX + field_of(pot)] = yuan_text(fen)


def _other_pots() -> list[Pot]:
    """Lines out of other sources than the union's own funds that have a field."""
    pots: list[Pot] = st.session_state.setdefault(f"{FORM_PREFIX}pots", [])
    return pots


def _offer_sources(items: Mapping[str, FundItem]) -> None:
    """A line out of another source: dues, donations, money given for a purpose."""
    with st.expander(t("Money from another source for an item")):
        st.selectbox(
            t("Item"),
            list(items),
            index=None,
            format_func=lambda code: item_name(code, items),
            placeholder=t("Choose an item"),
            key=f"{FORM_PREFIX}add_item",
        )
        st.selectbox(
            t("Source of the money"),
            [source for source in FundSource if source is not OWN],
            format_func=source_name,
            key=f"{FORM_PREFIX}add_source",
        )
        st.button(t("Add the line"), icon=":material/add:", key="add_pot", on_click=_add_pot)


def _add_pot() -> None:
    item = st.session_state.get(f"{FORM_PREFIX}add_item")
    pot = (str(item), FundSource(st.session_state[f"{FORM_PREFIX}add_source"]))
    if item and pot not in _other_pots():
        _other_pots().append(pot)


def _show_total(items: Mapping[str, FundItem], before: YearBefore) -> None:
    """What the typed amounts come to, or which of them cannot be read."""
    if unreadable := _find_unreadable(items):
        st.markdown(f":orange[:material/error: {unreadable}]")
        return
    try:
        opening_fen = parse_sum(typed("opening"))
        sums = {
            side: sum(parse_sum(typed(field_of(pot))) or 0 for pot in _pots(items) if items[pot[0]].direction == side) for side in Direction
        }
    except Refusal:
        return
    opening_fen = before.closing_fen if opening_fen is None else opening_fen
    left_fen = opening_fen + sums[Direction.IN] - sums[Direction.OUT]
    left = format_fen(left_fen, decimals=False)
    st.markdown(
        f":gray[{t('Income')}] **{format_fen(sums[Direction.IN], decimals=False)}**　"
        f":gray[{t('Spending')}] **{format_fen(sums[Direction.OUT], decimals=False)}**　"
        f":gray[{t('Left at the end')}] " + (f"**{left}**" if left_fen >= 0 else f":orange[**{left}**]")
    )


def _pots(items: Mapping[str, FundItem]) -> list[Pot]:
    return [*((code, OWN) for code in items), *(pot for pot in _other_pots() if pot[0] in items)]


# --- saving -----------------------------------------------------------------------------------------------------------------------------


def _save(year: int) -> None:
    seen: tuple[FundYear | None, BudgetView] = st.session_state[f"{FORM_PREFIX}seen"]
    stamp: dict[str, Any] = {"who": acting_who(), "now_utc": clock.now_utc()}

    def change(session: Session) -> None:
        _save_opening(session, year, seen[0], stamp)
        if seen[1].adopted_on is None:
            _save_lines(session, year, seen[1], stamp)

    with db.reading() as session:
        unreadable = "" if seen[1].adopted_on else _find_unreadable(list_items(session))
    if unreadable:
        refuse(unreadable)
        return
    outcome = action(change, done=t("Budget saved."))
    if isinstance(outcome.refusal, StaleSave | BudgetAdopted):
        _see_anew(year, outcome.refusal)
    if outcome.ok:
        leave_drawer()


def _see_anew(year: int, refusal: Refusal) -> None:
    """Take over what the refusal told, so that the next press means it; other lines stay as they were seen when the drawer was opened."""
    with db.reading() as session:
        head, view = fund.find_year(session, year), budget.read_budget(session, year)
    seen: tuple[FundYear | None, BudgetView] = st.session_state[f"{FORM_PREFIX}seen"]
    told = refusal.facts.get("pot")
    if told is not None:
        rows = {(row.item, row.source): row for row in seen[1].lines} | {
            (row.item, row.source): row for row in view.lines if (row.item, row.source) == told
        }
        head, view = seen[0], replace(seen[1], lines=tuple(rows.values()))
    elif isinstance(refusal, StaleSave):
        view = seen[1]
    st.session_state[f"{FORM_PREFIX}seen"] = (head, view)


def _save_opening(session: Session, year: int, seen: FundYear | None, stamp: dict[str, Any]) -> None:
    """Set the opening balance where another one was typed. Raises: StaleSave when somebody else set it since the drawer was opened."""
    opening_fen, seen_fen = parse_sum(typed("opening")), seen.opening_fen if seen else None
    if opening_fen == seen_fen:
        return
    head = fund.find_year(session, year)
    stands_fen = head.opening_fen if head else None
    if stands_fen not in (seen_fen, opening_fen):
        theirs, yours = ("" if fen is None else format_fen(fen) for fen in (stands_fen, opening_fen))
        raise StaleSave(field=t("Carried over into {year} (yuan)", year=year), theirs=theirs, yours=yours)
    fund.set_opening(session, year=year, opening_fen=opening_fen, version=head.version if head else 0, **stamp)


def _save_lines(session: Session, year: int, seen: BudgetView, stamp: dict[str, Any]) -> None:
    rows = {(row.item, row.source): row for row in seen.lines}
    items = list_items(session)
    for pot in _pots(items):
        row, amount_fen = rows.get(pot), parse_sum(typed(field_of(pot))) or 0
        note = typed(f"note_{field_of(pot)}") if f"{FORM_PREFIX}note_{field_of(pot)}" in st.session_state else None
        if amount_fen == (row.adopted_fen if row else 0) and note in (None, row.note if row else ""):
            continue
        told: dict[str, Any] = {"item": pot[0], "source": pot[1], "amount_fen": amount_fen, "note": note}
        try:
            budget.set_line(session, year=year, version=row.version if row else 0, **told, **stamp)
        except StaleSave as stale:
            name = name_pot(pot, items)
            raise StaleSave(field=name, theirs=stale.facts["theirs"], yours=stale.facts["yours"], pot=pot) from None


def _find_unreadable(items: Mapping[str, FundItem]) -> str:
    """Which of the thirty amounts cannot be saved, and why; empty when all can."""
    for pot in _pots(items):
        try:
            if (parse_sum(typed(field_of(pot))) or 0) < 0:
                raise BudgetNegative
        except Refusal as refusal:
            return t("{item}: {told}", item=escape(name_pot(pot, items)), told=tell(refusal))
    return ""


def _adopt(year: int) -> None:
    state = st.session_state
    today = clock.today()

    def change(session: Session) -> FundYear:
        return budget.adopt_budget(
            session,
            year,
            adopted_on=state[f"{FORM_PREFIX}adopted_on"] or today,
            resolution=typed("resolution"),
            today=today,
            version=state[f"{FORM_PREFIX}version"],
            who=acting_who(),
            now_utc=clock.now_utc(),
        )

    if action(change, done=t("The {year} budget is adopted.", year=year)).ok:
        leave_drawer()
