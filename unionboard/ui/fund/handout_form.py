"""The drawer that plans or changes a hand-out: heads × value, and what ceilings say of it."""

from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.errors import Refusal
from unionboard.models import Direction, FundSource, GiftForm
from unionboard.money import format_fen, parse_yuan, yuan_text
from unionboard.reference.festivals import festival_days, festivals
from unionboard.reference.occasions import USUAL_ITEM
from unionboard.services import handouts
from unionboard.services.ceilings import SpendingFacts
from unionboard.services.fund_items import list_items
from unionboard.ui.actions import action
from unionboard.ui.drawers import FORM_PREFIX, leave_drawer, open_drawer, show_buttons, typed
from unionboard.ui.fund.ceiling_notes import note_ceilings
from unionboard.ui.fund.words import item_name, items_of, source_name
from unionboard.ui.identity import acting_who
from unionboard.ui.text import named, t

_FIELDS = ("title", "festival", "handed_on", "heads", "goods", "supplier", "item", "source")


def open_handout_form() -> None:
    """Open the drawer for a new hand-out."""
    open_drawer("handout_form", handed_on=clock.today(), item=USUAL_ITEM, heads=1)


def open_handout_edit(handout_id: int) -> None:
    """Open the drawer that changes a hand-out."""
    with db.reading() as session:
        row = handouts.load_handout(session, handout_id)
    fields: dict[str, Any] = {name: getattr(row, name) for name in _FIELDS}
    open_drawer("handout_form", handout_id, **fields, unit=yuan_text(row.unit_fen), version=row.version)


def show_handout_form(handout_id: int | None) -> None:
    """Ask for a hand-out: a new one, or the one that is to be changed."""
    with db.reading() as session:
        items = list_items(session)
    festival, day = st.columns(2, wrap=False)
    festival.selectbox(
        t("Festival"),
        ["", *(code for code, one in festivals().items() if one.mark)],
        format_func=lambda code: named(festivals()[code]) if code else t("None"),
        key=f"{FORM_PREFIX}festival",
        on_change=_take_festival,
    )
    day.date_input(t("Day"), format="YYYY-MM-DD", key=f"{FORM_PREFIX}handed_on")
    st.text_input(t("What is handed out"), max_chars=80, placeholder=t("Mid-Autumn gifts"), key=f"{FORM_PREFIX}title")
    heads, unit = st.columns(2, wrap=False)
    heads.number_input(t("Heads"), min_value=1, max_value=99_999, step=1, key=f"{FORM_PREFIX}heads")
    unit.text_input(t("Value for each (yuan)"), placeholder="200", live=True, key=f"{FORM_PREFIX}unit")
    if total_fen := _typed_unit() * int(st.session_state[f"{FORM_PREFIX}heads"] or 0):
        st.markdown(f":gray[{t('In all')}] **{format_fen(total_fen)}**")
    goods, supplier = st.columns(2, wrap=False)
    goods.text_input(t("Goods"), max_chars=120, key=f"{FORM_PREFIX}goods")
    supplier.text_input(t("Supplier"), max_chars=80, key=f"{FORM_PREFIX}supplier")
    item, source = st.columns(2, wrap=False)
    item.selectbox(
        t("Booked under"), items_of(Direction.OUT, items), format_func=lambda code: item_name(code, items), key=f"{FORM_PREFIX}item"
    )
    source.selectbox(t("Source of the money"), list(FundSource), format_func=source_name, key=f"{FORM_PREFIX}source")
    if total_fen:
        note_ceilings(_typed_facts(total_fen, handout_id), reason_key=f"{FORM_PREFIX}reason", items=items)
    show_buttons(t("Save"), _save, handout_id)


def _take_festival() -> None:
    """The festival's day of this year and its name as a title, where nothing else was typed."""
    code = str(st.session_state[f"{FORM_PREFIX}festival"] or "")
    if not code:
        return
    today = clock.today()
    days = [found.day for found in festival_days(today.year) if found.festival.code == code]
    if days:
        st.session_state[f"{FORM_PREFIX}handed_on"] = days[0]
    if not typed("title"):
        st.session_state[f"{FORM_PREFIX}title"] = t("{festival} gifts", festival=named(festivals()[code]))


def _typed_facts(total_fen: int, handout_id: int | None) -> SpendingFacts:
    state = st.session_state
    return SpendingFacts(
        booked_on=state[f"{FORM_PREFIX}handed_on"] or clock.today(),
        amount_fen=total_fen,
        item=state[f"{FORM_PREFIX}item"],
        source=state[f"{FORM_PREFIX}source"],
        text=f"{typed('title')} {typed('goods')}",
        people=int(state[f"{FORM_PREFIX}heads"] or 1),
        festival=str(state[f"{FORM_PREFIX}festival"] or ""),
        form=GiftForm.GOODS,
        not_handout_id=handout_id,
    )


def _typed_unit() -> int:
    try:
        return parse_yuan(typed("unit")) if typed("unit") else 0
    except Refusal:
        return 0


def _save(handout_id: int | None) -> None:
    state, today = st.session_state, clock.today()
    stamp: dict[str, Any] = {"today": today, "who": acting_who(), "now_utc": clock.now_utc(), "reason": typed("reason")}

    def change(session: Session) -> object:
        told: dict[str, Any] = {name: state[f"{FORM_PREFIX}{name}"] for name in _FIELDS}
        told |= {"handed_on": told["handed_on"] or today, "heads": int(told["heads"] or 0), "unit_fen": parse_yuan(typed("unit"))}
        if handout_id is None:
            return handouts.record_handout(session, **told, **stamp)
        return handouts.edit_handout(session, handout_id, version=state[f"{FORM_PREFIX}version"], **told, **stamp)

    if action(change, done=t("Saved.")).ok:
        leave_drawer()
