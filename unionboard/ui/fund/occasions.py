"""The drawer in which a union keeps its occasions of care: names, must-visit marks, usual items, and its own ones."""

from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.models import Direction
from unionboard.services import occasions
from unionboard.services.fund_items import list_items
from unionboard.services.occasions import Occasion
from unionboard.ui.actions import action
from unionboard.ui.drawers import FORM_PREFIX, leave_drawer, open_drawer, show_buttons
from unionboard.ui.fund.words import item_name, items_of
from unionboard.ui.identity import acting_who
from unionboard.ui.text import language, named, t

_TABLE = f"{FORM_PREFIX}occasions"
_FIELDS = ("name", "must_visit", "item", "is_hidden")


def open_occasions() -> None:
    """Open the drawer."""
    open_drawer("occasions")


def show_occasion_form(_subject: int | None) -> None:
    """All occasions in one table; the last, empty row adds one."""
    import pandas as pd  # noqa: PLC0415 -- 75 MB and half a second, for whoever comes here first

    with db.reading() as session:
        listed = list(occasions.list_occasions(session).values())
        items = list_items(session)
    told = t(
        "Tick those your union always visits (the “five musts”). Name no illness: “hospital” is enough. "
        "A hidden occasion is not offered any more."
    )
    st.markdown(f":small[:gray[{told}]]")
    names = {item_name(code, items): code for code in items_of(Direction.OUT, items)}
    frame = pd.DataFrame(
        {
            "name": [named(occasion) for occasion in listed],
            "must_visit": [occasion.must_visit for occasion in listed],
            "item": [item_name(occasion.item, items) for occasion in listed],
            "is_hidden": [occasion.is_hidden for occasion in listed],
        }
    )
    config = st.column_config
    st.data_editor(
        frame,
        num_rows="add",
        hide_index=True,
        height=36 * (len(listed) + 2),
        column_config={
            "name": config.TextColumn(t("Occasion"), max_chars=40, required=True, width="medium"),
            "must_visit": config.CheckboxColumn(t("Must-visit"), default=False, width=64),
            "item": config.SelectboxColumn(t("Booked under"), options=list(names), width="medium"),
            "is_hidden": config.CheckboxColumn(t("Hidden"), default=False, width=64),
        },
        key=_TABLE,
        alt=t("Occasions of care"),
    )
    show_buttons(t("Save"), _save, listed, names)


def _save(listed: list[Occasion], items: dict[str, str]) -> None:
    typed: dict[str, Any] = st.session_state.get(_TABLE) or {}
    stamp: dict[str, Any] = {"who": acting_who(), "now_utc": clock.now_utc()}

    def change(session: Session) -> None:
        for place, edits in typed.get("edited_rows", {}).items():
            occasion = listed[int(place)]
            values = {**_stored(occasion), **_read(edits, items)}
            occasions.save_occasion(session, occasion.code, version=occasion.version, **values, **stamp)
        for row in typed.get("added_rows", []):
            values = {"name": "", "must_visit": False, "item": "", "is_hidden": False, **_read(row, items)}
            if any(values.values()):
                occasions.save_occasion(session, None, **values, **stamp)

    if action(change, done=t("Saved.")).ok:
        leave_drawer()


def _stored(occasion: Occasion) -> dict[str, Any]:
    name = occasion.en if language() == "en" else occasion.zh
    return {"name": name, "must_visit": occasion.must_visit, "item": occasion.item, "is_hidden": occasion.is_hidden}


def _read(edits: dict[str, Any], items: dict[str, str]) -> dict[str, Any]:
    """What the table gives, without what it does not say; an item by its code."""
    told = {name: edits[name] for name in _FIELDS if name in edits}
    if "item" in told:
        told["item"] = items.get(told["item"] or "", "")
    if "name" in told:
        told["name"] = told["name"] or ""
    return {name: bool(value) if name in ("must_visit", "is_hidden") else value for name, value in told.items()}
