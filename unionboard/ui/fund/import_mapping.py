"""How a file is read: what each column holds, the unit, and what a debit is. Guessed, shown, and corrected where the guess is wrong."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st

from unionboard.reading.ledger_columns import UNITS, Field, Layout
from unionboard.reading.ledger_lines import FileSetting
from unionboard.reference import FundItem
from unionboard.reference.item_words import Said
from unionboard.services.import_words import field_words
from unionboard.services.ledger_import import ImportPreview
from unionboard.ui.fund.words import item_name
from unionboard.ui.text import escape, t

Change = Callable[[FileSetting], None]
_FIELDS = [kind for kind in Field if kind is not Field.OTHER]
_DEFAULTS = {"in": "item_in", "out": "item_out"}


def show_mapping(preview: ImportPreview, items: Mapping[str, FundItem], *, on_change: Change) -> None:
    """One line that says how the file was read, and the fields to correct it behind it."""
    layout = preview.layouts[0]
    remembered = [t("Read as remembered under “{name}”.", name=escape(preview.mapping))] if preview.mapping else []
    told = [
        f"{escape(column.heading)} → {t(field_words(column.field))}"
        for block in layout.blocks
        for column in block.columns
        if column.heading
    ]
    st.markdown(f":small[:gray[{'　'.join([*remembered, *told])}]]")
    with st.expander(t("How the file is read"), icon=":material/table_chart:", key="import_mapping"):
        if layout.headings:
            _ask_columns(preview, layout, on_change)
        left, right = st.columns(2)
        with left:
            _ask_unit(preview, on_change)
        with right:
            _ask_debit(preview, layout, on_change)
        _ask_general_items(preview, items, on_change)


def _ask_columns(preview: ImportPreview, layout: Layout, on_change: Change) -> None:
    found = {column.place: column.field for block in layout.blocks for column in block.columns}
    shown = [(place, heading) for place, heading in enumerate(layout.headings) if heading]
    with st.container(horizontal=True, wrap=True, gap="small"):
        for place, heading in shown:
            key = f"import_column_{place}"
            st.session_state[key] = found.get(place, Field.OTHER)
            st.selectbox(
                heading,
                [*_FIELDS, Field.OTHER],
                format_func=lambda kind: t(field_words(kind)),
                width=200,
                key=key,
                on_change=_take_columns,
                args=(preview.setting, tuple(shown), on_change),
            )


def _take_columns(setting: FileSetting, shown: tuple[tuple[int, str], ...], on_change: Change) -> None:
    columns: dict[str, list[str]] = {}
    for place, heading in shown:
        columns.setdefault(str(st.session_state[f"import_column_{place}"].value), []).append(heading)
    on_change(replace(setting, columns=columns))


def _ask_unit(preview: ImportPreview, on_change: Change) -> None:
    st.session_state["import_unit"] = next(name for name, yuan in UNITS.items() if yuan == preview.unit_yuan)
    st.selectbox(
        t("Amounts are in"),
        ["元", "千元", "万元"] if preview.unit_yuan in (1, 1000, 10_000) else list(UNITS),
        format_func=lambda unit: {"元": t("yuan"), "千元": t("thousand yuan"), "万元": t("ten thousand yuan")}.get(unit, unit),
        key="import_unit",
        on_change=_take_default,
        args=(preview.setting, "unit", "import_unit", on_change),
    )


def _ask_debit(preview: ImportPreview, layout: Layout, on_change: Change) -> None:
    if not any(block.has(Field.DEBIT) for block in layout.blocks):
        return
    told = preview.setting.defaults.get("debit")
    debits = {column.heading for block in layout.blocks for column in block.all(Field.DEBIT)}
    st.session_state["import_debit"] = told or ""
    st.selectbox(
        t("{column} means", column="、".join(debits)),
        ["", "out", "in"],
        format_func=lambda side: {"": t("as the file says"), "out": t("Spending"), "in": t("Income")}[side],
        key="import_debit",
        on_change=_take_default,
        args=(preview.setting, "debit", "import_debit", on_change),
    )


def _ask_general_items(preview: ImportPreview, items: Mapping[str, FundItem], on_change: Change) -> None:
    """For lines that name no item: under which they are booked."""
    for side, name in _DEFAULTS.items():
        codes = [code for code, item in items.items() if item.direction == side]
        asked = [line for line in preview.lines if line.direction == side and line.said in (Said.NOTHING, Said.MAPPED) and not line.told]
        if not asked or not codes:
            continue
        key = f"import_{name}"
        st.session_state[key] = asked[0].item
        label = t("Income without an item ({n})", n=len(asked)) if side == "in" else t("Spending without an item ({n})", n=len(asked))
        st.selectbox(
            label,
            codes,
            format_func=lambda code: item_name(code, items),
            key=key,
            on_change=_take_default,
            args=(preview.setting, name, key, on_change),
        )


def _take_default(setting: FileSetting, name: str, key: str, on_change: Change) -> None:
    value = str(st.session_state[key] or "")
    defaults = {key: told for key, told in setting.defaults.items() if key != name}
    on_change(replace(setting, defaults={**defaults, name: value} if value else defaults))
