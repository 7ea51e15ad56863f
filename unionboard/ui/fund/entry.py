"""The drawer that adds a line to the ledger at once, and what it says while one types."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.errors import Refusal
from unionboard.errors.activities import NoSuchActivity
from unionboard.errors.fund import ItemMissing
from unionboard.models import CeilingShape, Direction, FundEntry, FundSource, GiftForm
from unionboard.money import parse_yuan, yuan_text
from unionboard.reference import FundItem
from unionboard.reference.festivals import festivals
from unionboard.services import activities, fund_papers, ledger
from unionboard.services.booking import book_at_once
from unionboard.services.ceilings import SpendingFacts
from unionboard.services.fund_items import list_items
from unionboard.services.ledger import EntryView
from unionboard.services.roles import is_same_person, read_committee
from unionboard.ui.actions import action, report
from unionboard.ui.activity_field import ask_activity
from unionboard.ui.drawers import FORM_PREFIX, leave_drawer, open_drawer, show_buttons, typed
from unionboard.ui.evidence import TAKEN_MB, keep_uploads
from unionboard.ui.fund.ceiling_notes import note_ceilings
from unionboard.ui.fund.hands import ask_hands, typed_hands
from unionboard.ui.fund.words import item_name, items_of, source_name, voucher_text
from unionboard.ui.identity import acting_name, acting_who
from unionboard.ui.progress import show_progress
from unionboard.ui.text import named, t

BOOK_FOR = "book_for"
"""In the address: the activity for which an entry is to be booked."""


def follow_link(year: int) -> None:
    """Open the drawer for a new entry once when the address asks for it: an activity's own drawer links here."""
    wish = st.query_params.pop(BOOK_FOR, "")
    if not wish.isdigit():
        return
    try:
        with db.reading() as session:
            view = activities.find_activity(session, int(wish), today=clock.today())
    except NoSuchActivity:
        return
    open_entry(year, activity_id=view.id, purpose=view.title)


def open_entry(year: int, **typed: Any) -> None:
    """Open the drawer for a new entry of ``year``; handler and approver start as they were named last, ``typed`` fields as given."""
    with db.reading() as session:
        handler, approver = ledger.last_names(session, year)
        committee = read_committee(session)
    handler = acting_name() or handler
    if is_same_person(handler, approver):  # nobody approves what is their own
        approver = next((name for name in committee.approvers if not is_same_person(name, handler)), "")
    day = clock.today() if year >= clock.today().year else date(year, 12, 31)
    names = {"handler": handler, "approver": approver}
    open_drawer("entry", **({"direction": Direction.OUT.value, "booked_on": day} | names | typed))


def open_again(entry: EntryView) -> None:
    """Open the drawer for a new entry that starts from a wrong one."""
    fields: dict[str, Any] = {
        "direction": entry.direction.value,
        f"item_{entry.direction}": entry.item,
        "amount": yuan_text(abs(entry.amount_fen)),
        "activity_id": entry.activity_id,
    }
    same = ("booked_on", "purpose", "payee", "handler", "approver", "cashier", "one_hand", "papers", "source")
    open_drawer("entry", **fields, **{field: getattr(entry, field) for field in same})


def show_entry_form(_subject: int | None) -> None:
    """Ask for an entry and book it."""
    direction = Direction(
        st.segmented_control(
            t("Direction"),
            [Direction.OUT.value, Direction.IN.value],
            format_func=lambda code: t("Spending") if code == Direction.OUT else t("Income"),
            required=True,
            label_visibility="collapsed",
            width="stretch",
            key=f"{FORM_PREFIX}direction",
        )
        or Direction.OUT
    )
    with db.reading() as session:
        items = list_items(session)
    left, right = st.columns(2, wrap=False)
    left.date_input(t("Date"), format="YYYY-MM-DD", key=f"{FORM_PREFIX}booked_on")
    right.text_input(t("Amount (yuan)"), placeholder="1200.50", live=True, key=f"{FORM_PREFIX}amount")
    st.text_input(t("What for"), max_chars=300, live=True, key=f"{FORM_PREFIX}purpose")
    st.selectbox(
        t("Item"),
        items_of(direction, items),
        index=None,
        format_func=lambda code: item_name(code, items),
        placeholder=t("Choose an item"),
        key=f"{FORM_PREFIX}item_{direction}",
    )
    if direction is Direction.OUT:
        _ask_for_ceilings()
        _speak(items)
    ask_activity(f"{FORM_PREFIX}activity_id")
    payee, papers = st.columns(2, wrap=False)
    payee.text_input(t("Paid to") if direction is Direction.OUT else t("Received from"), max_chars=80, key=f"{FORM_PREFIX}payee")
    papers.number_input(t("Papers attached"), min_value=0, max_value=999, step=1, key=f"{FORM_PREFIX}papers")
    ask_hands(is_paid_out=direction is Direction.OUT)
    st.selectbox(t("Source of the money"), list(FundSource), format_func=source_name, key=f"{FORM_PREFIX}source")
    with st.container(key="files_entry"):
        st.file_uploader(t("Invoice, list or photo"), accept_multiple_files=True, max_upload_size=TAKEN_MB, key=f"{FORM_PREFIX}files")
    show_buttons(t("Book it"), _book)


