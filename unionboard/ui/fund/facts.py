"""One line of the ledger in the drawer: what is known of it, what corrects it, its papers, and the ways to put it right."""

from datetime import date
from html import escape as escape_html
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db, i18n
from unionboard.errors.activities import NoSuchActivity
from unionboard.errors.fund import NoSuchEntry
from unionboard.models import Direction
from unionboard.money import format_fen
from unionboard.services import activities, care_posting, ceiling_rules, fund_papers, ledger, spending
from unionboard.services.ceiling_rules import Said
from unionboard.services.fund_items import list_items
from unionboard.services.ledger import EntryView
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.actions import action
from unionboard.ui.drawers import FORM_PREFIX, close_drawer, leave_drawer, open_drawer, show_buttons, typed
from unionboard.ui.frame import chosen_plan
from unionboard.ui.fund.claim_form import SLIP
from unionboard.ui.fund.entry import open_again
from unionboard.ui.fund.papers import PaperOwner, show_papers
from unionboard.ui.fund.rules import Names, write_said
from unionboard.ui.fund.words import item_name, other_voucher, source_name, voucher_text
from unionboard.ui.history import tell_moment
from unionboard.ui.identity import acting_who
from unionboard.ui.offers import offer
from unionboard.ui.record_history import show_record_history
from unionboard.ui.text import escape, language, long_date, short_date, t, when


def open_facts(entry_id: int) -> None:
    """Open the drawer of an entry; for callbacks."""
    open_drawer("facts", entry_id)
    st.rerun()


def open_correction(entry_id: int, *, again: bool = False) -> None:
    """Open the drawer that takes an entry back, and then maybe books it rightly; for callbacks."""
    open_drawer("correction", entry_id, booked_on=clock.today(), again=again)
    st.rerun()


def show_entry(entry_id: int | None) -> None:
    """The drawer of an entry. What pays for a care visit names the occasion and nobody."""
    try:
        with db.reading() as session:
            entry = ledger.find_entry(session, entry_id or 0)
            other_id = entry.reverses or entry.reversed_by
            other = ledger.find_entry(session, other_id) if other_id else None
            items = list_items(session)
            activity = _activity_title(session, entry.activity_id)
            papers = fund_papers.list_papers(session, entry_ids=[entry.id], with_removed=True)
            said = _what_was_said(session, entry)
    except NoSuchEntry:
        return
    _show_head(entry)
    _show_list([
        (t("Date"), long_date(entry.booked_on)),
        (t("Item"), item_name(entry.item, items)),
        (t("Source of the money"), source_name(entry.source)),
        (t("Paid to") if entry.direction is Direction.OUT else t("Received from"), entry.payee),
        (t("Handled by"), entry.handler),
        (t("Approved by"), entry.approver),
        (t("Paid out by"), entry.cashier),
        (t("In one hand"), entry.one_hand),
        (t("Activity"), activity),
        (t("Papers attached"), str(entry.papers or "")),
        (t("Balance after it"), format_fen(entry.balance_fen)),
        (t("Booked by"), f"{i18n.tell_who(language(), entry.who)} {tell_moment(entry.created_at_utc)}"),
    ])  # fmt: skip
    if entry.claim_id is not None:
        st.button(
            t("The claim behind it"), icon=":material/request_quote:", key="open_claim_behind", on_click=_open_claim, args=(entry.claim_id,)
        )
    if other is not None:
        _show_other(entry, other)
    for one in said:
        st.markdown(f":small[{write_said(one, Names(items, {}))}]")
        if one.reason:
            st.text(t("Reason given: {reason}", reason=one.reason))
    if entry.reverses is None:
        show_papers(papers, owner=PaperOwner(fund_entry_id=entry.id), is_private=entry.is_visit)
    if entry.reverses is None and entry.reversed_by is None:
        _show_ways(entry)
    show_record_history("fund_entry", entry.id)


def show_correction_form(entry_id: int | None) -> None:
    """Say why an entry is wrong and take it back; the right one may be typed at once, starting from the wrong one."""
    try:
        with db.reading() as session:
            entry = ledger.find_entry(session, entry_id or 0)
            items = list_items(session)
    except NoSuchEntry:
        return
    with st.container(border=True, gap="xsmall"):
        st.text(entry.purpose)
        told = (voucher_text(entry.voucher), short_date(entry.booked_on), item_name(entry.item, items), format_fen(entry.amount_fen))
        st.text(" · ".join(told))
    st.markdown(f":small[:gray[{t('The entry stays in the ledger; a second one with a minus takes it back.')}]]")
    st.date_input(t("Corrected on"), format="YYYY-MM-DD", key=f"{FORM_PREFIX}booked_on")
    st.text_input(t("Why is it wrong?"), max_chars=200, key=f"{FORM_PREFIX}reason")
    st.toggle(t("Then book it again, rightly"), key=f"{FORM_PREFIX}again")
    show_buttons(t("Take the entry back"), _correct, entry)


