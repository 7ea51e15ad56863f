"""The month schedule of a plan: which lines open a month, which activities stand under it, and where it ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from unionboard.reading.activities import Dated, add_note, date_activity, field_name, is_note, read_activities
from unionboard.reading.draft import ActivityDraft, IgnoredReason, LineUse, ScheduleEntry
from unionboard.reading.heads import Head, find_schedule_heads, is_introducer, split_marked_parts
from unionboard.reading.lines import Passage
from unionboard.reading.marks import Mark, Style, find_bare_number, find_mark, starts_with_verb
from unionboard.reading.months import Time, find_time, opens_standing
from unionboard.reading.rows import has_cells, header_in_words, is_column_name, is_rule, is_totals, name_columns, names_owner, read_row
from unionboard.reading.signature import count_signature

_THEME = re.compile(r"^(?:活动)?主题\s*:")
_TERM = re.compile(r"^(?:第[一二12]学期|[上下]学期|[春秋]季学期)\s*:?$")
_OWNER_NAME = re.compile(
    r"^(?!.*(?:开展|召开|组织|慰问|比赛|活动|运动会|座谈会|联欢会)).{1,7}(?:委|委员|主席|组长|部|处|室|办|工会|委员会|小组|部门|科|老师|队)$"
)
_CLOSING = re.compile(r"^(?:总之|以上|希望|我们|新的一年|在新的|欢迎|注\s*:|说明|备注|本计划|未尽|让我们|最后)")
_ENDS_OPEN = re.compile(r":\s*(?:\([^)]*\))?\s*$")
_LIST_STYLES = (Style.DIGIT, Style.BRACKETED_DIGIT, Style.HALF_BRACKETED_DIGIT, Style.CIRCLED, Style.BULLET, Style.LOST)
_DEPTH = [Style.CHINESE, Style.BRACKETED_CHINESE, Style.DIGIT, Style.BRACKETED_DIGIT, Style.HALF_BRACKETED_DIGIT, Style.CIRCLED]
_PROSE = 90  # characters: an unnumbered passage longer than this under a month closes the plan, it is no activity


@dataclass(frozen=True, slots=True)
class Fate:
    """What a line became, and why it was left out."""

    use: LineUse
    reason: IgnoredReason | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """The entries in the order of the text, what became of their lines, and the passages that belong to no month."""

    entries: tuple[ScheduleEntry, ...]
    fates: dict[int, Fate]
    rest: tuple[Passage, ...]
    headings: frozenset[int]  # lines of ``rest`` that only introduce the schedule


@dataclass(slots=True)
class _Month:
    time: Time
    head: str
    line: int
    mark: Mark | None
    items: list[Dated] = field(default_factory=list)
    marks: list[Mark | None] = field(default_factory=list)  # the mark of each item
    parent: Mark | None = None

    @property
    def style(self) -> Style | None:
        return self.mark.style if self.mark else None


def read_schedule(passages: Sequence[Passage]) -> Schedule:
    """The schedule of one document, told apart from its sections and measures."""
    return _Reader(passages).read()


class _Reader:
    """One walk over the passages; ``month`` is the month that is open."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = list(passages)
        self.heads = find_schedule_heads(passages)
        self.last_head = max((position for position, head in enumerate(self.heads) if head), default=-1)
        self.month: _Month | None = None
        self.entries: list[ScheduleEntry] = []
        self.fates: dict[int, Fate] = {}
        self.rest: list[Passage] = []
        self.headings: set[int] = set()
        self.columns: list[str] | None = None
        self.row_time: Time | None = None
        self.owners_below = False  # cells stand one to a line and the last of each row names who is in charge
        self.in_block = False

    def read(self) -> Schedule:
        signed_from = len(self.passages) - count_signature(self.passages)
        for position, passage in enumerate(self.passages[:signed_from]):
            self._read_passage(position, passage)
        self._close_month()
        self.rest += self.passages[signed_from:]
        return Schedule(tuple(self.entries), self.fates, tuple(self.rest), frozenset(self.headings))

    def _read_passage(self, position: int, passage: Passage) -> None:
        if self._read_table_line(position, passage):
            return
        head = self.heads[position]
        if head and not self._is_item_with_date(head):
            self._open_month(position, passage, head)
        elif self._read_block_field(passage):
            return
        elif is_introducer(passage.plain) and self._leads_to_head(position):
            self._close_month()
            self.headings.update(passage.lines)
            self.rest.append(passage)
        elif self.month and not self._names_block(position) and self._belongs_to_month(passage, position):
            self._add_item(passage, alone=False)
        else:
            self._close_month()
            self.rest.append(passage)

    def _names_block(self, position: int) -> bool:
        """Whether the next line says when this one is to be: 三八健步走 / 时间:3月8日."""
        following = field_name(self.passages[position + 1].plain) if position + 1 < len(self.passages) else None
        return following is not None and following[0] == "时间"

    def _is_item_with_date(self, head: Head) -> bool:
        """1、3月8日召开…  under 三月: is an activity of that month, not a new one."""
        month = self.month
        if month is None or month.style is not None or head.style not in _LIST_STYLES or not head.time.day_from:
            return False
        return head.time.months[:1] == month.time.months[:1]

    def _leads_to_head(self, position: int) -> bool:
        rows = self.passages[position + 1 : position + 4]
        return any(self.heads[position + 1 : position + 6]) or any(has_cells(row) for row in rows)

    def _open_month(self, position: int, passage: Passage, head: Head) -> None:
        if head.time.is_week and not head.time.months and self.month:
            self._add_item(passage.part(head.rest), alone=False)  # a week within the month that is open
            return
        self._close_month()
        self.month = _Month(head.time, head.time.words, passage.line, head.mark)
        rest = passage.part(head.rest)
        self._mark_lines(passage, LineUse.MONTH_HEAD)
        if rest.plain:
            following = self.passages[position + 1] if position + 1 < len(self.passages) else None
            alone = head.is_set_off and (
                following is None or self.heads[position + 1] is not None or not self._belongs_to_month(following, position + 1)
            )
            self._add_item(rest, alone=alone, spaced=passage.plain[head.rest - 1].isspace())

    def _belongs_to_month(self, passage: Passage, position: int) -> bool:
        """Whether a line without a month of its own goes on with the month that is open."""
        month = self.month
        assert month is not None
        mark = find_mark(passage.plain)
        if mark is None:
            if is_note(passage.plain) and month.items and position < self.last_head:
                return True
            if _TERM.match(passage.plain) or opens_standing(passage.plain) or _CLOSING.match(passage.plain) or is_introducer(passage.plain):
                return False
            if month.style in _LIST_STYLES and month.items:
                return is_note(passage.plain) or (len(passage.plain) <= 20 and not starts_with_verb(passage.plain))
            return len(passage.plain) <= _PROSE or starts_with_verb(passage.plain)
        if mark.style in (Style.PART, Style.TABLE, Style.APPENDIX) or _same_level(mark, month.mark):
            return False
        if mark.style in (Style.CHINESE, Style.BRACKETED_CHINESE):
            # 一、 right under a month head is an item; after other items it is a heading
            same = [own for own in month.marks if own and own.style is mark.style]
            return mark.number == (same[-1].number + 1 if same else 1) and (bool(same) or not any(month.marks))
        return True

    def _add_item(self, passage: Passage, *, alone: bool = False, spaced: bool = False) -> None:
        month = self.month
        assert month is not None
        mark = find_mark(passage.plain) or find_bare_number(passage.plain, 1 + sum(own is not None for own in month.marks))
        words = passage.part(mark.end) if mark else passage
        if not words.plain:
            return
        self._mark_lines(passage, LineUse.ACTIVITY)
        last_mark = month.marks[-1] if month.marks else None
        if self.owners_below and mark is None and month.items and _OWNER_NAME.match(words.plain):
            month.items = _with_owner(month.items, words.text)
            return
        if mark and last_mark and _is_deeper(mark, month.parent or last_mark) and month.items:
            if month.parent is None:
                month.parent = last_mark
            month.items[-1] = add_note(month.items[-1], words.text)
            return
        if mark and month.parent and not _is_deeper(mark, month.parent):
            month.parent = None
        follows_numbered = last_mark is not None and last_mark.style in _DEPTH and not starts_with_verb(words.plain)
        if mark is None and month.items and (follows_numbered or is_note(words.plain)):
            month.items[-1] = add_note(month.items[-1], words.text)
            return
        names_parts = mark is not None and _ENDS_OPEN.search(words.plain)  # 举办健身节:(3月10日-28日): its parts below are the activities
        if names_parts or (not month.items and _THEME.match(words.plain)):
            return
        for dated in read_activities(words, numbered=mark is not None, alone=alone, spaced=spaced):
            month.items.append(dated)
            month.marks.append(mark)

    def _read_table_line(self, position: int, passage: Passage) -> bool:
        """Header, totals and rows of a table; False when the passage is none of them."""
        if not has_cells(passage):
            neighbours = self.passages[max(0, position - 1) : position] + self.passages[position + 1 : position + 2]
            if is_rule(passage) or header_in_words(passage.plain):
                self._mark_lines(passage, LineUse.IGNORED, IgnoredReason.TABLE_HEADER)
                return True
            if is_column_name(passage.plain) and any(is_column_name(other.plain) for other in neighbours):
                self.owners_below = names_owner(passage.plain)
                self._mark_lines(passage, LineUse.IGNORED, IgnoredReason.TABLE_HEADER)
                return True
            self.columns, self.row_time = None, None
            return False
        if is_rule(passage):
            self._mark_lines(passage, LineUse.IGNORED, IgnoredReason.TABLE_HEADER)
            return True
        columns = name_columns([cell.strip() for cell in re.split(r"[|\t]", passage.plain.strip("| \t"))])
        if columns:
            self._close_month()
            self.columns, self.row_time = columns, None
            self._mark_lines(passage, LineUse.IGNORED, IgnoredReason.TABLE_HEADER)
            return True
        if is_totals(passage):
            self._mark_lines(passage, LineUse.IGNORED, IgnoredReason.TOTALS_ROW)
            return True
        row = read_row(passage, self.columns)
        time = row.time or (self.row_time if self.columns else None)
        if time is None or not (time.months or time.half_year):
            return False
        if row.what is None or not row.what.plain:
            self._mark_lines(passage, LineUse.IGNORED, IgnoredReason.EMPTY_MONTH)
            return True
        self._close_month()
        self.row_time = time
        self.month = _Month(time, time.words, passage.line, None)
        self._mark_lines(passage, LineUse.ACTIVITY)
        for part in split_marked_parts(row.what):
            self._add_item(part, alone=False)
        owner, audience = row.owner.strip(), row.audience.strip()
        budget = _budget_fen(row.budget)
        beside = [
            replace(item.activity, owner=item.activity.owner or owner, audience=audience, budget_fen=budget) for item in self.month.items
        ]
        self.month.items = [replace(item, activity=activity) for item, activity in zip(self.month.items, beside, strict=True)]
        if row.note and self.month.items:
            self.month.items[-1] = add_note(self.month.items[-1], row.note)
        self._close_month()
        return True

    def _read_block_field(self, passage: Passage) -> bool:
        """时间:3月上旬 under the name of an activity, and the 地点: and 负责人: lines beside it."""
        found = field_name(passage.plain)
        if not found:
            return False
        name, start = found
        if name == "时间":
            time = find_time(passage.plain[start:])
            if time is None or not time.months or not self.rest:
                return False
            named = self.rest.pop()
            self._close_month()
            self.month = _Month(time, time.words, named.line, find_mark(named.plain))
            self.in_block = True
            self._add_item(named, alone=False)
            self._mark_lines(passage, LineUse.MONTH_HEAD)
            return True
        if not (self.in_block and self.month and self.month.items):
            return False
        last = self.month.items[-1]
        value = passage.text[start:].strip(" 。;；")
        if name.startswith(("负责", "责任", "牵头", "承办", "主办")):
            self.month.items[-1] = replace(last, activity=replace(last.activity, owner=value))
        elif name.startswith(("参加", "对象")):
            self.month.items[-1] = replace(last, activity=replace(last.activity, audience=value))
        else:
            self.month.items[-1] = add_note(last, passage.text)
        self._mark_lines(passage, LineUse.ACTIVITY)
        return True

    def _close_month(self) -> None:
        month, self.month, self.in_block = self.month, None, False
        if month is None:
            return
        if not month.items:
            if self.fates.get(month.line, Fate(LineUse.MONTH_HEAD)).use is LineUse.MONTH_HEAD:
                self.fates[month.line] = Fate(LineUse.IGNORED, IgnoredReason.EMPTY_MONTH)
            return
        runs: list[tuple[Time, list[Dated]]] = []
        for item in month.items:
            time = item.time if item.time and item.time.months else month.time
            if runs and runs[-1][0].months == time.months and runs[-1][0].half_year == time.half_year:
                runs[-1][1].append(item)
            else:
                runs.append((time, [item]))
        for time, items in runs:
            activities = tuple(_with_days(item.activity, time, only=len(items) == 1) for item in items)
            self.entries.append(ScheduleEntry(time.months, activities, time.half_year, month.line, month.head))

    def _mark_lines(self, passage: Passage, use: LineUse, reason: IgnoredReason | None = None) -> None:
        for line in passage.lines:
            if line not in self.fates or use is LineUse.MONTH_HEAD:
                self.fates[line] = Fate(use, reason)


