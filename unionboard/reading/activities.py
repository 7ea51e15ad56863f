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
    rf"(?:\s+|-{{1,4}}|…+|\.{{3,}})\s*(?P<time>(?:20\d\d年)?\s*{MONTH_NUMBER}[\s\d一二三四五六七八九十月份至、,-]*月?份?(?<=[月份])"
    r"(?:[上中下]旬|初|底)?)\s*[。;.]*\s*$"
)
_OWNER_TAIL = re.compile(r"[,;\s]+(?:负责人?|责任人?|牵头人?|承办人?|责任部门|负责部门)\s*:?\s*(?P<owner>[^\s:,;。]{2,12})[。;,.]*$")
_AUDIENCE = re.compile(r"以.{1,8}为单位|必须|人人|自愿|每[人组队]|(?:全体|各).{0,10}参[加与]|参加|参与|另行|暂定|待定|视情况|根据")
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
        if alone and len(clauses) > 1 and all(starts_with_verb(clause.plain) and len(clause.plain) >= 4 for clause in clauses):
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
    mark = find_mark(passage.plain)
    words = passage.part(mark.end) if mark else passage
    time = find_time(words.plain)
    # 年终总结 and 暑期活动 are names: only a month is taken off the words, or a season that a comma or colon sets off
    names_month = time is not None and ("月" in time.words or "季度" in time.words or words.plain[time.end : time.end + 1] in ",:")
    if time and time.months and names_month and not is_bound(words.plain[time.end :]):
        words = words.part(time.end)
        words = words.part(len(words.plain) - len(words.plain.lstrip(_PUNCTUATION)))
    else:
        time = None
    owner, note = "", ""
    tail = _TAIL.search(words.plain)
    if tail and tail.start() > 1:
        inside = words.text[tail.start("inside") : tail.end("inside")]
        who = _OWNER.search(inside)
        when = find_time(re.sub(r"^(?:活动)?时间\s*:?\s*", "", tail.group("inside")))
        if who:
            owner = (who.group("owner") or who.group("who") or "").strip()
        if when and when.months and not find_dates(tail.group("inside")):
            time = time or when
        if who is None and _AUDIENCE.search(tail.group("inside")) and not find_dates(tail.group("inside")):
            note = inside
            words = words.part(0, tail.start())
        elif who or (when and when.months and not find_dates(tail.group("inside"))):
            words = words.part(0, tail.start())
    named = _OWNER_TAIL.search(words.plain)
    if named and not owner and named.start() > 1:
        owner = words.text[named.start("owner") : named.end("owner")]
        words = words.part(0, named.start())
    dash = _DASH_TAIL.search(words.plain)
    if dash and dash.start() >= 2 and time is None:
        when = find_time(dash.group("time").strip())
        if when and when.months:
            time, words = when, words.part(0, dash.start())
    title = words.text.strip(_PUNCTUATION)
    if not title or _HOLIDAY_ONLY.match(title) or len(title) < 2:
        return None
    dates = find_dates(words.plain) or ([time.day_from] if time and time.day_from else [])
    last = dates[-1] if dates else None
    if time and time.day_to:
        last = time.day_to
    area, second = classify(title)
    return Dated(
        ActivityDraft(title, passage.line, area, second, day_from=dates[0] if dates else None, day_to=last, owner=owner, note=note),
        time,
    )


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
