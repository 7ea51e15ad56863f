"""The drawers that add to the ledger: a new entry, and the correction of an old one."""

from datetime import date
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.errors import Refusal
from unionboard.errors.activities import NoSuchActivity
from unionboard.errors.fund import ItemMissing
from unionboard.models import Direction, FundEntry, FundSource
from unionboard.money import format_fen, parse_yuan, yuan_text
from unionboard.services import activities, care, fund, ledger
from unionboard.services.execution import ItemMoney
from unionboard.services.fund import Book
from unionboard.services.ledger import EntryView
from unionboard.ui.actions import LOCAL_USER, action, report
from unionboard.ui.frame import chosen_plan
from unionboard.ui.fund_drawer import FORM_PREFIX, close_drawer, leave_drawer, open_drawer, show_buttons, typed
from unionboard.ui.fund_words import item_name, items_of, source_name, voucher_text
from unionboard.ui.progress import show_progress
from unionboard.ui.text import short_date, t, when

BOOK_FOR = "book_for"
"""In the address: the activity for which an entry is to be booked."""


def follow_link(book: Book) -> None:
    """Open the drawer for a new entry once when the address asks for it: an activity's own drawer links here."""
    wish = st.query_params.pop(BOOK_FOR, "")
    if not wish.isdigit():
        return
    try:
        with db.reading() as session:
            view = activities.find_activity(session, int(wish), today=clock.today())
    except NoSuchActivity:
        return
    open_entry(book, activity_id=view.id, purpose=view.title)


def open_entry(book: Book, **typed: Any) -> None:
    """Open the drawer for a new entry; handler and approver start as they were named last, ``typed`` fields as given."""
    with db.reading() as session:
        handler, approver = ledger.last_names(session, book.year)
    open_drawer(
        "entry",
        direction=Direction.OUT.value,
        booked_on=clock.today(),
        handler=handler,
        approver=approver,
        **typed,
    )


def open_correction(entry_id: int) -> None:
    """Open the drawer that takes an entry back."""
    open_drawer("correction", entry_id, booked_on=clock.today(), again=True)


def show_entry_form(_subject: int | None) -> None:
    """Ask for an entry and book it."""
    direction = st.segmented_control(
        t("Direction"),
        [Direction.OUT.value, Direction.IN.value],
        format_func=lambda code: t("Spending") if code == Direction.OUT else t("Income"),
        required=True,
        label_visibility="collapsed",
        width="stretch",
        key=f"{FORM_PREFIX}direction",
    )
    left, right = st.columns(2, wrap=False)
    left.date_input(t("Date"), format="YYYY-MM-DD", key=f"{FORM_PREFIX}booked_on")
    right.text_input(t("Amount (yuan)"), placeholder="1200.50", key=f"{FORM_PREFIX}amount")
    st.text_input(t("What for"), max_chars=300, key=f"{FORM_PREFIX}purpose")
    item = st.selectbox(
        t("Item"),
        items_of(Direction(direction or Direction.OUT)),
        index=None,
        format_func=item_name,
        placeholder=t("Choose an item"),
        key=f"{FORM_PREFIX}item_{direction}",
    )
    if direction == Direction.OUT and item:
        _show_what_is_left(item)
    _ask_activity()
    payee, papers = st.columns(2, wrap=False)
    payee.text_input(t("Paid to") if direction == Direction.OUT else t("Received from"), max_chars=80, key=f"{FORM_PREFIX}payee")
    papers.number_input(t("Papers attached"), min_value=0, max_value=999, step=1, key=f"{FORM_PREFIX}papers")
    handler, approver = st.columns(2, wrap=False)
    handler.text_input(t("Handled by"), max_chars=40, key=f"{FORM_PREFIX}handler")
    approver.text_input(t("Approved by"), max_chars=40, key=f"{FORM_PREFIX}approver")
    st.selectbox(t("Source of the money"), list(FundSource), format_func=source_name, key=f"{FORM_PREFIX}source")
    show_buttons(t("Book it"), _book)


def show_correction_form(book: Book, entry_id: int | None) -> None:
    """Say why an entry is wrong and take it back; the right one may be typed at once, starting from the wrong one."""
    with db.reading() as session:
        entry = ledger.find_entry(session, entry_id or 0)
    amount = format_fen(entry.in_fen or entry.out_fen)
    with st.container(border=True, gap="xsmall"):
        st.text(entry.purpose)
        st.text(f"{voucher_text(entry.voucher)} · {short_date(entry.booked_on)} · {item_name(entry.item)} · {amount}")
    st.markdown(f":small[:gray[{t('The entry stays in the ledger; a second one with a minus takes it back.')}]]")
    st.date_input(t("Corrected on"), format="YYYY-MM-DD", key=f"{FORM_PREFIX}booked_on")
    st.text_input(t("Why is it wrong?"), max_chars=200, key=f"{FORM_PREFIX}reason")
    st.toggle(t("Then book it again, rightly"), key=f"{FORM_PREFIX}again")
    show_buttons(t("Take the entry back"), _correct, entry)