def _same_level(mark: Mark, other: Mark | None) -> bool:
    """Whether two lines are numbered alike; signs are alike only when they are the same sign."""
    if other is None or mark.style is not other.style:
        return False
    return mark.style is not Style.BULLET or mark.printed == other.printed


def _is_deeper(mark: Mark, other: Mark) -> bool:
    """Whether ``mark`` stands on a lower level than ``other``: 1、 under 一、, (1) under 1、."""
    if mark.style not in _DEPTH or other.style not in _DEPTH:
        return False
    return _DEPTH.index(mark.style) > _DEPTH.index(other.style)


def _with_owner(items: list[Dated], owner: str) -> list[Dated]:
    """The activities of a row with who is in charge of them, where their own words do not say."""
    return [replace(item, activity=replace(item.activity, owner=item.activity.owner or owner)) for item in items]


def _with_days(activity: ActivityDraft, time: Time, *, only: bool) -> ActivityDraft:
    """The days of its head go to an activity that names none and stands alone under it."""
    if activity.day_from is None and time.day_from and only:
        activity = replace(activity, day_from=time.day_from, day_to=time.day_to)
    return date_activity(activity, f"{time.words}{activity.title}")


def _budget_fen(words: str) -> int | None:
    found = re.search(r"(\d+(?:\.\d{1,2})?)\s*(万)?", words.replace(",", ""))
    if not found:
        return None
    yuan, _, cents = found.group(1).partition(".")
    return (int(yuan) * 100 + int(cents.ljust(2, "0") or 0)) * (10_000 if found.group(2) else 1)
