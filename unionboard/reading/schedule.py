"""The month schedule of a plan: which lines open a month, which activities stand under it, and where it ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from unionboard.reading.activities import is_note
from unionboard.reading.draft import IgnoredReason, LineUse, ScheduleEntry
from unionboard.reading.endings import appeals, closes_schedule, heads_afterword
from unionboard.reading.fates import Fate
from unionboard.reading.fields import Label, split_fields
from unionboard.reading.heads import Head, find_schedule_heads, is_introducer
from unionboard.reading.lines import Passage
from unionboard.reading.marks import Mark, Style, find_mark, starts_with_verb
from unionboard.reading.months import Time, open_third, opens_standing
from unionboard.reading.open_month import LIST_STYLES, THEME_LINE, OpenMonth, same_level
from unionboard.reading.outline import FRAMED_LINE
from unionboard.reading.owner_lines import find_owner_lines
from unionboard.reading.peel import is_name
from unionboard.reading.records import Record, find_records
from unionboard.reading.rows import has_cells, split_cells
from unionboard.reading.signature import count_signature
from unionboard.reading.table_rows import TableRows

_THEME = re.compile(r"^.{0,12}(?:阶段|月|季|篇|行动)$")
_SUM = re.compile(r"^(?:预算|经费|本月|活动)?(?:小计|合计|总计)\s*:")
_CONTENT = re.compile(r"(?:工作|活动|具体|主要)?内\s*容\s*:\s*")  # a label of its own before the first activity of a month
_PROSE = 90  # characters: an unnumbered passage longer than this under a month closes the plan, it is no activity
_TOLD = 8  # characters: a month with its activities on one line, told again word for word, is the same one
_HEADING = 14  # characters: a shorter line without a number below the last month may head what follows


@dataclass(frozen=True, slots=True)
class Schedule:
    """The entries in the order of the text, what became of their lines, and the passages that belong to no month.

    ``headings``: lines of ``rest`` that only introduce the schedule. ``is_list``: its heads are the numbered items themselves.
    """

    entries: tuple[ScheduleEntry, ...]
    fates: dict[int, Fate]
    rest: tuple[Passage, ...]
    headings: frozenset[int]
    is_list: bool = False


def read_schedule(passages: Sequence[Passage], *, title: str = "", outline: frozenset[int] = frozenset()) -> Schedule:
    """The schedule of one document, told apart from its sections and measures.

    ``title`` says which term it is for; ``outline``: the lines of headings that the shape of the document shows.
    """
    return _Reader(passages, title, outline).read()


class _Reader:
    """One walk over the passages; ``month`` is the month that is open."""

    def __init__(self, passages: Sequence[Passage], title: str, outline: frozenset[int]) -> None:
        self.passages = list(passages)
        self.heads = find_schedule_heads(passages, title=title)
        self.records = find_records(passages, self.heads)
        self.signed_from = len(self.passages) - count_signature(self.passages)
        self.last_head = max((position for position, head in enumerate(self.heads[: self.signed_from]) if head), default=-1)
        self.owners, self.beside = find_owner_lines(self.passages, self.heads)
        self.outline = outline
        numbered = [(passage, head) for passage, head in zip(self.passages, self.heads, strict=True) if head and head.mark]
        # 一、3月份:踢毽比赛 … 八、12月份:长跑: the numbers count activities, so the lines below one are its rules
        self.heads_are_items = len(numbered) >= 3 and all(passage.part(head.rest).plain for passage, head in numbered)
        self.month: OpenMonth | None = None
        self.entries: list[ScheduleEntry] = []
        self.fates: dict[int, Fate] = {}
        self.rest: list[Passage] = []
        self.headings: set[int] = set()
        self.told: set[str] = set()
        self.repeats = False  # the lines above were told before
        self.rows = TableRows()
        self.carried: tuple[Style, int] | None = None  # the number of the last activity under the month before

    def read(self) -> Schedule:
        position = 0
        while position < self.signed_from:
            record = self.records.get(position)
            if record and record.end <= self.signed_from:
                self._read_record(record)
                position = record.end
            else:
                self._read_passage(position, self.passages[position])
                position += 1
        self._close_month()
        self.rest += self.passages[self.signed_from :]
        styles = {head.style for head in self.heads if head}
        is_list = bool(styles) and styles <= set(LIST_STYLES)
        return Schedule(tuple(self.entries), self.fates, tuple(self.rest), frozenset(self.headings), is_list)

    def _read_passage(self, position: int, passage: Passage) -> None:
        if self._read_table_line(position, passage):
            return
        head = self.heads[position]
        if _SUM.match(passage.plain):
            self._mark_lines(passage, LineUse.IGNORED, IgnoredReason.TOTALS_ROW)
            return
        if self._is_told_again(passage, head):
            self._close_month()
            self._mark_lines(passage, LineUse.IGNORED, IgnoredReason.DUPLICATE)
            return
        if head and self.month and self._is_item_with_date(head):
            self._add_item(passage)
        elif head:
            self._open_month(position, passage, head)
        elif self._read_fields(passage):
            return
        elif is_introducer(passage.plain) and self._leads_to_head(position):
            self._close_month()
            self.headings.update(passage.lines)
            self.rest.append(passage)
        elif self.month and position in self.owners and self.month.items:
            self.month.own(passage.text)
            self._mark_lines(passage, LineUse.ACTIVITY)
        elif self.month and position in self.beside and self.month.items:
            self.month.note(passage)
            self._mark_lines(passage, LineUse.ACTIVITY)
        elif self.month and self._belongs_to_month(passage, position):
            self._add_line(passage)
        else:
            self._close_month()
            self.rest.append(passage)

    def _is_told_again(self, passage: Passage, head: Head | None) -> bool:
        """A month with its activities on one line that stood in the document before, and what follows it word for word."""
        known = passage.plain in self.told
        self.told.add(passage.plain)
        if not known or (head and head.rest < len(passage.plain) and len(passage.plain) >= _TOLD):
            self.repeats = known
        return known and self.repeats

    def _is_item_with_date(self, head: Head) -> bool:
        """1、3月8日召开… under 三月:, and 2、3月讲座 under 上半年:, are activities of that month, not months of their own."""
        month = self.month
        assert month is not None
        if head.style not in LIST_STYLES or month.style is head.style or head.is_set_off:
            return False
        if len(month.time.span) > 1 and head.time.span <= month.time.span:
            return True
        return month.style is None and bool(head.time.day_from) and head.time.months[:1] == month.time.months[:1]

    def _leads_to_head(self, position: int) -> bool:
        rows = self.passages[position + 1 : position + 4]
        return any(self.heads[position + 1 : position + 6]) or any(has_cells(row) for row in rows) or position + 1 in self.records

    def _open_month(self, position: int, passage: Passage, head: Head) -> None:
        if head.time.is_week and not head.time.months and self.month is None:
            self.rest.append(passage)  # 第3周 of a calendar that names no day belongs to no month
            return
        if head.time.is_week and not head.time.months and self.month:
            self._mark_lines(passage, LineUse.MONTH_HEAD)  # a week within the month that is open
            self._add_item(passage.part(head.rest))
            return
        self._close_month(following=head.time)
        if head.mark and head.mark.style in (Style.PART, Style.FORMAL, Style.CHINESE) and head.names_part:
            self.headings.update(passage.lines)  # 二、上半年工作: a section as well
            self.rest.append(passage)
        self.month = OpenMonth(head.time, head.time.words, passage.line, head.mark)
        rest = passage.part(head.rest)
        self._mark_lines(passage, LineUse.MONTH_HEAD)
        if rest.plain and not self._is_theme(position, rest):
            following = self.passages[position + 1] if position + 1 < len(self.passages) else None
            alone = following is None or self.heads[position + 1] is not None or not self._belongs_to_month(following, position + 1)
            spaced = passage.plain[head.rest - 1].isspace()
            self._add_item(rest, alone=alone and head.is_set_off, spaced=spaced, is_one_of_lines=not alone)

    def _is_theme(self, position: int, rest: Passage) -> bool:
        """三月 学雷锋月 above a list: the words name the month, the list below holds what is done in it."""
        own = find_mark(rest.plain)
        following = self.passages[position + 1].plain if position + 1 < len(self.passages) and not self.heads[position + 1] else ""
        mark = find_mark(following)
        if position + 1 in self.records and len(rest.plain) <= 20:
            return True
        below = bool(mark and mark.number <= 1 and mark.style in LIST_STYLES) or bool(THEME_LINE.match(following))
        if own or not below or len(rest.plain) > 20 or re.search(r"[。;]$", rest.plain):
            return False
        return bool(_THEME.match(rest.plain)) or (bool(mark and mark.number == 1) and not starts_with_verb(rest.plain))

    def _belongs_to_month(self, passage: Passage, position: int) -> bool:
        """Whether a line without a month of its own goes on with the month that is open."""
        month = self.month
        assert month is not None
        plain = passage.plain
        mark = find_mark(plain)
        if passage.line in self.outline:
            return False
        if mark is None:
            if is_note(plain) and month.items and position < self.last_head and not plain.endswith("说明"):
                return True
            if closes_schedule(plain) or opens_standing(plain) or is_introducer(plain) or FRAMED_LINE.match(plain):
                return False
            if self._heads_other(position, plain) or (THEME_LINE.match(plain) and month.items):
                return False
            if month.style in LIST_STYLES and month.items:
                return is_note(plain) or (len(plain) <= 20 and not starts_with_verb(plain))
            return len(plain) <= _PROSE or starts_with_verb(plain)
        if mark.style in (Style.HASH, Style.PART, Style.FORMAL, Style.TABLE, Style.APPENDIX) or same_level(mark, month.mark):
            return False
        if self._counts_on(mark):
            return False
        if mark.style in (Style.CHINESE, Style.BRACKETED_CHINESE):
            # 一、 right under a month head is an item; after other items it is a heading
            same = [own for own in month.marks if own and own.style is mark.style]
            counts_on = self.carried is not None and (mark.style, mark.number - 1) == self.carried  # 二、 under 四月 after 一、 under 三月
            follows = mark.number == (same[-1].number + 1 if same else 1) or (counts_on and not same)
            return follows and (bool(same) or not any(month.marks))
        return True

    def _counts_on(self, mark: Mark) -> bool:
        """Whether 4. goes on with the headings, the last of which (3. 月份安排) led to the months, rather than with a list in the month."""
        above = find_mark(self.rest[-1].plain) if self.rest else None
        listed = self.month is not None and any(own is not None and own.style is mark.style for own in self.month.marks)
        return above is not None and above.style is mark.style and mark.number == above.number + 1 >= 2 and not listed

    def _add_cells(self, passage: Passage) -> None:
        """慰问值班人员 | 生活委员 | 6000元: an item of the open month with what stands beside it in cells."""
        month = self.month
        assert month is not None
        cells = [cell for cell in split_cells(passage) if cell.plain]
        known = len(month.items)
        self._add_item(cells[0])
        self._mark_lines(passage, LineUse.ACTIVITY)
        if len(month.items) == known:
            return
        for cell in cells[1:]:
            month.add_cell(cell)

    def _heads_other(self, position: int, plain: str) -> bool:
        """Whether a line without a number heads something else: 组织委员: above its own months, 报名须知 below the last one."""
        if plain.endswith(":"):
            return position + 1 < len(self.heads) and self.heads[position + 1] is not None
        if position > self.last_head and appeals(plain):
            return True
        if position < self.last_head or len(plain) > _HEADING or re.search(r"[,。;:!?]", plain):
            return False
        below = self.passages[position + 1].plain if position + 1 < len(self.passages) else ""
        mark = find_mark(below)
        restarts = bool(mark and mark.number == 1 and mark.style in LIST_STYLES)
        return heads_afterword(plain) or (restarts and self.month is not None and bool(self.month.items))

    def _add_line(self, passage: Passage) -> None:
        month = self.month
        assert month is not None
        if has_cells(passage) and open_third(passage.plain) is None:
            self._add_cells(passage)
            return
        if self.rows.owners_below and month.items and find_mark(passage.plain) is None and is_name(passage.plain):
            month.own(passage.text)
            self._mark_lines(passage, LineUse.ACTIVITY)
            return
        third = open_third(passage.plain)
        if third and not (third[1] < len(passage.plain) and find_mark(passage.plain)):
            month.third = third[0]
            self._mark_lines(passage, LineUse.MONTH_HEAD if third[1] >= len(passage.plain) else LineUse.ACTIVITY)
            passage = passage.part(third[1])
        label = _CONTENT.match(passage.plain) if not month.items else None
        passage = passage.part(label.end()) if label else passage
        if (
            self.heads_are_items
            and month.mark
            and len(month.items) == 1
            and not find_mark(passage.plain)
            and not starts_with_verb(passage.plain)
        ):
            month.note(passage)
            self._mark_lines(passage, LineUse.ACTIVITY)
        elif passage.plain:
            self._add_item(passage, is_one_of_lines=bool(month.items))

    def _add_item(self, passage: Passage, *, alone: bool = False, spaced: bool = False, is_one_of_lines: bool = False) -> None:
        month = self.month
        assert month is not None
        if month.take(passage, alone=alone, spaced=spaced, is_one_of_lines=is_one_of_lines):
            self._mark_lines(passage, LineUse.ACTIVITY)

    def _read_fields(self, passage: Passage) -> bool:
        """时间:, 负责人:, 预算: below an activity of the open month, or 活动名称: that begins one."""
        month = self.month
        mark = find_mark(passage.plain)
        words, fields = split_fields(passage.part(mark.end) if mark else passage)
        if month is None or words.plain or not fields:
            return False
        if fields[0].label is Label.NAME:
            month.add_named(fields[0])
        elif not month.items or THEME_LINE.match(passage.plain) or fields[0].name in ("备注", "说明", "经费来源"):
            return False
        else:
            month.add_field(fields[0])
        for field in fields[1:]:
            if month.items:
                month.add_field(field)
        self._mark_lines(passage, LineUse.ACTIVITY)
        return True

    def _read_record(self, record: Record) -> None:
        """An activity whose fields stand below its name: its time among them."""
        self._close_month()
        self.month = OpenMonth(record.time, record.time.words, record.name.line, None)
        self.month.add(record.name)
        if self.month.items:
            first = self.month.items[0]
            self.month.items = [replace(first, time=None, activity=replace(first.activity, third=None))]
            for field in record.fields:
                self.month.add_field(field)
            for note in record.notes:
                self.month.note(note)
        for passage in self.passages[record.start : record.end]:
            self._mark_lines(passage, LineUse.MONTH_HEAD if passage.lines == record.time_lines else LineUse.ACTIVITY)
        self._close_month()

    def _read_table_line(self, position: int, passage: Passage) -> bool:
        """Header, sums and rows of a table; False when the passage is none of them."""
        line = self.rows.read(passage, self.passages[max(0, position - 1) : position] + self.passages[position + 1 : position + 2])
        if line and line.closes:
            self._close_month()
        if line is None or line.fate is None:
            return False
        self._mark_lines(passage, line.fate.use, line.fate.reason)
        if line.month:
            self.month = line.month
            self._close_month()
        return True

    def _close_month(self, following: Time | None = None) -> None:
        """Store the open month. One without activities is empty, unless the months that follow belong to it (第一季度 above 1月)."""
        month, self.month = self.month, None
        if month is None:
            return
        if month.items:
            self.entries += month.entries()
            last = month.marks[-1]
            self.carried = (last.style, last.number) if last else self.carried
        elif self.fates.get(month.line, Fate(LineUse.MONTH_HEAD)).use is LineUse.MONTH_HEAD:
            holds = following is not None and following.span <= month.time.span
            self.fates[month.line] = Fate(LineUse.MONTH_HEAD) if holds else Fate(LineUse.IGNORED, IgnoredReason.EMPTY_MONTH)

    def _mark_lines(self, passage: Passage, use: LineUse, reason: IgnoredReason | None = None) -> None:
        for line in passage.lines:
            if line not in self.fates or use is LineUse.MONTH_HEAD:
                self.fates[line] = Fate(use, reason)
