"""The drawer that records or changes a care visit."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.errors import Refusal
from unionboard.errors.ceilings import OverWithoutReason
from unionboard.errors.fund import CareKindMissing
from unionboard.models import Direction, FundSource, GiftForm, PaperKind
from unionboard.money import parse_yuan, yuan_text
from unionboard.reference.occasions import USUAL_ITEM
from unionboard.services import care
from unionboard.services.ceilings import SpendingFacts
from unionboard.services.fund_items import list_items
from unionboard.services.occasions import Occasion, list_occasions, offer_occasions
from unionboard.ui.actions import action
from unionboard.ui.drawers import FORM_PREFIX, leave_drawer, open_drawer, show_buttons, typed
from unionboard.ui.fund.care_names import shown_names
from unionboard.ui.fund.ceiling_notes import ask_reason, is_over, note_ceilings
from unionboard.ui.fund.papers import paper_word
from unionboard.ui.fund.words import item_name, items_of, source_name
from unionboard.ui.identity import acting_name, acting_who
from unionboard.ui.text import named, t

PROOFS = (PaperKind.CERTIFICATE, PaperKind.RECEIPT, PaperKind.SIGN_OFF, PaperKind.INVOICE, PaperKind.NOTE)
_REASON, _OVER = f"{FORM_PREFIX}reason", f"{FORM_PREFIX}over"
_FIELDS = ("visited_on", "kind", "people", "recipient", "goods", "visitors", "form", "item", "source", "paper_seen", "seen_by")


def open_visit() -> None:
    """Open the drawer for a new care visit."""
    open_drawer("visit", visited_on=clock.today(), item=USUAL_ITEM, form=GiftForm.MONEY, people=1, seen_by=acting_name())


def open_visit_edit(visit_id: int) -> None:
    """Open the drawer that changes a visit; only while names are shown, since it holds the name."""
    if visit_id not in (shown_names() or {}):
        return
    with db.reading() as session:
        row = care.load_visit(session, visit_id)
        fields: dict[str, Any] = {name: getattr(row, name) for name in _FIELDS}
        fixed = not care.is_waiting(session, visit_id)
    amount = yuan_text(row.amount_fen) if row.amount_fen else ""
    open_drawer("visit_edit", visit_id, **fields, amount=amount, version=row.version, fixed=fixed)


def show_visit_form(visit_id: int | None) -> None:
    """Ask for a visit: a new one, or with ``visit_id`` the one that is to be changed."""
    if visit_id is not None and visit_id not in (shown_names() or {}):
        st.markdown(t("The names are hidden again. Show them once more to change a visit."))
        return
    fixed = bool(st.session_state.get(f"{FORM_PREFIX}fixed"))
    with db.reading() as session:
        items = list_items(session)
        occasions = offer_occasions(session)
        if visit_id is not None:
            occasions = {**occasions, **{code: one for code, one in list_occasions(session).items() if code == _typed_kind()}}
    _ask_occasion(occasions, fixed=fixed)
    whom, people = st.columns([0.68, 0.32], wrap=False)
    whom.text_input(
        t("Whom (name or code, optional)"),
        max_chars=40,
        help=t("Kept in the database only: no page, export or summary shows it. Do not write illnesses or family matters anywhere."),
        key=f"{FORM_PREFIX}recipient",
    )
    people.number_input(t("Persons"), min_value=1, max_value=9999, step=1, disabled=fixed, key=f"{FORM_PREFIX}people")
    _ask_gift(items, fixed=fixed)
    st.text_input(t("Who went"), max_chars=120, key=f"{FORM_PREFIX}visitors")
    proof, seen_by = st.columns(2, wrap=False)
    proof.selectbox(
        t("Proof seen"),
        list(dict.fromkeys(["", *(kind.value for kind in PROOFS), typed("paper_seen")])),
        format_func=tell_proof,
        help=t("Only that somebody saw it is kept; certificates and hospital papers are not copied."),
        key=f"{FORM_PREFIX}paper_seen",
    )
    seen_by.text_input(t("Seen by"), max_chars=40, key=f"{FORM_PREFIX}seen_by")
    if visit_id is None:
        st.toggle(
            t("Book it at once"), help=t("Else it waits, and several visits are booked or claimed together."), key=f"{FORM_PREFIX}post"
        )
    if not fixed:
        _speak(visit_id)
    show_buttons(t("Record the visit") if visit_id is None else t("Save"), _save, visit_id)


def _ask_occasion(occasions: Mapping[str, Occasion], *, fixed: bool) -> None:
    left, right = st.columns(2, wrap=False)
    left.selectbox(
        t("Occasion"),
        list(occasions),
        index=None,
        format_func=lambda code: _occasion_text(occasions[code]),
        placeholder=t("Choose"),
        key=f"{FORM_PREFIX}kind",
        on_change=_take_item,
        args=({code: occasion.item for code, occasion in occasions.items()},),
    )
    right.date_input(t("Date"), format="YYYY-MM-DD", disabled=fixed, key=f"{FORM_PREFIX}visited_on")


def _ask_gift(items: Mapping[str, Any], *, fixed: bool) -> None:
    words = {GiftForm.GOODS: t("In goods"), GiftForm.MONEY: t("In money"), GiftForm.BOTH: t("Both")}
    st.segmented_control(
        t("Goods or money"),
        list(GiftForm),
        format_func=lambda form: words[form],
        required=True,
        label_visibility="collapsed",
        width="stretch",
        key=f"{FORM_PREFIX}form",
    )
    amount, goods = st.columns(2, wrap=False)
    amount.text_input(t("Amount (yuan, empty for none)"), placeholder="500", live=True, disabled=fixed, key=f"{FORM_PREFIX}amount")
    goods.text_input(t("Gifts"), max_chars=120, key=f"{FORM_PREFIX}goods")
    item, source = st.columns(2, wrap=False)
    item.selectbox(
        t("Booked under"),
        items_of(Direction.OUT, items),
        format_func=lambda code: item_name(code, items),
        disabled=fixed,
        key=f"{FORM_PREFIX}item",
    )
    source.selectbox(t("Source of the money"), list(FundSource), format_func=source_name, disabled=fixed, key=f"{FORM_PREFIX}source")


def tell_proof(code: str) -> str:
    """A proof by its word; one that was typed elsewhere as it stands."""
    return paper_word(PaperKind(code)) if code in list(PaperKind) else code or t("None")


def _occasion_text(occasion: Occasion) -> str:
    return t("{occasion} (must-visit)", occasion=named(occasion)) if occasion.must_visit else named(occasion)


def _take_item(items: Mapping[str, str]) -> None:
    """The chosen occasion's usual item."""
    if kind := _typed_kind():
        st.session_state[f"{FORM_PREFIX}item"] = items[kind]


