"""A plan's activities as an editable grid whose corrections survive clicking around: they are kept by row id, not by position.

The grid component itself knows only positions and forgets its edits whenever its data change. So a ``Grid`` in the session holds the rows
it was last given and what the edits made of them; ``settle`` folds the edits in whenever the view is about to change.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import streamlit as st

from unionboard.models import DutyKind
from unionboard.reference import work_areas
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.offers import offer
from unionboard.ui.text import named, t
from unionboard.ui.values import DUTY_WORDS

NO_SECTION = "none"  # an empty cell would read “None”


@dataclass(frozen=True, slots=True)
class GridRow:
    """One activity as the grid shows it: ``section`` a key of the grid's sections, ``budget`` yuan as typed."""

    id: str
    title: str = ""
    when: str = ""
    duty: str = DutyKind.ONE_OFF.value
    section: str = NO_SECTION
    area: str = "OTHER"
    owner: str = ""
    people: int | None = None
    budget: float | None = None


def section_of(row: GridRow) -> int | None:
    """The section's number behind the cell."""
    return None if row.section in {"", NO_SECTION} else int(row.section)


def fen(budget_yuan: float | None) -> int | None:
    """Whole fen of a number cell."""
    return None if budget_yuan is None else int((Decimal(str(budget_yuan)) * 100).to_integral_value())


@dataclass(slots=True)
class Grid:
    """The rows behind a grid; ``latest`` is ``rows`` with the edits the browser sent since."""

    name: str
    rows: list[GridRow]
    latest: list[GridRow] = field(default_factory=list)
    history: list[list[GridRow]] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    new_row: GridRow = field(default_factory=lambda: GridRow("new"))
    generation: int = 0

    def __post_init__(self) -> None:
        self.latest = self.latest or list(self.rows)

    @property
    def key(self) -> str:
        """The widget's key; a new one for each view, since the component drops its edits when the data under it change."""
        return f"{self.name}_grid_{self.generation}"


EDITABLE = ("title", "when", "duty", "section", "area", "owner", "people", "budget")
_TYPES = {"people": "Int64", "budget": "Float64"}  # each with a place for "empty", which added rows need
_TEXTS = frozenset({"title", "when", "section", "area", "owner"})


def fold(rows: Sequence[GridRow], shown: Sequence[str], edits: Mapping[str, Any], *, new_row: GridRow) -> list[GridRow]:
    """``rows`` after the browser's ``edits`` (positions among ``shown``): changed, without the deleted, with the added ones at the end."""
    changes = {shown[int(position)]: values for position, values in edits.get("edited_rows", {}).items()}
    gone = {shown[int(position)] for position in edits.get("deleted_rows", ())}
    kept = [_changed(row, changes.get(row.id, {})) for row in rows if row.id not in gone]
    added = [_changed(replace(new_row, id=f"{new_row.id}-{n}"), values) for n, values in enumerate(edits.get("added_rows", ()))]
    return kept + added


def _changed(row: GridRow, values: Mapping[str, Any]) -> GridRow:
    known = {name: value for name, value in values.items() if name in EDITABLE}
    for name, value in known.items():
        if name in _TEXTS:
            known[name] = (value or "").strip()
        elif name == "duty":
            known[name] = value or row.duty
        elif name == "people":
            known[name] = None if value is None else int(value)
    return replace(row, **known)


def read_edits(grid: Grid) -> None:
    """Take in what the browser has sent; every step that differs can be undone."""
    edits = st.session_state.get(grid.key)
    if not edits:
        return
    latest = fold(grid.rows, grid.shown, edits, new_row=grid.new_row)
    if latest != grid.latest:
        grid.history.append(grid.latest)
        grid.latest = latest


def settle(grid: Grid, rows: Sequence[GridRow] | None = None) -> None:
    """Fold the edits in and start a fresh view; with ``rows`` those replace what was there, as one step that can be undone."""
    read_edits(grid)
    if rows is not None and list(rows) != grid.latest:
        grid.history.append(grid.latest)
        grid.latest = list(rows)
    grid.rows = list(grid.latest)
    grid.generation += 1
    grid.new_row = replace(grid.new_row, id=f"new-{grid.generation}")


def undo(grid: Grid) -> None:
    """Take the last step back."""
    read_edits(grid)
    if grid.history:
        grid.latest = grid.history.pop()
        grid.rows = list(grid.latest)
        grid.generation += 1


def undo_button(grid: Grid) -> None:
    """Steps back through the edits; at the left, where the grid's own toolbar does not cover it."""
    offer(
        Act.EDIT_PLAN,
        t("Undo"),
        key=f"undo_{grid.name}",
        icon=":material/undo:",
        type="tertiary",
        disabled=not grid.history,
        on_click=undo,
        args=(grid,),
    )


def show_grid(grid: Grid, *, sections: Mapping[str, str], visible: Callable[[GridRow], bool] = lambda _row: True, height: int) -> None:
    """Draw the rows that are ``visible``; ``sections`` maps keys to short names."""
    import pandas as pd  # noqa: PLC0415 -- 75 MB and half a second, for whoever comes here first

    rows = [row for row in grid.rows if visible(row)]
    grid.shown = [row.id for row in rows]
    cells = [{name: getattr(row, name) for name in EDITABLE} for row in rows]
    st.data_editor(
        pd.DataFrame(cells, columns=list(EDITABLE)).astype(_TYPES),
        key=grid.key,
        disabled=not identity.may(Act.EDIT_PLAN),
        column_config=_columns(grid, sections),
        num_rows="dynamic" if identity.may(Act.EDIT_PLAN) else "fixed",
        hide_index=True,
        height=height,
        row_height=34,
        placeholder=" ",
        alt=t("Activities of the plan"),
    )


def _columns(grid: Grid, sections: Mapping[str, str]) -> dict[str, Any]:
    areas = work_areas()
    new = grid.new_row
    return {
        "title": st.column_config.TextColumn(t("Activity"), width=270, required=True, max_chars=300),
        "when": st.column_config.TextColumn(
            t("Time"),
            width=88,
            default=new.when,
            help=t("Type 3月, 3–5月, 3月8日, 上半年 or 每月一次; Mar, 8 Mar and 1× per month are understood too."),
        ),
        "duty": st.column_config.SelectboxColumn(
            t("Kind"),
            width=72,
            options=list(DUTY_WORDS),
            format_func=lambda duty: t(DUTY_WORDS[str(duty)]),
            default=new.duty,
            required=True,
        ),
        "section": st.column_config.SelectboxColumn(
            t("Section"),
            width=92,
            options=[NO_SECTION, *sections],
            format_func=lambda key: sections.get(str(key), "–"),
            default=new.section,
        ),
        "area": st.column_config.SelectboxColumn(
            t("Area"), width=96, options=list(areas), format_func=lambda code: named(areas[str(code)]), default=new.area, required=True
        ),
        "owner": st.column_config.TextColumn(t("Owner"), width=76, max_chars=80),
        "people": st.column_config.NumberColumn(t("People"), width=60, min_value=0, step=1, format="%d"),
        "budget": st.column_config.NumberColumn(t("Budget (yuan)"), width=90, min_value=0, step=0.01, format="localized"),
    }
