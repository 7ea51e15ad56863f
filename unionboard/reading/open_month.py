"""The month that is open while a schedule is read: its head, the activities under it so far, and what a further line does to them."""

import re
from dataclasses import dataclass, field, replace

from unionboard.reading.activities import add_field, add_note, date_activity, is_note, read_activities
from unionboard.reading.draft import ActivityDraft, ScheduleEntry
from unionboard.reading.fields import Field, Label, read_budget_fen
from unionboard.reading.lines import Passage
from unionboard.reading.marks import Mark, Style, find_bare_number, find_mark, starts_with_verb
from unionboard.reading.months import Time
from unionboard.reading.peel import Dated, is_name

LIST_STYLES = (
    Style.DIGIT,
    Style.DECIMAL,
    Style.BRACKETED_DIGIT,
    Style.HALF_BRACKETED_DIGIT,
    Style.CIRCLED,
    Style.LETTER,
    Style.BULLET,
    Style.LOST,
)
THEME_LINE = re.compile(r"^(?:活动|本月)?主题\s*:")
_ENDS_OPEN = re.compile(r":\s*(?:\([^)]*\))?\s*$")
_DEPTH = [Style.CHINESE, Style.BRACKETED_CHINESE, Style.DIGIT, Style.BRACKETED_DIGIT, Style.HALF_BRACKETED_DIGIT, Style.CIRCLED]


@dataclass(slots=True)
class OpenMonth:
    """``third``: the third of the month whose lines are being read. ``named``: its activities stand under labels (活动名称:)."""

    time: Time
    head: str
    line: int
    mark: Mark | None
    items: list[Dated] = field(default_factory=list)
    marks: list[Mark | None] = field(default_factory=list)  # the mark of each item
    parent: Mark | None = None
    third: int | None = None
    named: bool = False

    @property
    def style(self) -> Style | None:
        """How the head is numbered."""
        return self.mark.style if self.mark else None

    def take(self, passage: Passage, *, alone: bool = False, spaced: bool = False, is_one_of_lines: bool = False) -> bool:
        """Take a line in as ``add`` does, unless it is the theme of the month, or the name of a list whose parts are the activities."""
        names_list = find_mark(passage.plain) is not None and bool(_ENDS_OPEN.search(passage.plain))  # 举办健身节:(3月10日-28日):
        is_theme = not self.items and bool(THEME_LINE.match(passage.plain))
        return self.add(passage, alone=alone, spaced=spaced, opens_list=names_list or is_theme, is_one_of_lines=is_one_of_lines)

    def add(
        self, passage: Passage, *, alone: bool = False, spaced: bool = False, opens_list: bool = False, is_one_of_lines: bool = False
    ) -> bool:
        """Take a line in: as activities, or as a note of the last one. ``opens_list``: it ends in a colon and its parts stand below.

        ``alone``, ``spaced``: see ``read_activities``; ``is_one_of_lines``: other lines stand under the month beside it.

        False when there is nothing in it.
        """
        mark = find_mark(passage.plain) or find_bare_number(passage.plain, 1 + sum(own is not None for own in self.marks))
        words = passage.part(mark.end) if mark else passage
        if not words.plain:
            return False
        last_mark = self.marks[-1] if self.marks else None
        if mark and mark.printed == "◦" and self.items and last_mark is None:
            self.note(words)
            return True
        if mark and last_mark and is_deeper(mark, self.parent or last_mark) and self.items:
            if self.parent is None:
                self.parent = last_mark
            self.note(words)
            return True
        if mark and self.parent and not is_deeper(mark, self.parent):
            self.parent = None
        follows_numbered = last_mark is not None and last_mark.style in _DEPTH and not starts_with_verb(words.plain)
        if self.items and ((mark is None and (follows_numbered or is_note(words.plain))) or self.named):
            self.note(words)
            return True
        if opens_list:
            return True
        for dated in read_activities(
            words, numbered=mark is not None, alone=alone, spaced=spaced, as_written=is_one_of_lines and mark is None
        ):
            self.items.append(dated)
            self.marks.append(mark)
            if self.third and dated.time is None and dated.activity.third is None and not dated.activity.day_from:
                self.items[-1] = replace(dated, activity=replace(dated.activity, third=self.third))
        return True

    def add_named(self, field: Field) -> None:
        """活动名称:迎新会, an activity under a label of its own."""
        self.named = False
        if self.add(field.value):
            self.named = True

    def add_field(self, field: Field) -> None:
        """时间:, 负责人:, 预算: below the last activity."""
        self.items[-1] = add_field(self.items[-1], field)

    def note(self, words: Passage) -> None:
        """More words about the last activity."""
        self.items[-1] = add_note(self.items[-1], words.text)

    def own(self, owner: str) -> None:
        """Who is in charge of the activities that do not say so themselves."""
        self.items = [replace(item, activity=replace(item.activity, owner=item.activity.owner or owner)) for item in self.items]

    def fund(self, budget_fen: int | None) -> None:
        """The money of the activities that do not name theirs."""
        self.items = [
            replace(item, activity=replace(item.activity, budget_fen=item.activity.budget_fen or budget_fen)) for item in self.items
        ]

    def add_cell(self, cell: Passage) -> None:
        """What stands in a cell beside the last activity: who is in charge, the money, or a note."""
        last = self.items[-1]
        if is_name(cell.plain):
            self.own(cell.text)
        elif re.search(r"\d\s*万?元?$", cell.plain) and (fen := read_budget_fen(cell.plain)):
            self.items[-1] = replace(last, activity=replace(last.activity, budget_fen=fen))
        else:
            self.items[-1] = add_note(last, cell.text)

    def entries(self) -> list[ScheduleEntry]:
        """Its activities, those that name other months of their own in entries of their own."""
        runs: list[tuple[Time, list[Dated]]] = []
        for item in self.items:
            time = item.time if item.time and (item.time.months or item.time.half_year) else self.time
            if runs and runs[-1][0].months == time.months and runs[-1][0].half_year == time.half_year:
                runs[-1][1].append(item)
            else:
                runs.append((time, [item]))
        return [
            ScheduleEntry(
                time.months,
                tuple(_place(item.activity, time, only=len(items) == 1) for item in items),
                time.half_year if not time.months else None,
                self.line,
                self.head,
            )
            for time, items in runs
        ]


def is_deeper(mark: Mark, other: Mark) -> bool:
    """Whether ``mark`` stands on a lower level than ``other``: 1、 under 一、, (1) under 1、."""
    if mark.style is Style.BULLET and mark.printed == "◦":
        return other.printed != "◦"
    if mark.style not in _DEPTH or other.style not in _DEPTH:
        return False
    return _DEPTH.index(mark.style) > _DEPTH.index(other.style)


def same_level(mark: Mark, other: Mark | None) -> bool:
    """Whether two lines are numbered alike; signs are alike only when they are the same sign."""
    if other is None or mark.style is not other.style:
        return False
    return mark.style is not Style.BULLET or mark.printed == other.printed


def is_time(field: Field) -> bool:
    """Whether a field says when."""
    return field.label is Label.TIME


def _place(activity: ActivityDraft, time: Time, *, only: bool) -> ActivityDraft:
    """The days of its head go to an activity that names none and stands alone under it, the third of the month to all."""
    if activity.day_from is None and time.day_from and only:
        activity = replace(activity, day_from=time.day_from, day_to=time.day_to)
    if activity.third is None and time.third and activity.day_from is None:
        activity = replace(activity, third=time.third)
    if activity.day_from or len(time.months) != 1:
        activity = replace(activity, third=None)
    return date_activity(activity, f"{time.words}{activity.title}")