def _ask_activity() -> None:
    plan = chosen_plan()
    if plan is None:
        return
    with db.reading() as session:
        views = {view.id: view for view in activities.list_activities(session, plan.id or 0, today=clock.today())}
    st.selectbox(
        t("For which activity (optional)"),
        list(views),
        index=None,
        format_func=lambda id_: f"{when(views[id_].starts_on, views[id_].ends_on, views[id_].precision)}　{views[id_].title}",
        placeholder=t("None"),
        key=f"{FORM_PREFIX}activity_id",
    )


def _show_what_is_left(code: str) -> None:
    """The item's budget before and after this entry, as far as the amount can be read already."""
    try:
        amount_fen = parse_yuan(typed("amount"))
    except Refusal:
        amount_fen = 0
    day = st.session_state.get(f"{FORM_PREFIX}booked_on") or clock.today()
    with db.reading() as session:
        book = fund.read_book(session, day.year)
    before = ItemMoney(code, book.budget_fen.get(code, 0), book.spending_fen.get(code, 0))
    if not before.budget_fen:
        return
    left_fen = before.budget_fen - before.spent_fen - amount_fen
    facts = {"budget": format_fen(before.budget_fen), "spent": format_fen(before.spent_fen), "left": format_fen(abs(left_fen))}
    if left_fen < 0:
        st.markdown(f":small[:orange[{t('Budget {budget}, spent {spent}; with this entry {left} over', **facts)}]]")
    else:
        st.markdown(f":small[:gray[{t('Budget {budget}, spent {spent}; left after this entry {left}', **facts)}]]")
    share_pct = (before.spent_fen + amount_fen) * 100 // before.budget_fen
    show_progress(share_pct, label=t("{n}% of the budget", n=share_pct))


def _book() -> None:
    state = st.session_state
    direction = Direction(state[f"{FORM_PREFIX}direction"])
    today = clock.today()

    def change(session: Session) -> FundEntry:
        amount_fen = parse_yuan(typed("amount"))
        return fund.book_entry(
            session,
            booked_on=state[f"{FORM_PREFIX}booked_on"] or today,
            direction=direction,
            item=_chosen_item(direction),
            amount_fen=amount_fen,
            purpose=typed("purpose"),
            source=state[f"{FORM_PREFIX}source"],
            payee=typed("payee"),
            handler=typed("handler"),
            approver=typed("approver"),
            papers=int(state[f"{FORM_PREFIX}papers"] or 0),
            activity_id=state.get(f"{FORM_PREFIX}activity_id"),
            today=today,
            who=LOCAL_USER,
            now_utc=clock.now_utc(),
        )

    outcome = action(change)
    if outcome.ok and outcome.value:
        report(t("Booked as voucher {voucher} of {year}.", voucher=voucher_text(outcome.value.voucher), year=outcome.value.year))
        leave_drawer()


def _chosen_item(direction: Direction) -> str:
    code = st.session_state.get(f"{FORM_PREFIX}item_{direction}")
    if code is None:
        raise ItemMissing
    return str(code)


def _correct(entry: EntryView) -> None:
    today = clock.today()
    day: date = st.session_state[f"{FORM_PREFIX}booked_on"] or today
    facts: dict[str, Any] = {"booked_on": day, "reason": typed("reason"), "today": today, "who": LOCAL_USER, "now_utc": clock.now_utc()}

    def change(session: Session) -> object:
        visit = care.find_visit_of(session, entry.id)
        if visit is not None:
            return care.take_back_visit(session, visit.id or 0, **facts)
        return fund.reverse_entry(session, entry.id, **facts)

    is_again = bool(st.session_state[f"{FORM_PREFIX}again"])
    if action(change, done=t("Voucher {voucher} is taken back.", voucher=voucher_text(entry.voucher))).ok:
        if is_again:
            _open_again(entry)
        else:
            close_drawer()
        st.rerun()


def _open_again(entry: EntryView) -> None:
    fields: dict[str, Any] = {
        "direction": entry.direction.value,
        f"item_{entry.direction}": entry.item,
        "amount": yuan_text(entry.in_fen or entry.out_fen),
        "activity_id": entry.activity_id,
    }
    same = ("booked_on", "purpose", "payee", "handler", "approver", "papers", "source")
    open_drawer("entry", **fields, **{field: getattr(entry, field) for field in same})
