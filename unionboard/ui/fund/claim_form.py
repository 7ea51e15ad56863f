"""The drawer that writes a claim: what for, how much, and what its kind and the ceilings ask."""

from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.errors import Refusal
from unionboard.errors.claims import ClaimMovedOn
from unionboard.errors.saving import StaleSave
from unionboard.models import Claim, Direction, FundSource, GiftForm
from unionboard.money import parse_yuan, yuan_text
from unionboard.reference import ClaimKind, claim_kinds
from unionboard.reference.festivals import festivals
from unionboard.services import claims, fund_items
from unionboard.services.ceilings import SpendingFacts
from unionboard.services.fund_papers import wanted_kinds
from unionboard.ui.actions import action, report
from unionboard.ui.activity_field import ask_activity
from unionboard.ui.drawers import FORM_PREFIX, open_drawer, typed
from unionboard.ui.fund.ceiling_notes import note_ceilings
from unionboard.ui.fund.claim_words import kind_name
from unionboard.ui.fund.papers import tell_missing
from unionboard.ui.fund.words import item_name, items_of, source_name
from unionboard.ui.identity import acting_name, acting_who
from unionboard.ui.text import named, t

FORM, SLIP = "claim_form", "claim"
"""Names of the two drawers."""
_ASKED = ("people", "participants", "winners")
_SAME = (
    "kind",
    "purpose",
    "payee",
    "activity_id",
    "festival",
    "form",
    "needed_on",
    "handler",
    "note",
    "over_reason",
    "source",
    "item",
    *_ASKED,
)


def open_new_claim(year: int) -> None:
    """Open the drawer for a new claim in the book of ``year``; for callbacks."""
    open_drawer(FORM, None, year=year, version=0, handler=acting_name())


def open_claim_form(claim_id: int) -> None:
    """Open the drawer that changes a draft; for callbacks."""
    with db.reading() as session:
        view = claims.find_claim(session, claim_id)
    fields = {field: getattr(view, field) for field in _SAME}
    fields["form"] = view.form.value if view.form else None
    amount = yuan_text(view.amount_fen) if view.amount_fen else ""
    open_drawer(FORM, claim_id, year=view.year, version=view.version, amount=amount, gathered=view.gathered, **fields)
    st.rerun()


def show_claim_form(claim_id: int | None) -> None:
    """Ask for a claim. What for comes first: it guesses the kind, and the kind its item and what else is asked."""
    state = st.session_state
    with db.reading() as session:
        items = fund_items.list_items(session)
    kind = claim_kinds().get(state.get(f"{FORM_PREFIX}kind") or "")
    if kind is None or not kind.is_private:
        _ask_purpose()
    st.selectbox(
        t("Kind of claim"),
        list(claim_kinds()),
        index=None,
        format_func=kind_name,
        placeholder=t("Choose"),
        key=f"{FORM_PREFIX}kind",
        on_change=_take_item,
    )
    if kind is not None:
        _show_kind(kind)
    left, right = st.columns(2, wrap=False)
    left.text_input(
        t("Amount (yuan)"), placeholder="1200.50", disabled=bool(state.get(f"{FORM_PREFIX}gathered")), key=f"{FORM_PREFIX}amount"
    )
    right.date_input(t("Needed on"), value=None, format="YYYY-MM-DD", key=f"{FORM_PREFIX}needed_on")
    st.selectbox(
        t("Item"),
        items_of(Direction.OUT, items),
        index=None,
        format_func=lambda code: item_name(code, items),
        placeholder=t("Choose an item"),
        key=f"{FORM_PREFIX}item",
    )
    if kind is not None:
        _ask_of_kind(kind)
    note_ceilings(_typed_facts(claim_id), reason_key=f"{FORM_PREFIX}over_reason", items=items)
    ask_activity(f"{FORM_PREFIX}activity_id")
    _ask_rest(kind)
    _show_buttons(claim_id)


def _ask_purpose() -> None:
    st.text_input(
        t("What the money is for"),
        max_chars=300,
        placeholder=t("for instance: prizes of the sports day"),
        key=f"{FORM_PREFIX}purpose",
        on_change=_guess,
    )


def _show_kind(kind: ClaimKind) -> None:
    """Which papers it will need; of care, that nobody is named."""
    papers = tell_missing(wanted_kinds(kind.code))
    st.markdown(f":small[:gray[:material/attach_file: {t('Papers that belong to it: {papers}', papers=papers)}]]")
    if kind.is_private:
        words = t("Name nobody here: the slip only says how many were visited. Names stay in the register of care visits.")
        st.markdown(f":small[:material/shield_person: {words}]")


