"""The items of the books: the official chart with names of the union's own, items it does not use, and items it adds."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.models import Direction, OwnItem
from unionboard.reference import FundItem, fund_groups, fund_items
from unionboard.services.fund_items import list_items, list_own, save_item
from unionboard.ui.actions import action
from unionboard.ui.drawers import FORM_PREFIX, open_drawer, show_buttons, typed
from unionboard.ui.fund.budget_form import gather_items
from unionboard.ui.fund.words import item_name
from unionboard.ui.identity import acting_who
from unionboard.ui.text import escape, named, t


def open_items() -> None:
    """Open the drawer that lists the items."""
    open_drawer("items")


def show_items_form(_subject: int | None) -> None:
    """Every item under its heading, with its official name where it bears another; a click changes it."""
    with db.reading() as session:
        items, own = list_items(session, with_hidden=True), list_own(session)
    st.markdown(f":gray[{t('The items are those of the unions’ accounting rules of 2021. Rename, hide or add what your union needs.')}]")
    st.button(t("Add an item"), icon=":material/add:", key="add_item", on_click=_open_item, args=(None,))
    for heading, codes in gather_items(items, items):
        st.markdown(f"**{heading}**")
        _list_items(codes, items, own)


def show_item_form(_subject: int | None) -> None:
    """Ask for the name of an item and whether it is used; of a new one also where it belongs."""
    code: str | None = st.session_state[f"{FORM_PREFIX}code"]
    official = fund_items().get(code or "")
    if official is not None:
        st.markdown(f":gray[{t('Official name: {name}', name=escape(named(official)))}]")
    if code is None:
        side = st.segmented_control(
            t("Direction"),
            [Direction.OUT.value, Direction.IN.value],
            format_func=lambda value: t("Spending") if value == Direction.OUT else t("Income"),
            required=True,
            label_visibility="collapsed",
            width="stretch",
            key=f"{FORM_PREFIX}direction",
        )
        if side == Direction.OUT:
            groups = fund_groups()
            st.selectbox(
                t("Belongs to"),
                list(groups),
                index=None,
                format_func=lambda group: named(groups[group]),
                placeholder=t("Choose a group"),
                key=f"{FORM_PREFIX}group",
            )
    st.text_input(t("Name in your books"), max_chars=40, key=f"{FORM_PREFIX}name")
    if code is not None:
        st.toggle(
            t("Not used: leave it out of forms and tables"),
            help=t("An item with an entry, a budget or a claim is shown all the same."),
            key=f"{FORM_PREFIX}is_hidden",
        )
    show_buttons(t("Save the item"), _save)
    st.button(t("Back to all items"), type="tertiary", icon=":material/arrow_back:", key="back_to_items", on_click=open_items)


def _list_items(codes: list[str], items: Mapping[str, FundItem], own: Mapping[str, OwnItem]) -> None:
    for code in codes:
        official, kept = fund_items().get(code), own.get(code)
        told = [f":gray[{escape(named(official))}]"] if official and kept and kept.name else []
        told += [f":gray-badge[{t('not used')}]"] if kept and kept.is_hidden else []
        told += [f":blue-badge[{t('own')}]"] if official is None else []
        with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
            st.markdown("　".join([escape(item_name(code, items)), *told]), width="stretch")
            st.button(t("Change"), type="tertiary", key=f"item_{code}", on_click=_open_item, args=(code,))


def _open_item(code: str | None) -> None:
    with db.reading() as session:
        items, own = list_items(session, with_hidden=True), list_own(session)
    kept = own.get(code or "")
    open_drawer(
        "item",
        None,
        code=code,
        direction=Direction.OUT.value,
        name=item_name(code, items) if code else "",
        group=items[code].group if code else None,
        is_hidden=bool(kept and kept.is_hidden),
        version=kept.version if kept else 0,
    )


def _save() -> None:
    state = st.session_state
    code: str | None = state[f"{FORM_PREFIX}code"]
    stamp: dict[str, Any] = {"who": acting_who(), "now_utc": clock.now_utc()}

    def change(session: Session) -> OwnItem:
        items = list_items(session, with_hidden=True)
        return save_item(
            session,
            code,
            name=_typed_name(code),
            direction=Direction(items[code].direction if code else state[f"{FORM_PREFIX}direction"]),
            group=(items[code].group if code else state.get(f"{FORM_PREFIX}group")) or "",
            is_hidden=bool(state.get(f"{FORM_PREFIX}is_hidden")),
            version=state[f"{FORM_PREFIX}version"],
            **stamp,
        )

    if action(change, done=t("Item saved.")).ok:
        open_items()
        st.rerun()


def _typed_name(code: str | None) -> str:
    """What was typed; an official item that bears its own name in the reader's language is not renamed by that."""
    name = typed("name")
    official = fund_items().get(code or "")
    return "" if official and name in (official.zh, official.en) else name
