"""The words of one item -> activities: split where each part can be ticked off on its own, without month words, owners and full stops."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from unionboard.reading.clauses import split_clauses, split_outside
from unionboard.reading.draft import ActivityDraft
from unionboard.reading.fields import Field, Label, read_budget_fen
from unionboard.reading.lines import Passage
from unionboard.reading.marks import is_verb, starts_with_verb
from unionboard.reading.months import find_dates, find_time, is_bound
from unionboard.reading.peel import BRACKET_TAIL, PUNCTUATION, Dated, is_name, peel_activity
from unionboard.reading.rows import wide_spans

_SENTENCE_END = "。;!"
_NOTE = re.compile(
    r"^(?:名额|限报|投稿|报名|[甲乙丙丁]组|第[一二三]阶段|由.{2,12}(?:承办|主办|协办|负责)$|每.{1,6}限|每队|每组|组别|具体|分组|赛制|要求|说明|备注|注|地点|时间|参加(?:人员|对象)|对象|奖项|奖品|录取|入场|其中|另|内容|形式|主题|目的|规则|办法|每组|每队|每人|\(|(?:\d+岁|.{1,12}为.{1,3}组))"
)
_ONLY_HELD = re.compile(r"^(?:前|分批|全部)*(?:完成|结束|进行|举行|开展|举办|实施|召开)[。;]?$")
_COUNT = re.compile(r"\d{1,6}\s?(?:余|多)?\s?[户份人名次元件篇场册个]")
_CONTENT = re.compile(r"布置|部署|研究|审议|讨论|听取|传达|通报|总结|展现|推荐|推选两|提高|丰富|营造|增强|推进|促进")
_YEAR = re.compile(r"(20\d\d)\s*年")


def is_note(plain: str) -> bool:
    """Whether words explain the item before them (赛制, 地点, 具体分组, a bracket) and are nothing to tick off."""
    return bool(_NOTE.match(plain))


def read_activities(
    passage: Passage, *, numbered: bool, alone: bool = False, spaced: bool = False, as_written: bool = False
) -> Iterator[Dated]:
    """The activities an item names, in order.

    ``numbered``: the item has a number of its own, so a further sentence is another activity only when it begins with a verb, else a note.
    ``spaced``: the month before the words is set off by a blank, so blanks set off the activities too.
    ``alone``: the passage is all that stands under its month; then clauses that all begin with a verb are activities of their own.
    ``as_written``: one of several lines without numbers under a month, where whoever wrote them made each line an activity.
    """
    sentences = [_split_at_months(sentence) for sentence in split_outside(passage, _SENTENCE_END)]
    parts = [part for sentence in sentences for part in sentence]
    dated = {id(part) for sentence in sentences for part in sentence[1:]}
    if len(parts) == 1 and not numbered:
        clauses = split_outside(parts[0], ",")
        wide = [parts[0].part(*span) for span in wide_spans(parts[0].plain)]
        if alone and len(clauses) > 1 and all(map(_stands_alone, [clause.plain for clause in clauses], [True] + [False] * len(clauses))):
            parts = clauses
        elif len(wide) > 1 and all(len(part.plain) >= 2 for part in wide):
            yield from _read_columns(wide)
            return
        elif spaced and "@" not in parts[0].plain:
            words = [parts[0].part(*found.span()) for found in re.finditer(r"\S+", parts[0].plain)]
            parts = words if all(len(word.plain) >= 2 and not is_verb(word.plain) for word in words) else parts
    pieces = [[part] if as_written else split_clauses(part) for part in parts]
    later = {id(piece) for split in pieces for piece in split[1:]}
    last: Dated | None = None
    for part in (piece for split in pieces for piece in split):
        bracket_only = part.plain[0] == "(" and part.plain.rstrip(PUNCTUATION).endswith(")")
        if last and (
            bracket_only
            or is_note(part.plain)
            or (numbered and not starts_with_verb(part.plain) and not _own_month(part.plain) and id(part) not in dated | later)
        ):
            last = _with_bracket(last, part) if bracket_only else _with_note(last, part.text.strip(PUNCTUATION))
            continue
        if last:
            yield last
        time = last.time if last and id(part) in later else None
        last = peel_activity(part)
        if last and last.time is None:
            last = replace(last, time=time)
    if last:
        yield last


def _read_columns(cells: list[Passage]) -> Iterator[Dated]:
    """Words set apart by wide blanks: activities, and behind one of them who is in charge of it."""
    last: Dated | None = None
    for cell in cells:
        if last and is_name(cell.plain):
            last = replace(last, activity=replace(last.activity, owner=cell.text))
            continue
        if last:
            yield last
        last = peel_activity(cell)
    if last:
        yield last


def _own_month(plain: str) -> bool:
    time = find_time(plain)
    return bool(time and time.months and "月" in time.words and not is_bound(plain[time.end :]))


def _split_at_months(passage: Passage) -> list[Passage]:
    """4月征集建议，11月兑现奖励: a clause with a month of its own is an activity of its own, as is one behind a month in brackets."""
    clauses = split_outside(passage, ",")
    if len(clauses) < 2:
        return [passage]
    starts = [
        position
        for position, (before, clause) in enumerate(pairwise(clauses), 1)
        if len(clause.plain) >= 6 and (_begins_activity(clause.plain) or _ends_in_month(before.plain))
    ]
    if not starts:
        return [passage]
    offsets = [passage.plain.index(clauses[position].plain) for position in starts]
    edges = [0, *offsets, len(passage.plain)]
    return [passage.part(start, end) for start, end in pairwise(edges) if end > start]


def _begins_activity(clause: str) -> bool:
    time = find_time(clause)
    rest = clause[time.end :].strip() if time else ""
    return _own_month(clause) and len(rest) >= 3 and not _ONLY_HELD.match(rest)


def _ends_in_month(clause: str) -> bool:
    tail = BRACKET_TAIL.search(clause)
    return bool(tail and _own_month(tail.group("inside")))


def _stands_alone(clause: str, is_first: bool = True) -> bool:
    """Whether a clause can be ticked off on its own: it begins with a verb and neither counts (发放资料200份) nor tells of a meeting."""
    return len(clause) >= 4 and starts_with_verb(clause) and not _COUNT.search(clause) and (is_first or not _CONTENT.match(clause))


def _with_note(dated: Dated, note: str) -> Dated:
    joined = "；".join(filter(None, (dated.activity.note, note)))
    return replace(dated, activity=replace(dated.activity, note=joined))


def add_note(dated: Dated, note: str) -> Dated:
    """The activity with a further line of explanation."""
    return _with_note(dated, note.strip(PUNCTUATION))


def add_field(dated: Dated, field: Field) -> Dated:
    """The activity with what a labelled field says: its time, who is in charge, for whom, the money, or a note."""
    words = field.value.text
    activity = dated.activity
    match field.label:
        case Label.TIME:
            time = find_time(field.value.plain)
            if time is None or not (time.months or time.half_year):
                return _with_note(dated, words)
            return replace(dated, activity=replace(activity, day_from=time.day_from, day_to=time.day_to), time=time)
        case Label.OWNER:
            return replace(dated, activity=replace(activity, owner="、".join(filter(None, (activity.owner, words)))))
        case Label.AUDIENCE:
            return replace(dated, activity=replace(activity, audience=words))
        case Label.BUDGET if (fen := read_budget_fen(words)) is not None:
            return replace(dated, activity=replace(activity, budget_fen=fen))
        case _:
            return _with_note(dated, f"{field.name}：{words}")


def _with_bracket(dated: Dated, part: Passage) -> Dated:
    """A bracket after the full stop, 举办乒乓球赛。(5月12日-28日): a date belongs to the activity, anything else is a note."""
    dates = find_dates(part.plain)
    if not dates:
        return _with_note(dated, part.text.strip(PUNCTUATION + "()（）"))
    activity = replace(dated.activity, title=f"{dated.activity.title}{part.text.rstrip(PUNCTUATION)}", day_from=dates[0], day_to=dates[-1])
    return replace(dated, activity=activity)


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
