"""The rows of a table as raw lines: what each cell says, before items and sides are known; totals, balances and heads beside them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from unionboard.errors import Refusal
from unionboard.errors.ledger_import import (
    CellAmountMissing,
    CellDayMissing,
    CellDayNotReadable,
    CellFormula,
    CellPapersNotReadable,
    CellTooMany,
)
from unionboard.errors.money import AmountGroupedWrongly, AmountNotReadable
from unionboard.money import Amount, AmountRemark, parse_amount
from unionboard.reading.ledger_columns import AMOUNTS, Block, Column, Field, Layout, find_unit
from unionboard.reading.ledger_days import FoundDay, Sure, find_month, last_of_month, read_day
from unionboard.reading.ledger_file import GridRow
from unionboard.reference.item_words import fold_word


class RowKind(StrEnum):
    """What a row is."""

    LINE = "line"
    TOTAL = "total"
    OPENING = "opening"
    CLOSING = "closing"
    HEAD = "head"  # 一、收入: the side of what follows, with or without its sum
    CARRIED = "carried"  # 承前页, 上月结余: says again what was said
    NOTE = "note"


class RemarkKind(StrEnum):
    """What people should know of a line that is read all the same."""

    COMMA_FOR_POINT = "comma_for_point"
    STOP_FOR_POINT = "stop_for_point"
    REJOINED = "rejoined"  # an amount that a .csv file had cut at its commas
    DAY_ABOVE = "day_above"
    MONTH_ONLY = "month_only"
    NO_DAY = "no_day"
    REMAINDER = "remainder"  # of a heading's sum, what its lines below do not say
    NUMBER_COVERED = "number_covered"
    NAME_LEFT_OUT = "name_left_out"
    PURPOSE_CUT = "purpose_cut"
    TAKES_BACK = "takes_back"
    SOURCE_UNKNOWN = "source_unknown"


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that cannot be taken as it is."""

    cell: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a cell; ``text`` is what it says there."""

    kind: RemarkKind
    cell: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum in a cell, in fen."""

    field: Field
    fen: int
    cell: str
    heading: str = ""


@dataclass(slots=True, eq=False)
class RawRow:
    """One row (of one block) as read. ``words``: of the item, coarse before fine; ``label``: what the row is called."""

    kind: RowKind
    sheet: int
    row: int
    block: int
    label: str = ""
    day: FoundDay | None = None
    day_cell: str = ""
    sums: list[Sum] = field(default_factory=list)
    balance: Sum | None = None
    words: tuple[str, ...] = ()
    item_cell: str = ""
    side: str | None = None  # what a column says of the side
    section: str | None = None  # the side of the section, block or title
    side_text: str = ""
    side_cell: str = ""
    purpose: str = ""
    payee: str = ""
    payer: str = ""
    number: str = ""
    reference: str = ""
    handler: str = ""
    approver: str = ""
    cashier: str = ""
    source: str = ""
    papers: int = 0
    has_item_column: bool = False
    remarks: list[Remark] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


