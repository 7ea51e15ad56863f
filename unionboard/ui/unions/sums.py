"""Up the line: the figures that were handed in, summed, and behind each sum its addends by union."""

from decimal import Decimal

import streamlit as st

from unionboard.drafting.upward import name_line
from unionboard.money import format_fen
from unionboard.reference import upward_parts, upward_units
from unionboard.services.upward_sums import Addend, SumLine, UpwardSums
from unionboard.ui.components.overview_table import write_table
from unionboard.ui.text import escape, language, named, short_date, t, tn
from unionboard.ui.unions.choice import FIGURE, close_drawer

WIDTH = 560
ADDENDS_SHOWN = 200


def tell_counted(sums: UpwardSums) -> str:
    """How many of how many unions are in it, and what of the others."""
    parts = [
        t(
            "**{counted}** of **{unions}** unions handed in their summary; only they are in these sums.",
            counted=sums.counted,
            unions=sums.unions,
        )
    ]
    if sums.drafted:
        parts.append(
            tn("{n} has begun its summary and not finalised it.", "{n} have begun their summary and not finalised it.", sums.drafted)
        )
    if sums.unread:
        parts.append(t("{n} finalised with an earlier version: opened and finalised once more, they count.", n=sums.unread))
    return " ".join(parts)


def write_sums(sums: UpwardSums) -> bytes:
    """Every line with its sum, its unit, how many unions and records are behind it."""
    columns = [
        {"name": t("Figure"), "kind": "name"},
        {"name": t("Value"), "kind": "number"},
        {"name": t("Unit"), "kind": "text"},
        {"name": t("Unions"), "kind": "number"},
        {"name": t("Records"), "kind": "number"},
    ]
    rows: list[dict[str, object]] = []
    part = ""
    for line in sums.lines:
        if line.section != part:
            part = line.section
            rows.append({"heading": named(upward_parts()[part])})
        note = f"{line.part:,} / {line.whole:,}" if line.is_share and line.unit == "percent" and line.section != "money" else ""
        cells = [
            {"text": name_sum(line), "open": _code(line)},
            {"text": tell_value(line.value, line.unit), "note": note},
            {"text": name_unit(line.unit), "tone": "muted"},
            {"text": str(len(line.addends))},
            {"text": f"{line.records:,}"},
        ]
        rows.append({"cells": cells})
    return write_table(t("Figures handed in, summed"), columns, rows)


def show_sum_drawer(sums: UpwardSums) -> None:
    """Open it when the address names a figure. Called once, at the end of the page."""
    wish = st.query_params.get(FIGURE)
    line = next((line for line in sums.lines if _code(line) == wish), None)
    if line is None:
        if wish is not None:
            close_drawer()
        return
    st.dialog(escape(name_sum(line)), position="right", width=WIDTH, on_dismiss=close_drawer)(_show)(line)


def name_sum(line: SumLine) -> str:
    """What the line is called: a union's own word where the reference has none."""
    return line.own_name or name_line(line.code, language=language())


def name_unit(unit: str) -> str:
    """人, 人次, 元."""
    return named(upward_units()[unit]) if unit in upward_units() else ""


def tell_value(value: int | Decimal | None, unit: str) -> str:
    """A number as people read it; sums of money in yuan."""
    if value is None:
        return "—"
    return format_fen(int(value), symbol="") if unit == "fen" else f"{value:,}"


def _code(line: SumLine) -> str:
    return f"{line.code}|{line.own_name}" if line.own_name else line.code


def _show(line: SumLine) -> None:
    st.markdown(f"### {tell_value(line.value, line.unit)} {escape(name_unit(line.unit))}")
    if line.is_share:
        st.text(t("Worked out anew from all parts and all wholes, not averaged."))
    shown = sorted(line.addends, key=lambda one: -one.value)[:ADDENDS_SHOWN]
    rows = [_addend(one, line) for one in shown]
    heads = {
        "union": t("Union"),
        "value": t("Value"),
        "of": t("Part / whole"),
        "records": t("Records"),
        "day": t("as of"),
    }
    order = [name for name in heads if name != "of" or line.is_share]
    st.dataframe(
        {heads[name]: [row[name] for row in rows] for name in order},
        hide_index=True,
        width="stretch",
        height="content" if len(rows) < 15 else 600,
    )
    if len(line.addends) > len(shown):
        st.text(t("The {n} largest are shown; the file has all {all}.", n=len(shown), all=len(line.addends)))


def _addend(one: Addend, line: SumLine) -> dict[str, str]:
    of = "" if one.part is None else f"{tell_value(one.part, _of_unit(line))} / {tell_value(one.whole, _of_unit(line))}"
    return {
        "union": one.union,
        "value": tell_value(one.value, line.unit),
        "of": of,
        "records": f"{one.records:,}",
        "day": short_date(one.as_of),
    }


def _of_unit(line: SumLine) -> str:
    return "fen" if line.section == "money" else ""
