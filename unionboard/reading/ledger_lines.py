"""A file of money as lines for the books: sides and items found, headings' sums told from lines, totals and balances checked."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from unionboard.errors.ledger_import import (
    CellBothSides,
    CellDayOutsideYear,
    CellItemMissing,
    CellItemOfOtherSide,
    CellItemUnknown,
    CellSideNotReadable,
    NoSuchHeading,
    NoTableFound,
    NothingToImport,
    OtherYear,
    SideNotTold,
)
from unionboard.reading.ledger_columns import UNITS, Field, Layout, find_layout, fold_heading, read_side
from unionboard.reading.ledger_days import Sure, find_years
from unionboard.reading.ledger_drafts import Draft, LeftOut, LeftRow
from unionboard.reading.ledger_file import GridSheet
from unionboard.reading.ledger_headings import find_headings
from unionboard.reading.ledger_rows import Problem, RawRow, Remark, RowKind, Sum, fold_label, read_rows
from unionboard.reading.ledger_totals import check_totals
from unionboard.reference.item_words import GENERAL, REST, ItemMatch, ItemWords, Said, fold_word


@dataclass(frozen=True, slots=True)
class FileSetting:
    """What people said of a kind of file. ``columns``: field -> heading (or several); ``items``: word -> item code.

    ``defaults`` may hold ``unit`` (元, 千元, 万元), ``side`` (in, out), ``debit`` (in, out), ``item_in``, ``item_out`` (for lines that
    name no item), ``source`` (a fund source) and ``sheet`` (the only one to read).
    """

    columns: Mapping[str, Any] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line for the books. ``row`` names it (``7``, of several sheets ``3月!7``); ``day`` is None when the file says none.

    ``amount_fen`` may be negative: it takes an earlier line back. ``told``: the word of the file for the item.
    """

    row: str
    cell: str
    day_cell: str
    day: date | None
    sure: Sure
    side: str
    amount_fen: int
    match: ItemMatch | None
    told: str
    purpose: str
    payee: str = ""
    number: str = ""
    reference: str = ""
    handler: str = ""
    approver: str = ""
    cashier: str = ""
    source: str = ""
    papers: int = 0
    remarks: tuple[Remark, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """All that was read. ``problems``: of totals and balances; those of lines stand at the lines. ``signature`` knows the kind of file."""

    lines: tuple[FileLine, ...]
    openings: tuple[Sum, ...]
    left_out: tuple[LeftRow, ...]
    problems: tuple[Problem, ...]
    layouts: tuple[Layout, ...]
    signature: str
    unit_yuan: int | Fraction
    is_dated: bool

    @property
    def opening_fen(self) -> int | None:
        return sum(told.fen for told in self.openings) if self.openings else None


_BOOKISH = ("借", "贷", "借方", "贷方")
_CASH = re.compile(r"(?:\d{3,4})?(?:银行存款|库存现金|现金|其他货币资金|零余额账户.*|银行)")
_ACCOUNT = re.compile(
    r"(?:\d{3,4})?(?:应[收付]|其他应[收付]|预[收付]|暂[收付存]|代[收管]|固定资产|资产基金|工会资金|后备金|专用基金|在建工程|无形资产|累计折旧|库存物品)"
)
_CLOSING_ENTRY = re.compile(r"(?:期末|年末|年终|本期|月末|本年).{0,8}结转|结转.{0,6}(?:收支|损益|收入|支出|结余)")


def read_ledger(
    sheets: Sequence[GridSheet], *, year: int, words: ItemWords, setting: FileSetting | None = None, wants_budget: bool = False
) -> LedgerFile:
    """The lines of a file for the book of ``year``. What is wrong in a cell is collected, never raised.

    Raises: NoTableFound, NoSuchHeading, NothingToImport, OtherYear (the title names another year and no day a year), SideNotTold.
    """
    setting = setting or FileSetting()
    layouts = _find_layouts(sheets, words, setting, wants_budget=wants_budget)
    unit = UNITS.get(setting.defaults.get("unit", ""))
    left: list[LeftRow] = []
    rows: list[RawRow] = []
    layouts = _choose_sheets(layouts, sheets, left)
    for number, layout in enumerate(layouts):
        rows += list(read_rows(layout, sheet=number, year=year, unit_yuan=unit))
    rows = _drop_copies(rows, layouts, left)
    _check_year(rows, layouts, year)
    names = [layout.sheet.prefix for layout in layouts]
    drafts = [Draft(raw, each) for raw in rows if raw.kind is RowKind.LINE for each in _sums_of(raw)]
    _drop_accounting(drafts, names, left)
    _find_sides(drafts, rows, words, setting)
    _find_items(drafts, words, setting)
    find_headings(drafts, names, words, left)
    drafts = [draft for draft in drafts if not draft.is_heading]
    if not drafts:
        raise NothingToImport
    openings = tuple(told for raw in rows if raw.kind is RowKind.OPENING for told in _opening_sum(raw))
    lines = tuple(_finish(draft, names, year) for draft in drafts)
    problems = () if any(line.problems for line in lines) else tuple(check_totals(rows, drafts, sum(told.fen for told in openings)))
    left += [
        LeftRow(f"{names[raw.sheet]}{raw.row}", raw.label, LeftOut.TOTAL) for raw in rows if raw.kind in (RowKind.TOTAL, RowKind.CLOSING)
    ]
    return LedgerFile(
        lines,
        openings,
        tuple(left),
        problems,
        tuple(layouts),
        layouts[0].signature,
        unit or layouts[0].unit_yuan,
        any(raw.day is not None for raw in rows),
    )


# --- which sheets ------------------------------------------------------------------------------------------------------------


def _find_layouts(sheets: Sequence[GridSheet], words: ItemWords, setting: FileSetting, *, wants_budget: bool) -> list[Layout]:
    wanted = setting.defaults.get("sheet")
    layouts = [
        layout
        for sheet in sheets
        if not wanted or sheet.name == wanted
        if (layout := find_layout(sheet, said=setting.columns, is_item=lambda text: _is_item(words, text), wants_budget=wants_budget))
    ]
    if not layouts:
        raise NoTableFound
    _check_headings(layouts, setting)
    return layouts


def _check_headings(layouts: Sequence[Layout], setting: FileSetting) -> None:
    """A heading that a mapping names must be there, or its column would be read as something else. Raises: NoSuchHeading."""
    known = {fold_heading(heading) for layout in layouts for heading in layout.headings}
    known |= {fold_heading(text) for layout in layouts for row in layout.sheet.rows[: layout.last + 1] for text in row.texts}
    for told in setting.columns.values():
        for heading in [told] if isinstance(told, str) else told:
            if fold_heading(heading) not in known:
                raise NoSuchHeading(heading=heading)


def _is_item(words: ItemWords, text: str) -> bool:
    return words.find([text]) is not None or fold_word(text) in REST or words.group_of(text) is not None


def _choose_sheets(layouts: Sequence[Layout], sheets: Sequence[GridSheet], left: list[LeftRow]) -> list[Layout]:
    """Sheets with days are the ledger, and others beside them its summaries; of several lists the first, or one for each side."""
    dated = [layout for layout in layouts if any(block.has(Field.DATE, Field.MONTH, Field.DAY) for block in layout.blocks)]
    chosen = dated or [
        layout for n, layout in enumerate(layouts) if n == 0 or (layout.side and layouts[0].side and layout.side != layouts[0].side)
    ]
    kept = {id(layout.sheet) for layout in chosen}
    left += [LeftRow(sheet.name or "1", "", LeftOut.OTHER_SHEET) for sheet in sheets if id(sheet) not in kept]
    return list(chosen)


def _drop_copies(rows: list[RawRow], layouts: Sequence[Layout], left: list[LeftRow]) -> list[RawRow]:
    """Sheets whose every line stands in another sheet too, as the months beside the whole year do."""
    if len(layouts) == 1:
        return rows
    lines = {n: Counter(_plain(raw) for raw in rows if raw.sheet == n and raw.kind is RowKind.LINE) for n in range(len(layouts))}
    dropped: set[int] = set()
    for n, own in lines.items():
        others = [other for other, theirs in lines.items() if other not in {n, *dropped} and theirs.total() > own.total()]
        if own.total() > 1 and any(own <= lines[other] for other in others):
            dropped.add(n)
            left.append(LeftRow(layouts[n].sheet.name, "", LeftOut.COPY_SHEET))
    return [raw for raw in rows if raw.sheet not in dropped]


def _plain(raw: RawRow) -> tuple[object, ...]:
    return (raw.day.day if raw.day else None, raw.purpose, raw.words, tuple((each.field, each.fen) for each in raw.sums))


def _check_year(rows: Iterable[RawRow], layouts: Sequence[Layout], year: int) -> None:
    if any(raw.day is not None and raw.day.has_year for raw in rows):
        return
    named = set().union(*(find_years(f"{layout.title} {' '.join(layout.headings)}") for layout in layouts))
    if named and year not in named and not (len(named) > 1 and year - 1 in named):
        raise OtherYear(found="、".join(str(each) for each in sorted(named)), year=year)


# --- sides -------------------------------------------------------------------------------------------------------------------


def _sums_of(raw: RawRow) -> Iterable[Sum]:
    """The sums that make lines; a row that only has problems is a line without a sum, so that it is refused by name."""
    return raw.sums or [Sum(Field.OTHER, 0, raw.problems[0].cell if raw.problems else "")]


def _drop_accounting(drafts: list[Draft], names: Sequence[str], left: list[LeftRow]) -> None:
    """Of a double-entry export the cash accounts' lines and the closing of accounts are no lines of a register."""
    two_sided = [draft for draft in drafts if _is_two_sided(draft) and draft.raw.words]
    cash = [draft for draft in two_sided if _is_cash(draft.raw) or _ACCOUNT.match(fold_word(draft.raw.words[0]))]
    if cash and len(cash) < len(two_sided):
        left += [LeftRow(f"{names[draft.raw.sheet]}{draft.raw.row}", draft.raw.words[0], LeftOut.COUNTER_ACCOUNT) for draft in cash]
        drafts[:] = [draft for draft in drafts if not any(draft is other for other in cash)]
    closing = [draft for draft in drafts if _is_two_sided(draft) and draft.raw.words]
    closing = [draft for draft in closing if _CLOSING_ENTRY.search(draft.raw.purpose)]
    left += [LeftRow(f"{names[draft.raw.sheet]}{draft.raw.row}", draft.raw.purpose, LeftOut.CLOSING_ENTRY) for draft in closing]
    drafts[:] = [draft for draft in drafts if not any(draft is other for other in closing)]


def _is_two_sided(draft: Draft) -> bool:
    """Whether a sum is a debit or a credit: by its column, or by the word beside it."""
    return draft.sum.field in (Field.DEBIT, Field.CREDIT) or (draft.sum.field is Field.AMOUNT and draft.raw.side_text.strip() in _BOOKISH)


def _is_cash(raw: RawRow) -> bool:
    return bool(_CASH.match(fold_word(raw.words[0]))) or bool(_CASH.fullmatch(fold_word(raw.words[-1])))


def _find_sides(drafts: list[Draft], rows: Sequence[RawRow], words: ItemWords, setting: FileSetting) -> None:
    debit_is = _debit_side(drafts, rows, words, setting)
    has_negative = any(draft.sum.field is Field.AMOUNT and draft.sum.fen < 0 for draft in drafts)
    for draft in drafts:
        raw, kind = draft.raw, draft.sum.field
        draft.fen = draft.sum.fen
        known = words.find(raw.words)
        item_side = words.side_of(known.code) if known else None
        match kind:
            case Field.INCOME:
                draft.side = "in"
            case Field.SPENDING:
                draft.side = "out"
            case Field.DEBIT | Field.CREDIT:
                draft.side = debit_is if kind is Field.DEBIT else _other(debit_is)
                if item_side and item_side != draft.side and words.find(raw.words, draft.side) is None:  # an account credited for its debit
                    draft.side, draft.fen = item_side, -draft.fen
            case Field.OTHER if draft.sum.heading:
                column = words.find([draft.sum.heading])
                draft.side = words.side_of(column.code) if column else None
            case Field.AMOUNT:
                draft.side = _amount_side(draft, item_side, setting, has_negative=has_negative, debit_is=debit_is)
        if len(raw.sums) > 1 and raw.words and kind in (Field.INCOME, Field.SPENDING, Field.DEBIT, Field.CREDIT):
            draft.problems.append(Problem(draft.sum.cell, CellBothSides()))
    if any(draft.raw.problems or draft.problems for draft in drafts):
        return _turn_round(drafts)
    open_ones = [draft for draft in drafts if draft.side is None and draft.sum.field is not Field.OTHER]
    if any(not draft.raw.words for draft in open_ones):
        raise SideNotTold
    return _turn_round(drafts)


def _amount_side(draft: Draft, item_side: str | None, setting: FileSetting, *, has_negative: bool, debit_is: str) -> str | None:
    raw = draft.raw
    if raw.side_cell:
        side = read_side(raw.side_text) if raw.side_text else None
        if side is not None:
            is_bookish = raw.side_text.strip() in _BOOKISH
            return (debit_is if side == "out" else _other(debit_is)) if is_bookish else side
        if raw.side_text or item_side is None:
            draft.problems.append(Problem(raw.side_cell, CellSideNotReadable(text=raw.side_text)))
            return item_side
    if raw.section:
        return raw.section
    if item_side:
        return item_side
    if setting.defaults.get("side") in ("in", "out"):
        return setting.defaults["side"]
    if has_negative and not raw.words:
        draft.fen = abs(draft.sum.fen)
        return "out" if draft.sum.fen < 0 else "in"
    return None


def _other(side: str) -> str:
    return "in" if side == "out" else "out"


def _turn_round(drafts: Sequence[Draft]) -> None:
    """Spending written with a minus throughout is spending: the sign says the side once more."""
    for kind in (Field.AMOUNT, Field.SPENDING, Field.DEBIT, Field.CREDIT, Field.INCOME):
        for side in ("in", "out"):
            own = [draft for draft in drafts if draft.sum.field is kind and draft.side == side and draft.fen]
            others = any(draft.sum.field is kind and draft.side == _other(side) and draft.fen > 0 for draft in drafts)
            says_twice = len(own) > 1 or (kind is Field.AMOUNT and others and own and own[0].raw.day is not None)
            if own and all(draft.fen < 0 for draft in own) and says_twice:
                for draft in own:
                    draft.fen = -draft.fen


def _debit_side(drafts: Sequence[Draft], rows: Sequence[RawRow], words: ItemWords, setting: FileSetting) -> str:
    """Whether a debit came in or went out: a bank's debit goes out, in a union's own cash book it came in. Balances tell, else items."""
    if setting.defaults.get("debit") in ("in", "out"):
        return setting.defaults["debit"]
    signed = [(raw, _debit_minus_credit(raw)) for raw in rows if raw.balance is not None and raw.kind in (RowKind.LINE, RowKind.OPENING)]
    votes: Counter[str] = Counter()
    for (before, change_before), (after, change) in pairwise(signed):
        step = after.balance.fen - before.balance.fen if after.balance and before.balance else 0
        if change and step:
            votes["in" if step == change else "out" if step == -change else "?"] += 1
        if change_before and step:  # newest first
            votes["in" if -step == change_before else "out" if -step == -change_before else "?"] += 1
    if votes["in"] != votes["out"]:
        return "in" if votes["in"] > votes["out"] else "out"
    for draft in drafts:
        if (known := words.find(draft.raw.words)) is not None and draft.sum.field in (Field.DEBIT, Field.CREDIT):
            side = words.side_of(known.code) if draft.sum.field is Field.DEBIT else _other(words.side_of(known.code))
            votes[side] += 1
    if votes["in"] != votes["out"]:
        return "in" if votes["in"] > votes["out"] else "out"
    return "in" if drafts and all(draft.raw.words and _is_cash(draft.raw) for draft in drafts) else "out"


def _debit_minus_credit(raw: RawRow) -> int:
    total = 0
    for each in raw.sums:
        total += {Field.DEBIT: each.fen, Field.CREDIT: -each.fen}.get(each.field, 0)
        if each.field is Field.AMOUNT and raw.side_text:
            total += each.fen if read_side(raw.side_text) == "out" else -each.fen
    return total


# --- items -------------------------------------------------------------------------------------------------------------------


def _find_items(drafts: Sequence[Draft], words: ItemWords, setting: FileSetting) -> None:
    all_cash = bool(drafts) and all(draft.raw.words and _is_cash(draft.raw) for draft in drafts)
    for draft in drafts:
        raw = draft.raw
        told = (draft.sum.heading,) if draft.sum.field is Field.OTHER and draft.sum.heading else () if all_cash else raw.words
        if told:
            _find_told_item(draft, told, words)
            continue
        if draft.side is None:
            continue
        draft.match = words.guess([raw.purpose, raw.payee], draft.side)
        if draft.match is not None:
            continue
        wished = setting.defaults.get(f"item_{draft.side}")
        if wished in words.items:
            draft.match = ItemMatch(str(wished), Said.MAPPED, "")
        elif raw.has_item_column and not all_cash:
            draft.problems.append(Problem(raw.item_cell, CellItemMissing()))
        else:
            draft.match = ItemMatch(GENERAL[draft.side], Said.NOTHING, "")


def _find_told_item(draft: Draft, told: Sequence[str], words: ItemWords) -> None:
    draft.match = words.find(told, draft.side)
    if draft.match is not None:
        draft.side = words.side_of(draft.match.code)
        return
    cell = draft.raw.item_cell or draft.sum.cell
    if words.find(told) is not None:
        draft.problems.append(Problem(cell, CellItemOfOtherSide(text=told[-1])))
    elif fold_word(told[-1]) in REST and draft.side:
        draft.match = ItemMatch(GENERAL[draft.side], Said.NAME, told[-1])
    else:
        draft.problems.append(Problem(cell, CellItemUnknown(text=told[-1])))


# --- lines as they go out ----------------------------------------------------------------------------------------------------


def _finish(draft: Draft, names: Sequence[str], year: int) -> FileLine:
    raw = draft.raw
    problems = [*raw.problems, *draft.problems]
    remarks = [*raw.remarks, *draft.remarks]
    day = raw.day
    if day is not None and day.day.year != year:
        problems.append(Problem(raw.day_cell, CellDayOutsideYear(day=day.day, year=year)))
    told = draft.sum.heading if draft.sum.field is Field.OTHER else raw.words[-1] if raw.words else ""
    side = draft.side or "out"
    payee = raw.payee or (raw.payer if side == "in" else "")
    return FileLine(
        row=f"{names[raw.sheet]}{raw.row}",
        cell=draft.sum.cell,
        day_cell=raw.day_cell or draft.sum.cell,
        day=day.day if day else None,
        sure=day.sure if day else Sure.NONE,
        side=side,
        amount_fen=draft.fen,
        match=draft.match,
        told=told,
        purpose=raw.purpose or re.sub(r"^其中[:：]?", "", fold_label(told) if told else "") or payee,
        payee=payee,
        number=raw.number,
        reference=raw.reference,
        handler=raw.handler,
        approver=raw.approver,
        cashier=raw.cashier,
        source=raw.source,
        papers=raw.papers,
        remarks=tuple(remarks),
        problems=tuple(problems),
    )


def _opening_sum(raw: RawRow) -> list[Sum]:
    if raw.balance is not None and not any(each.field is Field.AMOUNT for each in raw.sums):
        return [raw.balance]
    if len(raw.sums) == 1:
        return [replace(raw.sums[0], fen=raw.sums[0].fen)]
    return [raw.balance] if raw.balance is not None else []
