"""The drawer of a hand-out: its figures, the list to sign, the signed list come back, and its way into the books."""

from datetime import date
from typing import Any

import streamlit as st

from unionboard import clock, db
from unionboard.errors.care import NoSuchHandout
from unionboard.models import PaperKind, TemplateKind
from unionboard.money import format_fen
from unionboard.reference.festivals import festivals
from unionboard.services import care_posting, fund_papers, handouts
from unionboard.services.handouts import HandoutView
from unionboard.services.permissions import Act
from unionboard.services.unions import find_union
from unionboard.ui import identity
from unionboard.ui.actions import action
from unionboard.ui.drawers import FORM_PREFIX, leave_drawer
from unionboard.ui.fund.care_posting import ask_way, follow_claims, run, typed_booking
from unionboard.ui.fund.handout_form import open_handout_edit
from unionboard.ui.fund.papers import PaperOwner, show_papers
from unionboard.ui.fund.words import item_name, source_name, voucher_text
from unionboard.ui.identity import acting_name, acting_who
from unionboard.ui.offers import offer
from unionboard.ui.papers.handout import show_list
from unionboard.ui.papers.words import link_paper
from unionboard.ui.record_history import show_record_history
from unionboard.ui.text import long_date, named, t
from unionboard.ui.trash import in_bin

WANTED = (PaperKind.SIGN_OFF, PaperKind.INVOICE)


def show_handout(handout_id: int | None) -> None:
    """Everything about one hand-out."""
    try:
        with db.reading() as session:
            handout = handouts.find_handout(session, handout_id or 0)
            papers = fund_papers.list_papers(session, handout_ids=[handout.id], with_removed=True)
            union = find_union(session)
    except NoSuchHandout:
        st.markdown(t("This hand-out has already been taken back, or never was."))
        return
    _show_facts(handout)
    _offer_list(handout, union.name if union else "")
    _ask_signed(handout)
    owner = PaperOwner(handout_id=handout.id)
    show_papers(papers, owner=owner, wanted=WANTED, is_private=True)
    if handout.is_open:
        _offer_booking(handout)
        with st.container(horizontal=True):
            offer(Act.KEEP_BOOKS, t("Change"), icon=":material/edit:", key="edit_handout", on_click=_edit, args=(handout.id,))
            offer(Act.KEEP_BOOKS, t("Take away"), icon=":material/delete:", key="remove_handout", on_click=_remove, args=(handout.id,))
    show_record_history("handout", handout.id)


def _show_facts(handout: HandoutView) -> None:
    unit = format_fen(handout.unit_fen, decimals=bool(handout.unit_fen % 100))
    facts = [
        (t("What"), handout.title),
        (t("Festival"), named(festivals()[handout.festival]) if handout.festival in festivals() else ""),
        (t("Date"), long_date(handout.handed_on)),
        (t("Sum"), f"{handout.heads} × {unit} = {format_fen(handout.total_fen)}"),
        (t("Gifts"), handout.goods),
        (t("Supplier"), handout.supplier),
        (t("Booked under"), f"{item_name(handout.item)} · {source_name(handout.source)}"),
        (t("Books"), t("voucher {voucher}", voucher=voucher_text(handout.voucher)) if handout.voucher is not None else ""),
        (t("Books"), t("claimed") if handout.voucher is None and not handout.is_open else ""),
    ]
    with st.container(border=True, gap="xsmall"):
        for label, text in facts:
            if text:
                with st.container(horizontal=True, wrap=False, gap="small"):
                    st.markdown(f":gray[{label}]", width=90)
                    st.text(text, width="stretch")


def _offer_list(handout: HandoutView, union: str) -> None:
    with st.expander(t("List to sign"), icon=":material/print:", key="signoff"):
        show_list(handout, union, key=f"{FORM_PREFIX}roster")
        link_paper(TemplateKind.HANDOUT, t("Other papers, and a form of our own"), handout.id)


def _ask_signed(handout: HandoutView) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.session_state.setdefault(f"{FORM_PREFIX}signed", handout.signed)
        label = t("Signed (of {heads})", heads=handout.heads)
        st.number_input(label, min_value=0, max_value=handout.heads, step=1, value=None, width=180, key=f"{FORM_PREFIX}signed")
        offer(
            Act.KEEP_BOOKS,
            t("Note it"),
            icon=":material/how_to_reg:",
            key="note_signed",
            on_click=_note_signed,
            args=(handout.id, handout.version),
        )


def _offer_booking(handout: HandoutView) -> None:
    if not identity.may(Act.KEEP_BOOKS, Act.HAND_IN_CLAIM):
        return
    with st.expander(t("Into the books"), icon=":material/receipt_long:", key="handout_booking"):
        is_claim = ask_way()
        label = t("Make the claim") if is_claim else t("Book it")
        st.button(
            label, icon=":material/check:", key="book_handout", on_click=_claim if is_claim else _post, args=(handout.id, handout.handed_on)
        )
        number, link = st.columns([0.45, 0.55], wrap=False, vertical_alignment="bottom")
        number.number_input(t("Booked already: voucher"), min_value=1, step=1, value=None, key=f"{FORM_PREFIX}voucher")
        link.button(
            t("It is this one"), icon=":material/link:", key="link_handout", on_click=_link, args=(handout.id, handout.handed_on.year)
        )


def _stamp() -> dict[str, Any]:
    return {"who": acting_who(), "now_utc": clock.now_utc()}


def _note_signed(handout_id: int, version: int) -> None:
    signed = st.session_state[f"{FORM_PREFIX}signed"]
    action(lambda session: handouts.set_signed(session, handout_id, signed=signed, version=version, **_stamp()), done=t("Saved."))


def _post(handout_id: int, _day: date) -> None:
    booking = typed_booking()
    run(lambda session: care_posting.post_handout(session, handout_id, **booking), t("Booked."))


def _claim(handout_id: int, day: date) -> None:
    facts = {**_stamp(), "handler": acting_name(), "year": day.year}
    follow_claims(lambda session: [care_posting.claim_handout(session, handout_id, **facts)])


def _link(handout_id: int, year: int) -> None:
    voucher = int(st.session_state[f"{FORM_PREFIX}voucher"] or 0)
    run(lambda session: care_posting.link_handout(session, handout_id, voucher=voucher, year=year, **_stamp()), t("Saved."))


def _edit(handout_id: int) -> None:
    open_handout_edit(handout_id)
    st.rerun()


def _remove(handout_id: int) -> None:
    if action(lambda session: handouts.remove_handout(session, handout_id, **_stamp()), done=in_bin(t("Taken away."))).ok:
        leave_drawer()