def _ask_for_ceilings() -> None:
    with st.expander(t("For how many, on which festival"), icon=":material/groups:", key="entry_facts"):
        people, participants, winners = st.columns(3, wrap=False)
        for column, field, label in (
            (people, "people", t("Shared by (persons)")),
            (participants, "participants", t("Participants")),
            (winners, "winners", t("Winners")),
        ):
            column.number_input(label, min_value=0, max_value=99_999, step=1, value=None, key=f"{FORM_PREFIX}{field}")
        festival, form = st.columns(2, wrap=False)
        festival.selectbox(
            t("Festival"),
            list(festivals()),
            index=None,
            format_func=lambda code: named(festivals()[code]),
            placeholder=t("None"),
            key=f"{FORM_PREFIX}festival",
        )
        form.selectbox(
            t("Goods or money"),
            list(GiftForm),
            index=None,
            format_func=lambda code: {GiftForm.GOODS: t("In goods"), GiftForm.MONEY: t("In money"), GiftForm.BOTH: t("Both")}[code],
            placeholder=t("Not said"),
            key=f"{FORM_PREFIX}form",
        )


def _speak(items: Mapping[str, FundItem]) -> None:
    """What the item's budget and the ceilings say of what is typed so far; what is over asks for a reason."""
    facts = _typed_facts(Direction.OUT)
    if not facts.item and not facts.text:
        return
    bar = st.container()
    findings = note_ceilings(facts, reason_key=f"{FORM_PREFIX}over_reason", items=items)
    budget = next((finding for finding in findings if finding.shape is CeilingShape.BUDGET), None)
    if budget is not None and budget.limit:
        share_pct = (budget.used or 0) * 100 // budget.limit
        with bar:
            show_progress(share_pct, label=t("{n}% of the budget", n=share_pct))


def _typed_facts(direction: Direction) -> SpendingFacts:
    """What is typed so far, as far as it can be read already."""
    state = st.session_state
    try:
        amount_fen = parse_yuan(typed("amount"))
    except Refusal:
        amount_fen = 0
    return SpendingFacts(
        booked_on=state.get(f"{FORM_PREFIX}booked_on") or clock.today(),
        amount_fen=amount_fen,
        item=str(state.get(f"{FORM_PREFIX}item_{direction}") or ""),
        source=state.get(f"{FORM_PREFIX}source") or FundSource.UNION_FUNDS,
        text=typed("purpose"),
        people=state.get(f"{FORM_PREFIX}people") or None,
        participants=state.get(f"{FORM_PREFIX}participants") or None,
        winners=state.get(f"{FORM_PREFIX}winners"),
        festival=state.get(f"{FORM_PREFIX}festival") or "",
        form=state.get(f"{FORM_PREFIX}form"),
    )


def _book() -> None:
    state = st.session_state
    direction = Direction(state[f"{FORM_PREFIX}direction"])
    stamp: dict[str, Any] = {"who": acting_who(), "now_utc": clock.now_utc()}

    def change(session: Session) -> FundEntry:
        parse_yuan(typed("amount"))  # says what is wrong with it
        facts = _typed_facts(direction)
        if not facts.item:
            raise ItemMissing
        uploads = state.get(f"{FORM_PREFIX}files") or []
        for upload in uploads:
            fund_papers.check_copied(upload.name, None)
        files = keep_uploads(uploads, is_private=fund_papers.judge_privacy(session, kind=None))
        entry = book_at_once(
            session,
            facts,
            direction=direction,
            purpose=typed("purpose"),
            payee=typed("payee"),
            **typed_hands(),
            over_reason=typed("over_reason"),
            papers=int(state[f"{FORM_PREFIX}papers"] or 0),
            activity_id=state.get(f"{FORM_PREFIX}activity_id"),
            today=clock.today(),
            **stamp,
        )
        for file in files:
            fund_papers.add_file(session, file, kind=None, fund_entry_id=entry.id, **stamp)
        return entry

    outcome = action(change)
    if outcome.ok and outcome.value:
        report(t("Booked as voucher {voucher} of {year}.", voucher=voucher_text(outcome.value.voucher), year=outcome.value.year))
        leave_drawer()
