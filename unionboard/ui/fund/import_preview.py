"""The lines of a file as they will be stored, one below the other, with what becomes of each."""

import html
from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from unionboard import i18n
from unionboard.models import Direction
from unionboard.money import format_fen
from unionboard.reading.ledger_rows import RemarkKind
from unionboard.reference import FundItem
from unionboard.services.budget_import import BudgetImportLine, BudgetPreview, BudgetState
from unionboard.services.import_lines import ImportLine, LineState
from unionboard.services.import_words import budget_words, left_words, opening_words, remark_words, said_words, state_words
from unionboard.services.ledger_import import ImportPreview, OpeningState
from unionboard.ui.fund.words import item_name, source_name
from unionboard.ui.text import escape, language, short_date, t

_PAGE = 50
_EVERY = "every"


def show_preview(preview: ImportPreview, items: Mapping[str, FundItem]) -> None:
    """Sums, then the lines by state, then what was not taken and why."""
    _show_sums(preview)
    state = _choose_state(preview)
    lines = [line for line in preview.lines if state in (_EVERY, line.state.value)]
    pages = -(-len(lines) // _PAGE)
    page = (st.pagination(pages, key=f"import_page_{state}") if pages > 1 else 1) or 1
    st.html(_table(lines[(page - 1) * _PAGE : page * _PAGE], items))
    _show_left([t(left_words(row.why), place=row.place, text=row.text) for row in preview.left_out])


def _show_sums(preview: ImportPreview) -> None:
    sums = (
        (t("Income"), preview.total_fen(Direction.IN)),
        (t("Spending"), preview.total_fen(Direction.OUT)),
        (t("Balance afterwards"), preview.closing_fen),
    )
    st.markdown("　".join(f":gray[{label}] **{format_fen(fen)}**" for label, fen in sums))
    if preview.opening is not OpeningState.NONE and preview.opening_fen is not None:
        st.markdown(f":small[:gray[{t(opening_words(preview.opening), amount=format_fen(preview.opening_fen))}]]")
    if not preview.is_dated:
        st.markdown(f":small[:gray[{t(remark_words(RemarkKind.NO_DAY))}]]")
        if preview.has_other_lines:
            sentence = t("The book of {year} has entries already; a yearly report adds to them.", year=preview.year)
            st.warning(sentence, icon=":material/warning:")


def _choose_state(preview: ImportPreview) -> str:
    states = [state for state in LineState if preview.count(state)]
    if len(states) < 2:
        return _EVERY
    options = [_EVERY, *(state.value for state in states)]
    counts = {_EVERY: len(preview.lines)} | {state.value: preview.count(state) for state in states}
    words = {_EVERY: t("All")} | {state.value: t(state_words(state)) for state in states}
    if st.session_state.get("import_state") not in options:
        st.session_state["import_state"] = _EVERY
    chosen = st.segmented_control(
        t("Lines"),
        options,
        format_func=lambda code: f"{words[code]} {counts[code]}",
        required=True,
        label_visibility="collapsed",
        wrap=True,
        key="import_state",
    )
    return chosen or _EVERY


def _table(lines: Sequence[ImportLine], items: Mapping[str, FundItem]) -> str:
    heads = (t("Row"), t("Date"), t("What for"), t("Item"), t("Income"), t("Spending"), t("What becomes of it"))
    return _html_table(heads, (_cells(line, items) for line in lines), {4, 5}, kind="ub-lines")


def _cells(line: ImportLine, items: Mapping[str, FundItem]) -> tuple[str, ...]:
    notes = [t(said_words(line.said), word=line.told, item=item_name(line.item, items))] if said_words(line.said) else []
    notes += [t(remark_words(each.kind), cell=each.cell, text=each.text) for each in line.remarks if each.kind is not RemarkKind.NO_DAY]
    if line.state is LineState.REFUSED:
        notes = [f"{each.cell}: {i18n.tell_refusal(language(), each.refusal)}" for each in line.problems]
    people = "　".join(text for text in (line.payee, line.handler and t("handled by {name}", name=line.handler)) if text)
    amount = format_fen(line.amount_fen) if line.amount_fen else ""
    is_income = line.direction is Direction.IN
    return (
        html.escape(line.row),
        short_date(line.booked_on) if line.booked_on else "—",
        _stacked(line.purpose, people),
        _stacked(item_name(line.item, items) if line.item else "—", *notes),
        amount if is_income else "",
        "" if is_income else amount,
        f'<span class="ub-import-{line.state.value}">{html.escape(t(state_words(line.state)))}</span>',
    )


def _stacked(text: str, *notes: str) -> str:
    small = "".join(f"<small>{html.escape(note)}</small>" for note in notes if note)
    return f"<div>{html.escape(text)}</div>{small}"


def _html_table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: set[int], *, kind: str) -> str:
    """A table whose cells are HTML already; on a phone each row folds under its head."""
    head = "".join(f'<th scope="col"{_numeric(place, numbers)}>{html.escape(text)}</th>' for place, text in enumerate(heads))
    body = "".join(
        "<tr>"
        + "".join(f'<td data-head="{html.escape(heads[place])}"{_numeric(place, numbers)}>{cell}</td>' for place, cell in enumerate(row))
        + "</tr>"
        for row in rows
    )
    return f'<table class="ub-import {kind}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _numeric(place: int, numbers: set[int]) -> str:
    return ' class="ub-number"' if place in numbers else ""


def _show_left(sentences: Sequence[str]) -> None:
    if sentences:
        with st.expander(t("Not taken as lines: {n}", n=len(sentences)), key="import_left"):
            st.markdown("  \n".join(f":small[{escape(sentence)}]" for sentence in sentences))


def show_budget_preview(preview: BudgetPreview, items: Mapping[str, FundItem]) -> None:
    """The budget's lines, what they were, and what the file says besides."""
    heads = (t("Row"), t("Item"), t("Source of the money"), t("Now"), t("From the file"), t("What becomes of it"))
    st.html(_html_table(heads, (_budget_cells(line, items) for line in preview.lines), {3, 4}, kind="ub-budget"))
    for side, label in ((Direction.IN, t("Income")), (Direction.OUT, t("Spending"))):
        total_fen = sum(line.amount_fen for line in preview.lines if line.item in items and items[line.item].direction == side)
        st.markdown(f":gray[{label}] **{format_fen(total_fen)}**")
    if preview.carried_fen is not None:
        sentence = t("Carried over {amount}: told by the file, not part of the budget.", amount=format_fen(preview.carried_fen))
        st.markdown(f":small[:gray[{sentence}]]")
    _show_left([t(left_words(row.why), place=row.place, text=row.text) for row in preview.left_out])


def _budget_cells(line: BudgetImportLine, items: Mapping[str, FundItem]) -> tuple[str, ...]:
    note = t(said_words(line.said), word=line.told[0], item=item_name(line.item, items)) if said_words(line.said) else ""
    state = LineState.NEW if line.state in (BudgetState.NEW, BudgetState.CHANGED) else LineState.KNOWN
    return (
        html.escape(", ".join(line.rows)),
        _stacked(item_name(line.item, items), note),
        html.escape(source_name(line.source)),
        format_fen(line.was_fen) if line.was_fen else "",
        format_fen(line.amount_fen),
        f'<span class="ub-import-{state.value}">{html.escape(t(budget_words(line.state)))}</span>',
    )
