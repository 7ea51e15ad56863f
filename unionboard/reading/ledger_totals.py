"""Totals, heads with a sum and closing balances of a file, checked against its lines. Any reasonable scope will do: page, month, year."""

from collections.abc import Iterable, Sequence

from unionboard.errors.ledger_import import CellClosingDiffers, CellTotalDiffers
from unionboard.money import format_fen
from unionboard.reading.ledger_columns import Field
from unionboard.reading.ledger_drafts import Draft
from unionboard.reading.ledger_rows import Problem, RawRow, RowKind, Sum


def check_totals(rows: Sequence[RawRow], drafts: Sequence[Draft], opening_fen: int) -> Iterable[Problem]:
    """Every total, head with a sum and closing balance against the lines. Any reasonable scope will do: the page, month, section, year."""
    for at, raw in enumerate(rows):
        if raw.kind is RowKind.TOTAL:
            for told in raw.sums:
                counted = _scopes(rows, drafts, at, told, opening_fen)
                if told.fen not in counted:
                    yield Problem(told.cell, CellTotalDiffers(told=format_fen(told.fen), counted=format_fen(counted[0])))
        elif raw.kind is RowKind.HEAD:
            for told in raw.sums:
                below = _section_sum(rows, drafts, at)
                whole = sum(draft.fen for draft in drafts if draft.side == raw.section)
                if told.fen not in (below, whole, whole + opening_fen, below + opening_fen):
                    yield Problem(told.cell, CellTotalDiffers(told=format_fen(told.fen), counted=format_fen(below)))
        elif raw.kind is RowKind.CLOSING:
            yield from _check_closing(rows, drafts, at, opening_fen)


def _scopes(rows: Sequence[RawRow], drafts: Sequence[Draft], at: int, told: Sum, opening_fen: int) -> list[int]:
    raw = rows[at]
    above = {id(row) for row in rows[:at]}
    before = [draft for draft in drafts if id(draft.raw) in above]
    stops = [n for n in range(at) if rows[n].kind in (RowKind.TOTAL, RowKind.HEAD) and rows[n].sheet == raw.sheet]
    since = {id(row) for row in rows[max(stops, default=-1) + 1 : at]}
    sheet = [draft for draft in before if draft.raw.sheet == raw.sheet]
    block = [draft for draft in sheet if draft.raw.block == raw.block]
    last = next((draft.raw.day.day for draft in reversed(before) if draft.raw.day), None)
    months = [draft for draft in before if last and draft.raw.day and draft.raw.day.day.month == last.month]
    quarters = [draft for draft in before if last and draft.raw.day and (draft.raw.day.day.month - 1) // 3 == (last.month - 1) // 3]
    recent = [draft for draft in before if id(draft.raw) in since]
    groups = [[draft for draft in sheet if draft.raw.label.startswith(raw.label[:4])]]
    scopes = [recent, block, sheet, before, months, quarters, list(drafts), *groups]
    sums: list[int] = []
    if told.field in (Field.DEBIT, Field.CREDIT):  # a trial balance counts the accounts that are no lines
        sums = [sum(each.fen for row in rows[:at] if row.kind is RowKind.LINE for each in row.sums if each.field is told.field)]
    for scope in scopes:
        sums += _column_sums(scope, told, opening_fen)
    return sums


def _column_sums(scope: Sequence[Draft], told: Sum, opening_fen: int) -> list[int]:
    """What a total may be of these lines: its column, one side, both, with or without what was carried over."""
    column = sum(draft.sum.fen for draft in scope if draft.sum.field is told.field and draft.sum.heading == told.heading)
    income, spending = (sum(draft.fen for draft in scope if draft.side == side) for side in ("in", "out"))
    if told.field is not Field.AMOUNT:
        return [column, column + opening_fen]
    return [column, income, spending, income + opening_fen, income - spending, opening_fen + income - spending]


def _section_sum(rows: Sequence[RawRow], drafts: Sequence[Draft], at: int) -> int:
    end = next((n for n in range(at + 1, len(rows)) if rows[n].kind is RowKind.HEAD and rows[n].block == rows[at].block), len(rows))
    below = {id(row) for row in rows[at + 1 : end]}
    return sum(draft.fen for draft in drafts if id(draft.raw) in below)


def _check_closing(rows: Sequence[RawRow], drafts: Sequence[Draft], at: int, opening_fen: int) -> Iterable[Problem]:
    raw = rows[at]
    above = {id(row) for row in rows[:at]}
    told = raw.balance or next(iter(raw.sums), None)
    if told is None:
        return
    left = []
    for scope in ([draft for draft in drafts if id(draft.raw) in above], list(drafts)):
        income, spending = (sum(draft.fen for draft in scope if draft.side == side) for side in ("in", "out"))
        left += [opening_fen + income - spending, income - spending]
    has_opening = any(row.kind is RowKind.OPENING for row in rows)
    if told.fen not in left and (has_opening or raw.balance is None):
        yield Problem(told.cell, CellClosingDiffers(told=format_fen(told.fen), counted=format_fen(left[0])))
