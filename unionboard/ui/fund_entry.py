"""The drawer that adds a line to the ledger at once, and what it says while one types."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.config import read_config
from unionboard.errors import Refusal
from unionboard.errors.activities import NoSuchActivity
from unionboard.errors.fund import ItemMissing
from unionboard.models import CeilingShape, Direction, FundEntry, FundSource, GiftForm
from unionboard.money import parse_yuan, yuan_text
from unionboard.reference import FundItem
from unionboard.reference.festivals import festivals
from unionboard.services import activities, evidence, fund_papers, ledger
from unionboard.services.booking import book_at_once
from unionboard.services.ceilings import SpendingFacts
from unionboard.services.fund_items import list_items
from unionboard.services.ledger import EntryView
from unionboard.services.roles import is_same_person, read_committee
from unionboard.ui.acting import acting_name, acting_who
from unionboard.ui.actions import action, report
from unionboard.ui.ceiling_notes import note_ceilings
from unionboard.ui.frame import chosen_plan
from unionboard.ui.fund_drawer import FORM_PREFIX, leave_drawer, open_drawer, show_buttons, typed
from unionboard.ui.fund_words import item_name, items_of, source_name, voucher_text
from unionboard.ui.progress import show_progress
from unionboard.ui.text import named, t, when

BOOK_FOR = "book_for"
"""In the address: the activity for which an entry is to be booked."""
_TAKEN_MB = 100  # server.maxUploadSize: what is above our own limit the service refuses in the user's language


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
    day = clock.today() if year >= clock.today().year else date(year, 12, 31)
    names = {"handler": acting_name() or handler, "approver": approver}
    open_drawer("entry", **({"direction": Direction.OUT.value, "booked_on": day} | names | typed))


def open_again(entry: EntryView) -> None:
    """Open the drawer for a new entry that starts from a wrong one."""
    fields: dict[str, Any] = {
        "direction": entry.direction.value,
        f"item_{entry.direction}": entry.item,
        "amount": yuan_text(abs(entry.amount_fen)),
        "activity_id": entry.activity_id,
    }
    same = ("booked_on", "purpose", "payee", "handler", "approver", "cashier", "papers", "source")
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
    _ask_activity()
    payee, papers = st.columns(2, wrap=False)
    payee.text_input(t("Paid to") if direction is Direction.OUT else t("Received from"), max_chars=80, key=f"{FORM_PREFIX}payee")
    papers.number_input(t("Papers attached"), min_value=0, max_value=999, step=1, key=f"{FORM_PREFIX}papers")
    _ask_names(direction)
    st.selectbox(t("Source of the money"), list(FundSource), format_func=source_name, key=f"{FORM_PREFIX}source")
    with st.container(key="files_entry"):
        st.file_uploader(t("Invoice, list or photo"), accept_multiple_files=True, max_upload_size=_TAKEN_MB, key=f"{FORM_PREFIX}files")
    show_buttons(t("Book it"), _book)


def _ask_names(direction: Direction) -> None:
    handler, approver = st.columns(2, wrap=False)
    handler.text_input(t("Handled by"), max_chars=40, key=f"{FORM_PREFIX}handler")
    approver.text_input(t("Approved by"), max_chars=40, key=f"{FORM_PREFIX}approver")
    if direction is not Direction.OUT:
        return
    st.text_input(t("Paid out by"), max_chars=40, key=f"{FORM_PREFIX}cashier")
    names = [typed(field) for field in ("handler", "approver", "cashier")]
    if any(is_same_person(one, other) for at, one in enumerate(names) for other in names[at + 1 :]):
        st.text_input(
            t("Why one person has two parts"),
            max_chars=200,
            help=t("In a tiny committee one person may handle, approve or pay; the books show it with this reason."),
            key=f"{FORM_PREFIX}one_hand",
        )
    elif _stands_in(*names[:2]):
        st.text_input(
            t("Why {name} approves in place of the chair", name=names[1]),
            max_chars=200,
            help=t("The books show this mark beside the entry."),
            key=f"{FORM_PREFIX}one_hand",
        )


def _stands_in(handler: str, approver: str) -> bool:
    """Whether what the only approver handles is approved by another."""
    with db.reading() as session:
        stand_ins = read_committee(session).stand_ins(handler)
    return any(is_same_person(approver, name) for name in stand_ins)


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
        files = [evidence.keep_file(upload.getvalue(), upload.name, folder=read_config().evidence_dir) for upload in uploads]
        entry = book_at_once(
            session,
            facts,
            direction=direction,
            purpose=typed("purpose"),
            payee=typed("payee"),
            handler=typed("handler"),
            approver=typed("approver"),
            cashier=typed("cashier"),
            one_hand=typed("one_hand"),
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