_SIGNS = re.compile(r"^¥|元$")
_NONE = re.compile(r"[-—–/\\\s.]*|无|nil|n/a|0*\.?0*")
_TOTAL = re.compile(r".{0,14}(?:合计|小计|总计|累计|共计|总额)(?:数|额|金额)?|总收入|总支出|total|subtotal")
_DATED_TOTAL = re.compile(
    r"(?:本|当|全|上)?(?:年|月|日|页|期|季度?|半年|\d{1,2}月份?)?度?(?:收入|支出|收支|发生额?)?(?:合计|小计|总计|累计|共计)(?:数|额)?"
)
_BEFORE = r"(?:上年(?:度|末|底)?|上期|上学年|以前年度|历年|去年|年初|期初|上年同期|往年|\d{4}年(?:度|末|底)?)"
_LEFT = r"(?:结转(?:结余|资金)?|滚存结余|结余|余额|结存|滚存|转入|转来|节余)"
_KEPT = r"(?:结转(?:结余|资金)?|滚存结余|结余|余额|结存|滚存|节余)"  # 转入 alone is money that came in
_OPENING = re.compile(
    rf"(?:加)?{_BEFORE}(?:累计|滚存|账面|工会|经费|资金|历年|存款|银行)*{_LEFT}(?:资金|数|收入|金额|经费|额|款)?|结转上年.*|上年转入|承上年.*|期初|年初数?|opening.*|carriedover|broughtforward|上年(?:资金)?结转(?:收入)?"
)
_CARRIED = re.compile(
    r"承前页|承上页|过次页|转次页|转下页|接上页|(?:上|月)[月初](?:末)?(?:结转|结余|余额|结存)|月初(?:结余|余额)|上日(?:结余|余额)"
)
_CLOSING = re.compile(
    rf"(?:减)?(?:本年度?|期末|年末|年终|年底|本期|本月|月末|当年|当期|累计|滚存|账面|收支|经费|工会|资金|现有?|目前|截至.*|实际|剩余|\d{{4}}年(?:度|末|底)?)*{_KEPT}(?:资金|数|额|金额|经费)?|结转下[年期].*|closing.*|balance|left"
)
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
_CARRY = re.compile(r".{0,8}(?:结转|滚存结余)(?:资金|结余|经费|数)?")  # in a report, where nothing else is called so
_SIGNED = re.compile(
    r"(?:制表|填表|填报|审核|复核|记账|主管|负责|出纳|会计|财务|单位|主席|经审|盖章|打印|备注|注|说明|编制|领导|审批|经手|经办)[^:：]{0,8}[:：]"
)
_HEAD = re.compile(
    r"(?:本年度?|年度|全年|经费|工会|资金|本期|当年|\d{4}年度?)*(?P<side>收入|支出|开支)(?:部分|情况|项目|类|明细|方面|科目)?"
)


def fold_label(text: str) -> str:
    """A label as it is compared."""
    plain = re.sub(r"[（(][^）)]*[）)]", "", unicodedata.normalize("NFKC", text))
    return fold_word(plain) or fold_word(text)


def read_rows(layout: Layout, *, sheet: int, year: int, unit_yuan: int | Fraction | None = None) -> Iterator[RawRow]:
    """The rows below the headings, in order. ``unit_yuan`` (of a mapping) comes before what the table says."""
    readers = [_BlockReader(layout, block, number, sheet, year, unit_yuan) for number, block in enumerate(layout.blocks)]
    heads = layout.sheet.rows[layout.last].texts if layout.last >= 0 else ()
    for row in layout.rows:
        if row.texts == heads:
            continue  # the headings again, on the next printed page
        for reader in readers:
            raw = reader.read(row)
            if raw is not None:
                yield raw


