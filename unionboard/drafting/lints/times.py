"""Days to come, other years, congresses of another number, plans told as deeds. Source: domain notes E5.4, E5.9."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from unionboard.drafting.lints.passages import Background, Passage
from unionboard.drafting.lints.remarks import TITLE, Code, Mend, MendKind, Remark
from unionboard.drafting.phrases import Place

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|[—–-]20\d\d)")
_YEAR_EN = re.compile(r"(?<![\d¥,.])\b(20\d\d)\b(?![\d%,.]\d)")
_COMPARED = re.compile("比|较|上年|去年|同期|以来|成立|起|compared|than|since|last year|the year before")
_DAY = re.compile(r"(?:(20\d\d)年)?(1[0-2]|[1-9])月(3[01]|[12]\d|[1-9])日")
_MONTHS_EN = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_EN = re.compile(r"\b(3[01]|[12]\d|[1-9]) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?: (20\d\d))?")
_CONGRESS = re.compile(r"第?([一二三四五六七八九十]+)届第?([一二三四五六七八九十]+)次")
_QUOTED = re.compile(r"《[^》]*》|〔[^〕]*〕|“[^”]*”")
_NOT_YET = re.compile(
    "未|没|推迟|延期|取消|将|拟|计划|尚|待|列入|筹备|准备|暂缓|not|postpone|cancel|will|plan|yet|overdue|put off|next year", re.IGNORECASE
)
_PLANNED = frozenset({Place.NEXT_YEAR, Place.PROBLEMS, Place.SIGNATURE})
_VERB = re.compile("^(?:开展|举办|组织|召开|举行|参加|做好|完成|落实|进行)")
_SHORTEST_TITLE = 4


def find_wrong_times(passages: Sequence[Passage], background: Background) -> Iterator[Remark]:
    """All remarks on days, years and numbers of congresses."""
    known = {_ordinal(match) for title in background.titles for match in _CONGRESS.finditer(title)}
    before = {_ordinal(match) for sentence in background.earlier for match in _CONGRESS.finditer(sentence)}
    for passage in passages:
        yield from _congresses(passage, known, before - known)
        if passage.looks_ahead:
            continue
        for place, one in passage.own:
            text = _QUOTED.sub(lambda match: " " * len(match.group()), one.text)
            yield from _years(passage.key, place, text, one.text, background)
            yield from _days(passage.key, place, text, one.text, background)
            if passage.kind not in _PLANNED and not _NOT_YET.search(one.text):
                yield from _undone(passage.key, place, one.text, background)


def check_title(title: str, background: Background) -> Iterator[Remark]:
    """A title of another year."""
    years = [int(match[1]) for match in (_YEAR_EN if background.is_english else _YEAR).finditer(title)]
    own = range(background.starts_on.year, background.ends_on.year + 1)
    for year in years:
        if year not in own and not (year == own[-1] + 1 and len(years) > 1):  # 2026年工作总结及2027年工作思路
            mend = Mend(MendKind.REPLACE, str(own[-1]), str(year))
            yield Remark(Code.OTHER_YEAR, TITLE, words=str(year), mend=mend, text=title)


def _years(key: str, place: int, text: str, shown: str, background: Background) -> Iterator[Remark]:
    if _COMPARED.search(text):
        return
    own = range(background.starts_on.year, background.ends_on.year + 1)
    for match in (_YEAR_EN if background.is_english else _YEAR).finditer(text):
        if int(match[1]) not in own:
            mend = Mend(MendKind.REPLACE, str(own[-1]), match[1])
            yield Remark(Code.OTHER_YEAR, key, place, match[1], mend, shown)


def _days(key: str, place: int, text: str, shown: str, background: Background) -> Iterator[Remark]:
    for match in (_DAY_EN if background.is_english else _DAY).finditer(text):
        if background.is_english:
            year, month, number = match[3], 1 + _MONTHS_EN.index(match[2].lower()), int(match[1])
        else:
            year, month, number = match[1], int(match[2]), int(match[3])
        years = [int(year)] if year else range(background.starts_on.year, background.ends_on.year + 1)
        days = [day for each in years if (day := _day(each, month, number))]
        within = [day for day in days if background.starts_on <= day <= background.ends_on] or days
        if within and min(within) > background.as_of:
            yield Remark(Code.FUTURE_DAY, key, place, match.group(), Mend(MendKind.WRITE), shown)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _undone(key: str, place: int, text: str, background: Background) -> Iterator[Remark]:
    plain = _bare(text)
    for title in background.undone:
        name = _VERB.sub("", _bare(title))
        if len(name) >= _SHORTEST_TITLE and name in plain:
            yield Remark(Code.TOLD_AS_DONE, key, place, title, Mend(MendKind.DELETE), text)


def _bare(text: str) -> str:
    return re.sub(r"[“”\"'‘’\s]", "", text)


def _congresses(passage: Passage, known: set[str], before: set[str]) -> Iterator[Remark]:
    """A congress with a number that no activity of the year has, or that the year before had already."""
    right = next(iter(known)) if len(known) == 1 else ""
    for place, one in enumerate(passage.shown):
        for match in _CONGRESS.finditer(one.text):
            if _ordinal(match) in before or (known and one.is_edited and not passage.looks_ahead and _ordinal(match) not in known):
                mend = Mend(MendKind.REPLACE, right, match.group()) if right else Mend(MendKind.WRITE)
                yield Remark(Code.WRONG_CONGRESS, passage.key, place, match.group(), mend, one.text)


def _ordinal(match: re.Match[str]) -> str:
    return f"{match[1]}届{match[2]}次"