def _speak(visit_id: int | None) -> None:
    """What ceilings and the item's budget say of the sum.

    What the person had before this year is told while names are shown only: else anybody could type a name and read who was visited.
    """
    amount_fen = _typed_fen()
    if amount_fen:
        state = st.session_state
        facts = SpendingFacts(
            booked_on=state[f"{FORM_PREFIX}visited_on"] or clock.today(),
            amount_fen=amount_fen,
            item=state[f"{FORM_PREFIX}item"],
            source=state[f"{FORM_PREFIX}source"],
            text=typed("goods"),
            people=int(state[f"{FORM_PREFIX}people"] or 1),
            kind=_typed_kind(),
            form=state[f"{FORM_PREFIX}form"],
            person=typed("recipient") if shown_names() is not None else "",
            not_visit_id=visit_id,
        )
        with db.reading() as session:
            items = list_items(session)
        findings = note_ceilings(facts, reason_key=_REASON, items=items)
        if st.session_state.get(_OVER) and not is_over(findings):
            ask_reason(_REASON)


def _save(visit_id: int | None) -> None:
    state, today = st.session_state, clock.today()
    stamp: dict[str, Any] = {"today": today, "who": acting_who(), "now_utc": clock.now_utc(), "reason": typed("reason")}

    def change(session: Session) -> object:
        if not _typed_kind():
            raise CareKindMissing
        told: dict[str, Any] = {name: state[f"{FORM_PREFIX}{name}"] for name in _FIELDS}
        day: date = state[f"{FORM_PREFIX}visited_on"] or today
        told |= {"visited_on": day, "people": int(told["people"] or 0), "amount_fen": parse_yuan(typed("amount")) if typed("amount") else 0}
        if visit_id is None:
            return care.record_visit(session, **told, post=bool(state[f"{FORM_PREFIX}post"]), handler=acting_name(), **stamp)
        return care.edit_visit(session, visit_id, version=state[f"{FORM_PREFIX}version"], **told, **stamp)

    outcome = action(change, done=t("Visit recorded.") if visit_id is None else t("Saved."))
    if outcome.ok:
        leave_drawer()
    state[_OVER] = isinstance(outcome.refusal, OverWithoutReason)


def _typed_kind() -> str:
    return str(st.session_state.get(f"{FORM_PREFIX}kind") or "")


def _typed_fen() -> int:
    try:
        return parse_yuan(typed("amount")) if typed("amount") else 0
    except Refusal:
        return 0
