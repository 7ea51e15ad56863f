"""The words of one item -> activities: split where each part can be ticked off on its own, without month words, owners and full stops."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from unionboard.reading.areas import classify
from unionboard.reading.draft import ActivityDraft
from unionboard.reading.lines import Passage
from unionboard.reading.marks import find_mark, is_verb, starts_with_verb
from unionboard.reading.months import MONTH_NUMBER, Time, find_dates, find_time, is_bound

_SENTENCE_END = "。;!"
_OPENING, _CLOSING = "(《“「『[", ")》”」』]"
_NOTE = re.compile(
    r"^(?:具体|分组|赛制|要求|说明|备注|注|地点|时间|参加(?:人员|对象)|对象|奖项|奖品|录取|入场|其中|另|内容|形式|主题|目的|规则|办法|每组|每队|每人|\(|(?:\d+岁|.{1,12}为.{1,3}组))"
)
_FIELD = re.compile(
    r"^(?:活动)?(?P<name>时间|地点|场地|负责人|责任人|责任部门|牵头人?|承办|主办|参加(?:人员|对象)|对象|内容|形式|要求|备注|说明)"
    r"\s*:\s*"
)
_OWNER = re.compile(
    r"[,，;；\s]*(?:负责人?|责任人?|牵头人?|承办人?|主办|协办|责任部门)\s*[:：]\s*(?P<owner>[^;；,，。)）]+)"
    r"|(?P<who>[^\s,，:：]{2,12})(?:负责|牵头|承办|主办)$"
)
_TAIL = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]{1,40})[)\]]\s*[。;,.!]*\s*$")
_DASH_TAIL = re.compile(
    rf"(?:\s+|-{{1,4}}|…+|\.{{3,}})\s*(?P<time>(?:20\d\d年)?\s*{MONTH_NUMBER}[\s\d一二三四五六七八九十月份至、,-]{{0,16}}月?份?(?<=[月份])"
    r"(?:[上中下]旬|初|底)?)\s*[。;.]*\s*$"
)
_OWNER_TAIL = re.compile(r"[,;\s]+(?:负责人?|责任人?|牵头人?|承办人?|责任部门|负责部门)\s*:?\s*(?P<owner>[^\s:,;。]{2,12})[。;,.]*$")
_AUDIENCE = re.compile(r"以.{1,8}为单位|必须|人人|自愿|每[人组队]|(?:全体|各).{0,10}参[加与]|参加|参与|另行|暂定|待定|视情况|根据")
_COUNT = re.compile(r"\d{1,6}\s?(?:余|多)?\s?[户份人名次元件篇场册个]")
_INLINE_FIELD = re.compile(r"\s+(?:活动)?(?P<name>时间|地点|场地|负责人|责任人|责任部门|参加(?:人员|对象)?|对象|形式|要求|备注)\s*:\s*")
_TIME_LABEL = re.compile(r"(?:活动)?时间\s*:?\s*")
_HOLIDAY_ONLY = re.compile(r"^(?:放?(?:寒|暑)\s*假|放\s*假|假\s*期|无|略|-+|/)$")
_YEAR = re.compile(r"(20\d\d)\s*年")
_PUNCTUATION = " \t。;；,，、:：.!！?？-—–\u3000"


@dataclass(frozen=True, slots=True)
class Dated:
    """An activity and, when its own words name them, the months that go before those of its head."""

    activity: ActivityDraft
    time: Time | None = None


def is_note(plain: str) -> bool:
    """Whether words explain the item before them (赛制, 地点, 具体分组, a bracket) and are nothing to tick off."""
    return bool(_NOTE.match(plain))


def field_name(plain: str) -> tuple[str, int] | None:
    """The label a line begins with (时间:, 地点:, 负责人:) and where its value starts."""
    found = _FIELD.match(plain)
    return (found.group("name"), found.end()) if found else None


def split_outside(passage: Passage, separators: str) -> list[Passage]:
    """The parts between separators that stand outside brackets and quotation marks, without empty ones."""
    parts, start, depth = [], 0, 0
    for position, character in enumerate(passage.plain):
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif character in separators and depth == 0:
            parts.append(passage.part(start, position))
            start = position + 1
    parts.append(passage.part(start))
    return [part for part in parts if part.plain.strip(_PUNCTUATION)]


def read_activities(passage: Passage, *, numbered: bool, alone: bool = False, spaced: bool = False) -> Iterator[Dated]:
    """The activities an item names, in order.

    ``numbered``: the item has a number of its own, so a further sentence is another activity only when it begins with a verb, else a note.
    ``spaced``: the month before the words is set off by a blank, so blanks set off the activities too.
    ``alone``: the passage is all that stands under its month; then clauses that all begin with a verb are activities of their own.
    """
    parts = split_outside(passage, _SENTENCE_END)
    if len(parts) == 1 and not numbered:
        clauses = split_outside(parts[0], ",")
        wide = [parts[0].part(*span) for span in _wide_spans(parts[0].plain)]
        if alone and len(clauses) > 1 and all(_stands_alone(clause.plain) for clause in clauses):
            parts = clauses
        elif len(wide) > 1 and all(len(part.plain) >= 2 for part in wide):
            parts = wide
        elif spaced:
            words = [parts[0].part(*found.span()) for found in re.finditer(r"\S+", parts[0].plain)]
            parts = words if all(len(word.plain) >= 2 and not is_verb(word.plain) for word in words) else parts
    last: Dated | None = None
    for part in parts:
        bracket_only = part.plain[0] == "(" and part.plain.rstrip(_PUNCTUATION).endswith(")")
        if last and (bracket_only or is_note(part.plain) or (numbered and not starts_with_verb(part.plain))):
            last = _with_bracket(last, part) if bracket_only else _with_note(last, part.text.strip(_PUNCTUATION))
            continue
        if last:
            yield last
        last = _read_one(part)
    if last:
        yield last


def _stands_alone(clause: str) -> bool:
    """Whether a clause can be ticked off on its own: it begins with a verb and is no measure of the one before (发放资料200份)."""
    return len(clause) >= 4 and starts_with_verb(clause) and not _COUNT.search(clause)


def _wide_spans(plain: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(r"\S(?:.*?\S)??(?=\s{2,}|$)", plain)]


def _with_note(dated: Dated, note: str) -> Dated:
    joined = "；".join(filter(None, (dated.activity.note, note)))
    return replace(dated, activity=replace(dated.activity, note=joined))


def add_note(dated: Dated, note: str) -> Dated:
    """The activity with a further line of explanation."""
    return _with_note(dated, note.strip(_PUNCTUATION))


def _with_bracket(dated: Dated, part: Passage) -> Dated:
    """A bracket after the full stop, 举办乒乓球赛。(5月12日-28日): a date belongs to the activity, anything else is a note."""
    dates = find_dates(part.plain)
    if not dates:
        return _with_note(dated, part.text.strip(_PUNCTUATION + "()（）"))
    activity = replace(dated.activity, title=f"{dated.activity.title}{part.text.rstrip(_PUNCTUATION)}", day_from=dates[0], day_to=dates[-1])
    return replace(dated, activity=activity)


def _read_one(passage: Passage) -> Dated | None:
    """One activity: what its words say beside its name is taken off them, the month at either end, fields, brackets, who is in charge."""
    peel = _Peel(passage)
    peel.take_month_before()
    peel.take_bracket()
    peel.take_fields()
    peel.take_owner()
    peel.take_month_behind()
    return peel.activity()


class _Peel:
    """The words of an item and what was taken off them so far."""

    def __init__(self, passage: Passage) -> None:
        mark = find_mark(passage.plain)
        self.words = passage.part(mark.end) if mark else passage
        self.time: Time | None = None
        self.owner = ""
        self.notes: list[str] = []

    def take_month_before(self) -> None:
        plain = self.words.plain
        time = find_time(plain)
        if time is None or not time.months or is_bound(plain[time.end :]):
            return
        # 年终总结 and 暑期活动 are names: only a month is taken off the words, or a season that a comma or colon sets off
        if "月" in time.words or "季度" in time.words or plain[time.end : time.end + 1] in (",", ":"):
            self.time = time
            rest = plain[time.end :]
            self.words = self.words.part(len(plain) - len(rest.lstrip(_PUNCTUATION)))

    def take_fields(self) -> None:
        """羽毛球赛 时间:4月 地点:体育馆."""
        found = list(_INLINE_FIELD.finditer(self.words.plain))
        if not found or found[0].start() < 2:
            return
        ends = [*(label.start() for label in found), len(self.words.plain)][1:]
        for label, end in zip(found, ends, strict=True):
            name, value = label.group("name"), self.words.part(label.end(), end)
            if name == "时间":
                self.time = self.time or find_time(value.plain)
            elif name.startswith(("负责", "责任")):
                self.owner = value.text
            else:
                self.notes.append(f"{name}：{value.text}")
        self.words = self.words.part(0, found[0].start())

    def take_bracket(self) -> None:
        """(负责人:李老师), (3月), (以小组为单位，人人参加); a bracket that names a day stays with the name."""
        tail = _TAIL.search(self.words.plain)
        if not tail or tail.start() < 2 or find_dates(tail.group("inside")):
            return
        inside = self.words.text[tail.start("inside") : tail.end("inside")]
        who = _OWNER.search(inside)
        label = _TIME_LABEL.match(tail.group("inside"))
        begin = label.end() if label else 0
        when = find_time(tail.group("inside")[begin:])
        when = when if when and when.months else None
        if not (who or when or _AUDIENCE.search(tail.group("inside"))):
            return
        self.time = self.time or when
        if who:
            self.owner = (who.group("owner") or who.group("who")).strip()
        else:
            self.notes += [words for words in [inside[begin + when.end if when else 0 :].strip(_PUNCTUATION)] if words]
        self.words = self.words.part(0, tail.start())

    def take_owner(self) -> None:
        """体检，负责人王老师."""
        named = _OWNER_TAIL.search(self.words.plain)
        if named and not self.owner and named.start() > 1:
            self.owner = self.words.text[named.start("owner") : named.end("owner")]
            self.words = self.words.part(0, named.start())

    def take_month_behind(self) -> None:
        """羽毛球赛——9月."""
        tail = _DASH_TAIL.search(self.words.plain)
        when = find_time(tail.group("time").strip()) if tail and tail.start() >= 2 and self.time is None else None
        if tail and when and when.months:
            self.time, self.words = when, self.words.part(0, tail.start())

    def activity(self) -> Dated | None:
        """None when nothing is left that could be done: a holiday, a dash."""
        title = self.words.text.strip(_PUNCTUATION)
        if len(title) < 2 or _HOLIDAY_ONLY.match(title):
            return None
        own = [day for day in (self.time.day_from, self.time.day_to) if day] if self.time else []
        days = own or find_dates(self.words.plain)
        area, second = classify(title)
        first, last = (days[0], days[-1]) if days else (None, None)
        activity = ActivityDraft(
            title, self.words.line, area, second, day_from=first, day_to=last, owner=self.owner, note="；".join(self.notes)
        )
        return Dated(activity, self.time)


def date_activity(activity: ActivityDraft, words: str) -> ActivityDraft:
    """The activity with real dates, when ``words`` name the year beside the day."""
    year = _YEAR.search(words)
    if not (year and activity.day_from):
        return activity
    try:
        first = date(int(year.group(1)), *activity.day_from)
        last = date(int(year.group(1)), *(activity.day_to or activity.day_from))
    except ValueError:
        return activity
    return replace(activity, starts_on=first, ends_on=last)