def _ask_of_kind(kind: ClaimKind) -> None:
    labels = {
        "people": t("For how many people"),
        "participants": t("People taking part"),
        "winners": t("People winning prizes"),
    }
    numbers = [field for field in _ASKED if field in kind.asks]
    if numbers:
        for column, field in zip(st.columns(len(numbers), wrap=False), numbers, strict=True):
            column.number_input(labels[field], min_value=0, max_value=99_999, value=None, step=1, key=f"{FORM_PREFIX}{field}")
    if "festival" in kind.asks:
        st.selectbox(
            t("Festival"),
            list(festivals()),
            index=None,
            format_func=lambda code: named(festivals()[code]),
            placeholder=t("Choose"),
            key=f"{FORM_PREFIX}festival",
        )
    if "form" in kind.asks:
        words = {GiftForm.GOODS.value: t("Goods"), GiftForm.MONEY.value: t("Cash or transfer"), GiftForm.BOTH.value: t("Both")}
        st.segmented_control(t("Given as"), list(words), format_func=words.__getitem__, key=f"{FORM_PREFIX}form")


def _ask_rest(kind: ClaimKind | None) -> None:
    left, right = st.columns(2, wrap=False)
    left.text_input(t("Handled by"), max_chars=40, key=f"{FORM_PREFIX}handler")
    if kind is None or not kind.is_private:
        right.text_input(t("Paid to"), max_chars=80, key=f"{FORM_PREFIX}payee")
    with st.expander(t("Source of the money, remarks"), key="claim_more"):
        st.selectbox(t("Source of the money"), list(FundSource), format_func=source_name, key=f"{FORM_PREFIX}source")
        st.text_input(t("Remarks"), max_chars=300, key=f"{FORM_PREFIX}note")


def _show_buttons(claim_id: int | None) -> None:
    with st.container(horizontal=True):
        st.button(
            t("Hand in"),
            type="primary",
            icon=":material/send:",
            width="stretch",
            key="go_claim_submit",
            on_click=_save,
            args=(claim_id,),
            kwargs={"submit": True},
        )
        st.button(t("Keep as a draft"), icon=":material/edit_note:", key="claim_keep", on_click=_save, args=(claim_id,))


def _guess() -> None:
    """The kind the words of the purpose speak for, where none was chosen."""
    purpose = typed("purpose")
    if purpose and not st.session_state.get(f"{FORM_PREFIX}kind"):
        said = [(len(word), kind.code) for kind in claim_kinds().values() for word in kind.words if word in purpose and not kind.is_private]
        if said:
            st.session_state[f"{FORM_PREFIX}kind"] = max(said, key=lambda hit: hit[0])[1]
            _take_item()


def _take_item() -> None:
    kind = claim_kinds().get(st.session_state.get(f"{FORM_PREFIX}kind") or "")
    if kind and kind.item and not st.session_state.get(f"{FORM_PREFIX}item"):
        st.session_state[f"{FORM_PREFIX}item"] = kind.item


def _typed_facts(claim_id: int | None) -> SpendingFacts:
    fields = _fields(strict=False)
    claim = Claim(**{**fields, "id": claim_id}, who="", created_at_utc=clock.now_utc())
    return claims.spending_facts(claim, today=clock.today())


def _fields(*, strict: bool) -> dict[str, Any]:
    """What was typed, as the service takes it. ``strict``: an amount that cannot be read is refused, else it counts as none."""
    state = st.session_state
    amount_fen = 0
    try:
        amount_fen = parse_yuan(typed("amount")) if typed("amount") else 0
    except Refusal:
        if strict:
            raise
    form = state.get(f"{FORM_PREFIX}form")
    fields: dict[str, Any] = {
        "year": state[f"{FORM_PREFIX}year"],
        "kind": state.get(f"{FORM_PREFIX}kind") or "other",
        "item": state.get(f"{FORM_PREFIX}item") or "",
        "source": state.get(f"{FORM_PREFIX}source") or FundSource.UNION_FUNDS,
        "amount_fen": amount_fen,
        "activity_id": state.get(f"{FORM_PREFIX}activity_id"),
        "festival": state.get(f"{FORM_PREFIX}festival") or "",
        "form": GiftForm(form) if form else None,
        "needed_on": state.get(f"{FORM_PREFIX}needed_on"),
    }
    fields |= {name: typed(name) for name in ("purpose", "payee", "handler", "note", "over_reason")}
    asks = claim_kinds()[fields["kind"]].asks
    return fields | {name: state.get(f"{FORM_PREFIX}{name}") if name in asks else None for name in _ASKED}


def _save(claim_id: int | None, *, submit: bool = False) -> None:
    stamp: dict[str, Any] = {"who": acting_who(), "now_utc": clock.now_utc()}

    def change(session: Session) -> Claim:
        fields = _fields(strict=True)
        row = claims.save_claim(session, claim_id, version=st.session_state[f"{FORM_PREFIX}version"], **fields, **stamp)
        if submit:
            claims.submit_claim(session, row.id or 0, version=row.version, today=clock.today(), over_reason=fields["over_reason"], **stamp)
        return row

    outcome = action(change)
    if isinstance(outcome.refusal, StaleSave):
        st.session_state[f"{FORM_PREFIX}version"] = outcome.refusal.version  # told what stands there now, the next press means it
    if isinstance(outcome.refusal, ClaimMovedOn) and claim_id is not None:
        open_drawer(SLIP, claim_id)
        st.rerun()
    if outcome.ok and outcome.value:
        report(t("Handed in.") if submit else t("Draft kept."))
        open_drawer(SLIP, outcome.value.id)
        st.rerun()