def _show_head(entry: EntryView) -> None:
    """What for, how much, and what sets the line apart."""
    sign = "+" if entry.in_fen > 0 else "−" if entry.out_fen > 0 else ""
    badges = [f":gray-badge[{t('Voucher {voucher}', voucher=voucher_text(entry.voucher))}]"]
    if entry.reverses:
        badges.append(f":violet-badge[{t('Corrects {voucher}', voucher=other_voucher(entry))}]")
    if entry.reversed_by:
        badges.append(f":orange-badge[{t('Corrected by {voucher}', voucher=other_voucher(entry))}]")
    if entry.one_hand:
        badges.append(f":violet-badge[{t('In one hand')}]")
    with st.container(gap=None):
        st.text(entry.purpose)
        st.metric(t("Amount"), f"{sign}{format_fen(abs(entry.amount_fen))}", label_visibility="collapsed")
        st.markdown(" ".join(badges))


def _show_list(facts: list[tuple[str, str]]) -> None:
    rows = "".join(f"<dt>{escape_html(label)}</dt><dd>{escape_html(told)}</dd>" for label, told in facts if told)
    st.html(f'<dl class="ub-facts">{rows}</dl>')


def _show_other(entry: EntryView, other: EntryView) -> None:
    """The line that corrects this one, or the one this corrects."""
    label = t("Taken back by") if entry.reversed_by else t("Takes back")
    line = f"{voucher_text(other.voucher)} · {long_date(other.booked_on)} · {format_fen(other.amount_fen)} · {other.purpose}"
    st.markdown(f":small[:gray[{label}]]")
    with st.container(key="title_other_entry"):
        st.button(escape(line), type="tertiary", icon=":material/link:", key="open_other_entry", on_click=open_facts, args=(other.id,))


def _open_claim(claim_id: int) -> None:
    open_drawer(SLIP, claim_id)
    st.rerun()


def _what_was_said(session: Session, entry: EntryView) -> list[Said]:
    """What ceilings said when it was decided; of visits only that they said something."""
    said = ceiling_rules.list_said(session, entry.year)
    return [one for one in said if one.fund_entry_id == entry.id or (entry.claim_id is not None and one.claim_id == entry.claim_id)]


def _show_ways(entry: EntryView) -> None:
    with st.container(horizontal=True):
        offer(Act.KEEP_BOOKS, t("Correct"), icon=":material/undo:", key="go_correct", on_click=open_correction, args=(entry.id,))
        offer(
            Act.KEEP_BOOKS,
            t("Correct and book rightly"),
            icon=":material/edit:",
            key="go_correct_again",
            on_click=open_correction,
            args=(entry.id,),
            kwargs={"again": True},
        )
    if entry.direction is Direction.OUT and entry.activity_id is None and not entry.is_visit and identity.may(Act.KEEP_BOOKS):
        _ask_link(entry)


def _ask_link(entry: EntryView) -> None:
    plan = chosen_plan()
    if plan is None:
        return
    with db.reading() as session:
        views = {view.id: view for view in activities.list_activities(session, plan.id or 0, today=clock.today())}
    chosen = st.selectbox(
        t("For which activity was it?"),
        list(views),
        index=None,
        format_func=lambda id_: f"{when(views[id_].starts_on, views[id_].ends_on, views[id_].precision)}　{views[id_].title}",
        placeholder=t("None"),
        key=f"{FORM_PREFIX}link_to",
    )
    if chosen is not None:
        told = t("The ledger keeps the entry, takes it back and books it again for this activity: two lines more, no sum changes.")
        st.markdown(f":small[:gray[{told}]]")
        args = (entry.id, chosen, views[chosen].title)
        offer(Act.KEEP_BOOKS, t("Book it for this activity"), icon=":material/link:", key="go_link", on_click=_link, args=args)


def _link(entry_id: int, activity_id: int, title: str) -> None:
    stamp: dict[str, Any] = {"reason": t("Booked again for “{title}”", title=title), "who": acting_who(), "now_utc": clock.now_utc()}
    if action(lambda session: spending.link_entry(session, entry_id, activity_id=activity_id, **stamp), done=t("Saved.")).ok:
        leave_drawer()


def _correct(entry: EntryView) -> None:
    today = clock.today()
    day: date = st.session_state[f"{FORM_PREFIX}booked_on"] or today
    facts: dict[str, Any] = {"booked_on": day, "reason": typed("reason"), "today": today, "who": acting_who(), "now_utc": clock.now_utc()}

    def change(session: Session) -> None:
        care_posting.take_back_entry(session, entry.id, **facts)

    is_again = bool(st.session_state[f"{FORM_PREFIX}again"])
    if action(change, done=t("Voucher {voucher} is taken back.", voucher=voucher_text(entry.voucher))).ok:
        if is_again:
            open_again(entry)
        else:
            close_drawer()
        st.rerun()


def _activity_title(session: Session, activity_id: int | None) -> str:
    if activity_id is None:
        return ""
    try:
        return activities.find_activity(session, activity_id, today=clock.today()).title
    except NoSuchActivity:
        return ""
