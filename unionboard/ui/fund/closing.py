"""The view «close»: the months of a book, what to look at before they are closed, and whether books and papers are in order."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db, i18n
from unionboard.errors import Refusal
from unionboard.models import FundMonth, FundYear
from unionboard.money import format_fen, parse_amount
from unionboard.services import closing, fund
from unionboard.services.closing import CheckCode, CheckPoint, Light, MonthView
from unionboard.services.evidence_store import evidence_place
from unionboard.services.fund import Book
from unionboard.services.ledger import EntryCheck
from unionboard.services.periods import month_span
from unionboard.services.permissions import Act
from unionboard.services.verification import Fault, verify_books
from unionboard.ui.actions import action
from unionboard.ui.components.record_table import Column, show_record_table
from unionboard.ui.drawers import FORM_PREFIX, leave_drawer, open_drawer, show_buttons, typed
from unionboard.ui.fund.budget import open_budget
from unionboard.ui.fund.filter import VIEW_KEY, narrow_ledger
from unionboard.ui.fund.words import item_name
from unionboard.ui.history import tell_moment
from unionboard.ui.identity import acting_who
from unionboard.ui.offers import offer
from unionboard.ui.text import escape, language, listed, long_date, month_name, short_date, t, tn

DRAWER = "closed_month"
YEAR = 0
"""In place of a month: the whole year."""
_UNTIL, _BANK, _NOTE, _FAULTS = "close_until", "close_bank", "close_note", "close_faults"
_LIGHTS = {
    Light.GREEN: ":green[:material/check_circle:]",
    Light.AMBER: ":yellow[:material/warning:]",
    Light.RED: ":orange[:material/error:]",
}
_SHOWN_FAULTS = 12


def close_drawers() -> dict[str, tuple[str, Callable[[int | None], None]]]:
    """The drawers of this view, for ``drawer.show_drawer``."""
    return {DRAWER: (t("A closed month"), _show_closed)}


def show_close_view(year: int) -> None:
    """The view «close» of the fund page."""
    today = clock.today()
    with db.reading() as session:
        book, head = fund.read_book(session, year), fund.find_year(session, year)
        months = closing.list_months(session, year, today=today)
    if book.is_empty:
        _show_beginning(year)
        return
    left, right = st.columns([0.5, 0.5])
    with left:
        _show_months(book, months, head)
    with right:
        _show_closing(book, months, head, today=today)
        _show_check()


def _show_beginning(year: int) -> None:
    with st.container(border=True):
        st.markdown(f"**{t('Nothing is booked in {year} yet.', year=year)}**", width="content")
        st.markdown(
            t("Once there are entries, their months are closed here one after the other, with a checklist of what an auditor would ask.")
        )


# --- the months -----------------------------------------------------------------------------------------------------------------


def _show_months(book: Book, months: Sequence[MonthView], head: FundYear | None) -> None:
    is_closed = head is not None and head.closed_at_utc is not None
    columns = [
        Column("month", t("Month"), "main"),
        Column("income", t("Income"), "number"),
        Column("spending", t("Spending"), "number"),
        Column("left", t("Left"), "sum"),
    ]
    with st.container(border=True, height="stretch", key="close_months"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/lock_clock: **{t('Months of {year}', year=book.year)}**", width="stretch")
            closed = sum(month.is_closed for month in months)
            st.markdown(f":gray[{t('{n} of 12 closed', n=closed)}]", width="content")
        if is_closed and head is not None:
            facts = {"year": book.year, "next": book.year + 1, "amount": format_fen(head.closing_fen or 0)}
            st.markdown(f":green[:material/lock:] {t('The book of {year} is closed; {next} begins with {amount}.', **facts)}")
        rows = [_write_month(month) for month in months if month.is_over or month.in_fen or month.out_fen]
        sums = {
            "month": t("Total"),
            "income": _amount(book.total_income_fen),
            "spending": _amount(book.total_spending_fen),
            "left": _amount(book.balance_fen),
        }
        show_record_table(
            "close_table", columns, rows, caption=t("Months of {year}", year=book.year), sums=sums, on_open=_open_month(book.year)
        )
        st.markdown(f":small[:gray[{t('A closed month takes no entry; a mistake found later is corrected in a month that is open.')}]]")


def _write_month(month: MonthView) -> dict[str, Any]:
    row: dict[str, Any] = {
        "month": month_name(month.month),
        "income": _amount(month.in_fen) if month.in_fen else "",
        "spending": _amount(month.out_fen) if month.out_fen else "",
        "left": _amount(month.balance_fen),
    }
    if month.is_closed:
        row |= {"id": month.month, "marks": [{"word": t("closed"), "tone": "green"}]}
    elif not month.is_over:
        row["marks"] = [{"word": t("running"), "tone": "blue"}]
    return row


def _amount(amount_fen: int) -> str:
    return format_fen(amount_fen, symbol="")


def _open_month(year: int) -> Callable[[int], None]:
    def open_month(month: int) -> None:
        open_drawer(DRAWER, year * 100 + month)

    return open_month


# --- closing --------------------------------------------------------------------------------------------------------------------


def _show_closing(book: Book, months: Sequence[MonthView], head: FundYear | None, *, today: date) -> None:
    """What may be closed, the checklist for it, and the button."""
    with st.container(border=True, gap="small", key="close_form"):
        choices = [month.month for month in months if month.is_over and not month.is_closed]
        if (head is None or head.closed_at_utc is None) and months[-1].is_over:
            choices.append(YEAR)
        if not choices:
            _show_nothing_to_close(book, months, head)
            return
        if st.session_state.get(_UNTIL) not in choices:
            st.session_state[_UNTIL] = choices[-1]
        st.markdown(f":material/fact_check: **{t('Before the books are closed')}**")
        until, bank = st.columns(2)
        chosen = until.selectbox(t("Close up to the end of"), choices, format_func=lambda month: _until_text(book.year, month), key=_UNTIL)
        last = _last_day(book.year, chosen)
        bank_fen, refusal = _read_bank()
        bank.text_input(
            t("On the bank's statement of {day} (yuan)", day=short_date(last)), placeholder=_amount(_left_at(months, chosen)), key=_BANK
        )
        if refusal:
            st.markdown(f":orange[:material/error: {t('The bank’s figure cannot be read. Write it as 19476.10.')}]")
        with db.reading() as session:
            points = closing.checklist(session, book.year, chosen or None, today=today, bank_fen=bank_fen)
        with st.container(gap=None, key="close_list"):
            for point in points:
                _show_point(point, book)
        is_red = any(point.level is Light.RED for point in points)
        st.text_input(t("Note: why it is closed all the same") if is_red else t("Note (optional)"), max_chars=300, key=_NOTE)
        offer(
            Act.CLOSE_BOOKS,
            t("Close the books up to the end of {what}", what=month_name(chosen))
            if chosen
            else t("Close the book of {year}", year=book.year),
            icon=":material/lock:",
            type="primary",
            key="go_close_books",
            on_click=_close,
            args=(book.year, chosen),
        )


def _show_nothing_to_close(book: Book, months: Sequence[MonthView], head: FundYear | None) -> None:
    if head is not None and head.closed_at_utc is not None:
        st.markdown(f":green[:material/lock:] **{t('The book of {year} is closed.', year=book.year)}**")
        st.markdown(t("What is left of its budget is offered for the budget of {year}.", year=book.year + 1))
        st.button(t("To the budget"), icon=":material/arrow_forward:", key="close_to_budget", on_click=_go, args=("budget",))
        return
    coming = next((month for month in months if not month.is_over), months[-1])
    last = month_span(book.year * 12 + coming.month - 1)[1]
    st.markdown(f":green[:material/check_circle:] **{t('Everything that is over is closed.')}**")
    st.markdown(f":gray[{t('{month} can be closed from {day} on.', month=month_name(coming.month), day=short_date(last))}]")


def _show_point(point: CheckPoint, book: Book) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small", key=f"close_point_{point.code}"):
        st.markdown(_LIGHTS[point.level], width="content")
        st.markdown(escape(_tell(point, book)), width="stretch")
        go = _way_to(point, book.year)
        if go is not None and point.level is not Light.GREEN:
            on_click, args = go
            st.button(t("Look"), type="tertiary", key=f"close_look_{point.code}", on_click=on_click, args=args)


def _tell(point: CheckPoint, book: Book) -> str:
    """A line of the checklist as a sentence."""
    is_good, n, amount = point.level is Light.GREEN, point.count, format_fen(abs(point.sum_fen))
    match point.code:
        case CheckCode.VOUCHERS:
            return t("The vouchers have no gap") if is_good else tn("{n} voucher is missing", "{n} vouchers are missing", n)
        case CheckCode.BANK:
            left = format_fen(point.facts["balance_fen"])
            if point.facts["bank_fen"] is None:
                return t("By the books {left} are left: compare with the bank's statement", left=left)
            if is_good:
                return t("The bank says the same as the books: {left}", left=left)
            word = t("The bank has {amount} more than the books") if point.sum_fen > 0 else t("The bank has {amount} less than the books")
            return word.format(amount=amount)
        case CheckCode.NO_PAPERS:
            words = tn("{n} payment without papers, {amount}", "{n} payments without papers, {amount}", n, amount=amount)
            return t("Every payment has its papers") if is_good else words
        case CheckCode.UNAPPROVED:
            words = tn("{n} payment nobody approved, {amount}", "{n} payments nobody approved, {amount}", n, amount=amount)
            return t("Every payment was approved") if is_good else words
        case CheckCode.CLAIMS:
            words = tn("{n} claim is under way, {amount}", "{n} claims are under way, {amount}", n, amount=amount)
            return t("No claim is under way") if is_good else words
        case CheckCode.VISITS:
            words = tn(
                "{n} visit or hand-out is not in the books, {amount}",
                "{n} visits or hand-outs are not in the books, {amount}",
                n,
                amount=amount,
            )
            return t("All visits and hand-outs are in the books") if is_good else words
        case CheckCode.OVER_BUDGET:
            over = [f"{item_name(item, book.items)} {format_fen(fen)}" for item, fen in point.facts["items"].items()]
            return t("No item is over its budget") if is_good else t("Over the budget: {items}", items=listed(over))
        case CheckCode.OPENING:
            year = point.facts["year"]
            if is_good:
                return t("The opening balance fits the year before")
            return t("The opening balance and what {year} left differ by {amount}", year=year, amount=amount)


def _way_to(point: CheckPoint, year: int) -> tuple[Callable[..., None], tuple[Any, ...]] | None:
    """Where what was found can be put right."""
    match point.code:
        case CheckCode.NO_PAPERS | CheckCode.UNAPPROVED:
            return _narrow, (EntryCheck(point.code.value),)
        case CheckCode.CLAIMS:
            return _go, ("claims",)
        case CheckCode.VISITS:
            return _go, ("care",)
        case CheckCode.OVER_BUDGET:
            return _go, ("budget",)
        case CheckCode.OPENING:
            return open_budget, (year,)
    return None


def _narrow(check: EntryCheck) -> None:
    narrow_ledger(check=check)


def _go(view: str) -> None:
    st.session_state[VIEW_KEY] = view


def _until_text(year: int, month: int) -> str:
    return month_name(month) if month else t("the whole year {year}", year=year)


def _last_day(year: int, month: int) -> date:
    return month_span(year * 12 + (month or 12) - 1)[1]


def _left_at(months: Sequence[MonthView], month: int) -> int:
    return months[(month or 12) - 1].balance_fen


def _read_bank() -> tuple[int | None, Refusal | None]:
    text = str(st.session_state.get(_BANK) or "").strip()
    try:
        return (parse_amount(text, signed=True).fen if text else None), None
    except Refusal as refusal:
        return None, refusal


def _close(year: int, month: int) -> None:
    bank_fen, refusal = _read_bank()
    facts: dict[str, Any] = {
        "bank_fen": bank_fen,
        "note": str(st.session_state.get(_NOTE) or ""),
        "today": clock.today(),
        "who": acting_who(),
        "now_utc": clock.now_utc(),
    }

    def change(session: Session) -> FundMonth | FundYear:
        if refusal is not None:
            raise refusal
        return closing.close_month(session, year, month, **facts) if month else closing.close_year(session, year, **facts)

    told = (
        t("The books are closed up to the end of {what}.", what=month_name(month))
        if month
        else t("The book of {year} is closed.", year=year)
    )
    if action(change, done=told).ok:
        for key in (_UNTIL, _BANK, _NOTE):
            st.session_state.pop(key, None)


# --- opening again --------------------------------------------------------------------------------------------------------------


def _show_closed(subject: int | None) -> None:
    """Who closed a month and with what, and the way to open it again."""
    year, number = divmod(subject or 0, 100)
    with db.reading() as session:
        month = closing.list_months(session, year, today=clock.today())[number - 1]
        head = fund.find_year(session, year)
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{t('{month} {year}', month=month_name(number), year=year)}**　{format_fen(month.balance_fen)}")
        if month.closed_at_utc is not None:
            st.text(
                t("Closed by {who} on {moment}", who=i18n.tell_who(language(), month.closed_by), moment=tell_moment(month.closed_at_utc))
            )
        if month.bank_fen is not None:
            st.text(t("On the bank's statement: {amount}", amount=format_fen(month.bank_fen)))
        if month.note:
            st.text(month.note)
    told = t("Opening it again opens all months after it as well. The change log keeps who did it and why.")
    if head is not None and head.closed_at_utc is not None:
        told = t("Opening it again opens the year and all months after it as well. The change log keeps who did it and why.")
    st.markdown(f":small[:gray[{told}]]")
    st.text_input(t("Why is it opened again?"), max_chars=200, key=f"{FORM_PREFIX}reason")
    show_buttons(t("Open it again"), _reopen, year, number)


def _reopen(year: int, month: int) -> None:
    def change(session: Session) -> None:
        closing.reopen_month(session, year, month, reason=typed("reason"), who=acting_who(), now_utc=clock.now_utc())

    if action(change, done=t("Opened again from {month} on.", month=month_name(month))).ok:
        leave_drawer()


# --- verification ---------------------------------------------------------------------------------------------------------------


def _show_check() -> None:
    """Everything recomputed from the entries, at a press: it reads every line and every file."""
    with st.container(border=True, gap="small", key="close_check"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/rule: **{t('Books and papers against each other')}**", width="stretch")
            offer(Act.VERIFY, t("Check now"), icon=":material/play_arrow:", key="close_verify", on_click=_verify)
        told = t("Balances, vouchers, corrections, closed months and every stored file are worked out anew and compared.")
        st.markdown(f":small[:gray[{told}]]")
        if _FAULTS not in st.session_state:
            return
        checked_on, faults = st.session_state[_FAULTS]
        if not faults:
            st.markdown(f":green[:material/check_circle:] {t('In order, checked on {day}.', day=long_date(checked_on))}")
        for fault in faults[:_SHOWN_FAULTS]:
            st.markdown(f":orange[:material/error:] {escape(fault.tell(t))}")
        if len(faults) > _SHOWN_FAULTS:
            st.markdown(f":gray[{t('{n} more', n=len(faults) - _SHOWN_FAULTS)}]")


def _verify() -> None:
    with db.reading() as session:
        faults: tuple[Fault, ...] = verify_books(session, evidence_folder=evidence_place())
    st.session_state[_FAULTS] = (clock.today(), faults)