class _BlockReader:
    """Reads one block's rows, remembering the day above and the section."""

    def __init__(self, layout: Layout, block: Block, number: int, sheet: int, year: int, unit_yuan: int | Fraction | None) -> None:
        self.layout, self.block, self.number, self.sheet, self.year = layout, block, number, sheet, year
        self.unit_yuan = unit_yuan or layout.unit_yuan
        self.section = block.side or layout.side
        self.day: FoundDay | None = None
        self.month = find_month(layout.sheet.name) or find_month(layout.title)
        self.sheet_month = self.month
        self.lines = 0
        self.width = max((column.place for column in (*block.columns, *layout.item_columns)), default=0) + 1
        self.is_dated = block.has(Field.DATE, Field.MONTH, Field.DAY)
        self.amount_columns = [column for column in block.columns if column.field in AMOUNTS] or list(layout.item_columns)
        self.split_columns = list(layout.item_columns) if block.has(*AMOUNTS) else []

    def read(self, row: GridRow) -> RawRow | None:
        raw = RawRow(RowKind.LINE, self.sheet, row.number, self.number, section=self.section)
        raw.has_item_column = self.block.has(Field.ITEM)
        raw.words = tuple(row.text(column.place) for column in self.block.all(Field.ITEM) if row.text(column.place))
        item = next((column for column in reversed(self.block.all(Field.ITEM)) if row.text(column.place)), self.block.first(Field.ITEM))
        raw.item_cell = self.layout.sheet.cell_name(row, item.place) if item else ""
        raw.purpose = self._join(row, Field.PURPOSE)
        raw.label = next((text for text in (*raw.words, raw.purpose, self._first_text(row)) if text), "")
        self._read_sums(row, raw)
        raw.kind = self._kind(row, raw)
        if raw.kind is RowKind.NOTE:
            return None
        if raw.kind is RowKind.HEAD:
            told = _HEAD.fullmatch(fold_label(raw.label))
            self.section = "in" if told and told["side"] == "收入" else "out"
            raw.section = self.section
            return raw
        if raw.kind is not RowKind.LINE:
            raw.problems = [problem for problem in raw.problems if not isinstance(problem.refusal, CellAmountMissing | CellFormula)]
            self._read_day(row, raw, asked=False)
            return raw
        self.lines += 1
        self._read_day(row, raw, asked=True)
        self._read_rest(row, raw)
        return raw

    # --- what kind of row --------------------------------------------------------------------------------------------------

    def _kind(self, row: GridRow, raw: RawRow) -> RowKind:
        naming = {Field.PURPOSE, Field.DATE, Field.MONTH} | (set() if self.block.has(Field.DEBIT, Field.CREDIT) else {Field.ITEM})
        texts = [row.text(column.place) for column in self.block.columns if column.field in naming]
        labels = [fold_label(text) for text in (*texts, self._first_text(row)) if text]
        has_sums = bool(raw.sums or raw.balance)
        has_day = self.is_dated and self._day_text(row) != "" and not any(map(_TOTAL.fullmatch, [fold_label(self._day_text(row))]))
        for label in labels:
            if self._is_opening(label):
                return RowKind.OPENING if has_sums else RowKind.NOTE
            if _CARRIED.fullmatch(label):
                return RowKind.CARRIED
            if (_DATED_TOTAL if has_day else _TOTAL).fullmatch(label):
                return RowKind.TOTAL if has_sums else RowKind.NOTE
            if _CLOSING.fullmatch(label) and not (has_day and raw.sums and self._is_transfer(raw, label)):
                return RowKind.CLOSING if has_sums else RowKind.NOTE
            if not self.is_dated and raw.sums and _CARRY.fullmatch(label):
                return RowKind.OPENING
        if _SIGNED.match(next((text for text in row.texts if text), "")):
            return RowKind.NOTE
        if not self.is_dated and labels and _HEAD.fullmatch(labels[0]):
            return RowKind.HEAD
        if self.is_dated and not has_day and not has_sums and not raw.problems and labels and _HEAD.fullmatch(labels[0]):
            return RowKind.HEAD
        if raw.sums:
            return RowKind.LINE if labels or has_day else RowKind.TOTAL
        says = bool(raw.words or raw.purpose)
        if raw.problems:
            readable = all(not re.search(r"\d", str(problem.refusal.facts.get("text", ""))) for problem in raw.problems)
            return RowKind.NOTE if readable and not has_day and not (self.is_dated is False and raw.words and says) else RowKind.LINE
        if has_day and says and self._is_day(row) and not self._says_zero(row):
            first = self.amount_columns[0].place if self.amount_columns else 0
            raw.problems.append(Problem(self.layout.sheet.cell_name(row, first), CellAmountMissing()))
            return RowKind.LINE
        return RowKind.NOTE

    def _is_transfer(self, raw: RawRow, label: str) -> bool:
        """期末结转 in a double entry: one of its two lines, not what is left."""
        return raw.balance is None and "结转" in label and "结转下" not in label and self.block.has(Field.DEBIT, Field.CREDIT)

    def _is_opening(self, label: str) -> bool:
        match = _OPENING.fullmatch(label)
        if match is None and _CARRIED.fullmatch(label) and self.lines == 0 and "月" in label:
            return True
        told = re.match(r"(?:加)?(\d{4})年", label)
        return match is not None and not (told and int(told[1]) == self.year)

    def _is_day(self, row: GridRow) -> bool:
        try:
            return bool(self.block.has(Field.MONTH)) or bool(read_day(self._day_text(row), year=self.year))
        except Refusal:
            return False

    def _says_zero(self, row: GridRow) -> bool:
        return any(row.text(column.place) for column in self.amount_columns)

    def _first_text(self, row: GridRow) -> str:
        if self.number:
            places = [column.place for column in self.block.columns]
            return next((row.text(place) for place in places if row.text(place) and not re.search(r"\d", row.text(place))), "")
        return next((text for text in row.texts if text and not re.fullmatch(r"[\d.,¥()-]+", text)), "")

    # --- sums --------------------------------------------------------------------------------------------------------------

    def _read_sums(self, row: GridRow, raw: RawRow) -> None:
        raw.sums = self._sums_in(row, raw, self.amount_columns)
        parts = self._sums_in(row, raw, self.split_columns)
        if parts and abs(sum(part.fen for part in parts)) == abs(sum(each.fen for each in raw.sums)):
            raw.sums = parts
        balance = self.block.first(Field.BALANCE)
        if balance is not None and row.text(balance.place):
            try:
                amount = self._amount(row.text(balance.place), balance)
                raw.balance = Sum(Field.BALANCE, amount.fen, self.layout.sheet.cell_name(row, balance.place))
            except Refusal:
                pass  # a balance only checks others

    def _sums_in(self, row: GridRow, raw: RawRow, columns: Sequence[Column]) -> list[Sum]:
        sums: list[Sum] = []
        for column in columns:
            text = row.text(column.place)
            if self._is_cut(row, column):
                text = ",".join(part for part in row.texts[column.place :] if part)
            if not text or _NONE.fullmatch(_SIGNS.sub("", unicodedata.normalize("NFKC", text))):
                continue
            cell = self.layout.sheet.cell_name(row, column.place)
            try:
                amount = self._amount(text, column)
            except AmountGroupedWrongly as refusal:
                raw.problems.append(Problem(cell, CellTooMany(text=row.texts[column.place + 1]) if self._is_cut(row, column) else refusal))
                continue
            except Refusal as refusal:
                raw.problems.append(Problem(cell, refusal))
                continue
            if self._is_cut(row, column):
                raw.remarks.append(Remark(RemarkKind.REJOINED, cell, text))
            if amount.remark is not None:
                kind = RemarkKind.COMMA_FOR_POINT if amount.remark is AmountRemark.COMMA_FOR_POINT else RemarkKind.STOP_FOR_POINT
                raw.remarks.append(Remark(kind, cell, text))
            if amount.fen:
                sums.append(Sum(column.field, amount.fen, cell, column.heading))
        return sums

    def _amount(self, text: str, column: Column) -> Amount:
        if text.startswith("="):
            raise CellFormula(text=text)
        try:
            return parse_amount(text, signed=True, unit_yuan=column.unit_yuan or self.unit_yuan)
        except AmountGroupedWrongly:
            raise
        except AmountNotReadable:
            if find_unit(text) is None:
                raise
            return parse_amount(re.sub(r"[（(].*?[)）]", "", text), signed=True, unit_yuan=find_unit(text) or 1)

    def _is_cut(self, row: GridRow, column: Column) -> bool:
        """Whether a .csv row has more cells than headings, the amount's being the last heading: its commas were taken for separators."""
        last = len(self.layout.headings) - 1
        return column.place == last >= 0 and not self.layout.sheet.column_numbers and any(row.texts[column.place + 1 :])

    # --- days --------------------------------------------------------------------------------------------------------------

    def _day_text(self, row: GridRow) -> str:
        if self.block.has(Field.DATE):
            return next((row.text(column.place) for column in self.block.all(Field.DATE) if row.text(column.place)), "")
        return " ".join(
            row.text(column.place) for kind in (Field.MONTH, Field.DAY) if (column := self.block.first(kind)) and row.text(column.place)
        )

    def _read_day(self, row: GridRow, raw: RawRow, *, asked: bool) -> None:
        if not self.is_dated:
            return
        column = self.block.first(Field.DATE) or self.block.first(Field.MONTH) or self.block.first(Field.DAY)
        raw.day_cell = cell = self.layout.sheet.cell_name(row, column.place) if column else ""
        try:
            raw.day = self._find_day(row)
        except Refusal as refusal:
            if asked:
                raw.problems.append(Problem(cell, refusal))
            return
        if raw.day is not None:
            self.day = raw.day
            if raw.day.sure is Sure.MONTH and asked:
                raw.remarks.append(Remark(RemarkKind.MONTH_ONLY, cell, self._day_text(row)))
        elif asked and self.day is not None:
            raw.day = self.day
            if column is None or column.place not in row.continued:
                raw.remarks.append(Remark(RemarkKind.DAY_ABOVE, cell))
        elif asked:
            raw.problems.append(Problem(cell, CellDayMissing()))

    def _find_day(self, row: GridRow) -> FoundDay | None:
        if self.block.has(Field.DATE):
            texts = [row.text(column.place) for column in self.block.all(Field.DATE) if row.text(column.place)]
            texts = [text for text in texts if text not in {"〃", '"', "″", "同上", "''"} and not _CLOCK.fullmatch(text)]
            for text in texts[:-1]:
                try:
                    return self._read_one(text)
                except Refusal:
                    continue
            return self._read_one(texts[-1]) if texts else None
        return self._day_of_columns(row)

    def _read_one(self, text: str) -> FoundDay:
        """A day; on a sheet that is a month, also its number alone."""
        if self.sheet_month and (number := re.fullmatch(r"(\d{1,2})[日号]?", text)):
            text = f"{self.sheet_month}月{number[1]}日"
        return read_day(text, year=self.year)

    def _day_of_columns(self, row: GridRow) -> FoundDay | None:
        """A month, and perhaps a day and a year, in columns of their own; a blank month is that of the row above."""
        told = {
            kind: row.text(column.place) for kind in (Field.YEAR, Field.MONTH, Field.DAY) if (column := self.block.first(kind)) is not None
        }
        month, day = told.get(Field.MONTH, ""), told.get(Field.DAY, "")
        if not month and not day:
            return None
        if month and not re.fullmatch(r"\d{1,2}(?:月份?)?", month):
            return read_day(month, year=self.year)
        if not month and self.month is None:
            raise CellDayMissing
        self.month = int(re.sub(r"\D", "", month)) if month else self.month
        year = told.get(Field.YEAR, "").rstrip("年")
        number = re.fullmatch(r"(\d{1,2})[日号]?", day)
        has_year = bool(re.fullmatch(r"\d{4}", year))
        try:
            last = last_of_month(int(year) if has_year else self.year, self.month or 0)
            if not day:
                return FoundDay(last, Sure.MONTH, has_year)
            return FoundDay(last.replace(day=int(number[1]) if number else 0), Sure.DAY, has_year)
        except ValueError:
            raise CellDayNotReadable(text=f"{month} {day}".strip()) from None

    # --- the rest ----------------------------------------------------------------------------------------------------------

    def _read_rest(self, row: GridRow, raw: RawRow) -> None:
        raw.payee, raw.payer = self._join(row, Field.PAYEE), self._join(row, Field.PAYER)
        raw.number, raw.reference = self._join(row, Field.VOUCHER, "-"), self._join(row, Field.REFERENCE)
        raw.handler, raw.approver, raw.cashier = (self._join(row, kind) for kind in (Field.HANDLER, Field.APPROVER, Field.CASHIER))
        raw.source = self._join(row, Field.SOURCE)
        note = self._join(row, Field.NOTE)
        if note and note not in raw.purpose:
            raw.purpose = f"{raw.purpose}；{note}" if raw.purpose else note
        if column := self.block.first(Field.SIDE):
            raw.side_text, raw.side_cell = row.text(column.place), self.layout.sheet.cell_name(row, column.place)
        if (column := self.block.first(Field.PAPERS)) and (text := row.text(column.place)) and not _NONE.fullmatch(text):
            number = re.fullmatch(r"(\d{1,4})\s*[张份页]?", unicodedata.normalize("NFKC", text))
            if number:
                raw.papers = int(number[1])
            else:
                raw.problems.append(Problem(self.layout.sheet.cell_name(row, column.place), CellPapersNotReadable(text=text)))
        if self.layout.headings and not self.layout.sheet.column_numbers and self.number == len(self.layout.blocks) - 1:
            beyond = [place for place in range(len(self.layout.headings), len(row.texts)) if row.text(place)]
            if beyond and not any(remark.kind is RemarkKind.REJOINED for remark in raw.remarks):
                raw.problems.append(Problem(self.layout.sheet.cell_name(row, beyond[0]), CellTooMany(text=row.text(beyond[0]))))

    def _join(self, row: GridRow, kind: Field, between: str = " ") -> str:
        found: list[str] = []
        for column in self.block.all(kind):
            text = row.text(column.place)
            if text and not any(text in earlier for earlier in found):
                found.append(text)
        return between.join(found)
