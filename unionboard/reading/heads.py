"""Which lines of a document open a month of its schedule, and which only name a month in passing."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from unionboard.reading.lines import Passage
from unionboard.reading.marks import Mark, Style, find_inline_marks, find_mark, starts_with_verb
from unionboard.reading.months import MONTH_NUMBER, YEAR, Time, find_feast, find_term, find_time, is_bound, place_in_term
from unionboard.reading.rows import has_cells

_INTRODUCER = re.compile(
    r"^(?:[^,。;:]{0,14}?)(?:月份?|逐月|全年|年度|学期|活动|工作|时间|日程|具体|主要|进度)[^,。;:]{0,8}(?:安排|计划|日程|行事历|一览)(?:表|如下)?\s*:?$"
    r"|^(?:日程|行事历|时间|活动|进度)(?:表|安排)?\s*:?$"
)
_DONE = re.compile(r"[开办行加成订织立看问]展?了(?!解)|人次|圆满(?:完成|结束)|已(?:经|完成|于)")
_FEASTS = 3  # solar terms and festivals that make a schedule without months
_HEADED = (Style.CHINESE, Style.BRACKETED_CHINESE, Style.DIGIT)
_ACTIVITY = 24  # characters of a heading that names an activity, and of a line that may be one
_PROSE = 150  # characters: a longer line that begins with a month tells, it does not head a month
_ADDITION = re.compile(
    r"\s*(?:之?前|以前|前后|左右|期间)?(?=\s*[:,]|$|\s*\()"
    r"(?:\s*\((?![^)]*(?:负责|牵头|责任))[^()]{1,30}\)\s*(?=[:\n]|$))?"
    r"|\s*(?:的?(?:主要|重点|具体)?(?:工会)?(?:工作|活动)?(?:安排|重点|内容|计划|工作|活动)?(?=\s*(?:[:;]|$)))"
)
_INLINE_HEAD = re.compile(
    rf"(?:^|(?<=[。;:!]))\s*(?=(?:在|到)?{YEAR}\s*(?:{MONTH_NUMBER}\s*[至到、-]\s*)?{MONTH_NUMBER}月份?(?P<set>\s*(?:[上中下]旬|初|底)?\s*[:,])?(?!\d|[一二三四五六七八九十]))"
)
_ARROW = re.compile(rf"(?:[→➔⇒]\s*|(?<!\s)\s{{3,}})(?={YEAR}{MONTH_NUMBER}月份?(?:\s|:))")
_LEAD_IN = re.compile(r"(?:在|到了?|进入)(?=\S)|(?:另外|此外|还有|接着)\s*,?\s*|月\s*份\s*:\s*")
_FRAME_END = re.compile(r"\s*[】\])]\s*:?\s*")
_PHASE = re.compile(
    r"^(?P<name>.{0,10}?(?:阶段|时期|季度?|学期|假期|收尾|启动|筹备|节|元旦|除夕|元宵|清明|端午|中秋|国庆|圣诞|年[初末终])(?:期间|前后|前夕)?)"
    r"\s*(?:\(\s*(?P<time>[^()]{2,20})\)|:\s*(?P<behind>[^()。]{2,16}))\s*:?\s*$"
)
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = re.compile(rf"({'|'.join(_ENGLISH_MONTHS)})(?:[a-z]{{0,6}}\.?)(?![a-z])\s*/?\s*", re.IGNORECASE)
_FEAST = re.compile(
    r"“?(?P<name>[\u4e00-\u9fff]{2,6})”?\s*(?:\([^()]{2,12}\))?\s*(?::\s*|$)"
    r"|(?P<month>1[0-2]|0?[1-9])\.(?P<day>[12]\d|3[01]|0?[1-9])\s*(?:\([^()]{2,10}\))?\s*$"
)
_NUMERIC = re.compile(r"20\d\d\s*[./-]\s*(1[0-2]|0?[1-9])(?:\s*[:、]\s*|\s+(?=[\u4e00-\u9fff“《])|\s*$)")  # 2026.03
_PHASE_LIMIT = 60  # characters of a line that names a phase or a festival
_BRACKET = re.compile(r"\s*\(([^()]{2,16})\)")
_SET_OFF = re.compile(r"\s*(?:[:;]|$)")
_LOOSE = re.compile(r"\s*[、.,|-]+\s*|\s+")
_PERIOD_NAMES = ("季度", "年初", "年底", "年末", "年终", "假", "期", "间", "中", "里", "初", "末")


@dataclass(frozen=True, slots=True)
class Head:
    """A line that opens a month: its time, whether a colon or the line's end sets it off, the mark before it, where the rest begins."""

    time: Time
    is_set_off: bool
    rest: int
    mark: Mark | None = None
    is_feast: bool = False  # 清明, 教师节: a head only where no months are
    names_part: bool = False  # 上半年, 启动阶段, 春节: a part of the year that is more than a month's number

    @property
    def style(self) -> Style | None:
        """How the head is numbered, None when it is not."""
        return self.mark.style if self.mark else None


@lru_cache(maxsize=4096)
def find_head(plain: str, *, lists: bool = True) -> Head | None:
    """The month head a folded line opens with, None for a date in prose (3月17日中午), a frequency (一月一次) or an ordinal (三届七次)."""
    named = _find_named(plain)
    if named:
        return named
    time, offset, mark = _find_time(plain, lists=lists)
    if time is None:
        return _find_framed(plain) or _find_phase(plain, None)
    rest = plain[offset + time.end :]
    time = _narrowed(time, rest)
    head = _set_off(time, rest, offset, mark) or _loose(time, rest, offset, mark)
    is_signature = time.day_from and not rest.strip() and "年" in time.words  # 2014年2月18日 alone on its line
    return None if is_signature else head


def _find_named(plain: str) -> Head | None:
    """A head whose months have another name: 三、启动阶段(1-3月), March, 教师节:."""
    mark = find_mark(plain)
    if mark and (phase := _find_phase(plain, mark)):
        return phase
    if numeric := _NUMERIC.match(plain):
        return Head(Time((int(numeric.group(1)),), numeric.end(), words=numeric.group().strip(" :、")), True, numeric.end())
    if plain[:1].isascii() and (english := _ENGLISH.match(plain)):
        return _find_english(plain, english)
    return _find_feast(plain) if len(plain) <= _PHASE_LIMIT else None


def _find_time(plain: str, *, lists: bool) -> tuple[Time | None, int, Mark | None]:
    """The time a line opens with, where it stands, and the mark before it."""
    if time := find_time(plain, lists=lists):
        return time, 0, None
    lead = _LEAD_IN.match(plain)
    if lead and (time := find_time(plain[lead.end() :])):
        return time, lead.end(), None
    mark = find_mark(plain)
    if mark is None or mark.style in (Style.APPENDIX, Style.TABLE):
        return None, 0, None
    return find_time(plain[mark.end :]), mark.end, mark


def _set_off(time: Time, rest: str, offset: int, mark: Mark | None) -> Head | None:
    """三月:, 五月份工作安排:, or a month alone on its line."""
    addition = _ADDITION.match(rest)
    behind = addition.end() if addition else 0
    set_off = _SET_OFF.match(rest[behind:])
    if not set_off:
        return None
    names_part = bool(time.half_year) or "半年" in time.words
    return Head(time, True, offset + time.end + behind + set_off.end(), mark, names_part=names_part)


def _loose(time: Time, rest: str, offset: int, mark: Mark | None) -> Head | None:
    """三月召开…, 3月8日 健步走: nothing but a blank or a comma sets the month off."""
    loose = _LOOSE.match(rest)
    if time.day_from and not time.is_week and not loose:
        return None
    if is_bound(rest) or time.half_year or time.point or (not time.months and not time.is_week):
        return None
    if time.words.endswith(_PERIOD_NAMES) and "月" not in time.words and not loose:
        return None
    if time.day_from and loose and loose.group().strip() == ",":
        return None  # 9月9日,全县会议召开: a report
    return Head(time, False, offset + time.end + (loose.end() if loose else 0), mark)


def _narrowed(time: Time, rest: str) -> Time:
    """开学初(2-3月), 第二季度(4-5月): the months in the bracket say more than the words before it."""
    bracket = _BRACKET.match(rest)
    narrower = find_time(bracket.group(1)) if bracket and "月" not in time.words else None
    if bracket is None or narrower is None or not narrower.months or narrower.end < len(bracket.group(1)):
        return time
    return replace(time, months=narrower.months, half_year=None, point="", third=narrower.third)


def _find_english(plain: str, english: re.Match[str]) -> Head | None:
    """Jan. 一月, March: a month in English, the Chinese one behind it or not."""
    month = _ENGLISH_MONTHS.index(english.group(1)[:3].lower()) + 1
    same = find_time(plain[english.end() :])
    end = english.end() + (same.end if same and same.months == (month,) else 0)
    rest = _SET_OFF.match(plain[end:])
    loose = _LOOSE.match(plain[end:])
    if not rest and not loose and end == english.end():
        return None
    return Head(Time((month,), end, words=plain[:end].strip()), bool(rest), end + (rest.end() if rest else loose.end() if loose else 0))


def _find_feast(plain: str) -> Head | None:
    """清明 or 立春(2月4日) alone on a line, 教师节:…, and a bare day: 3.12, 9.10(教师节)."""
    found = _FEAST.match(plain)
    if not found:
        return None
    if found.group("month"):
        day = (int(found.group("month")), int(found.group("day")))
        return Head(Time((day[0],), found.end(), None, day, day, found.group().strip()), False, found.end(), is_feast=True)
    month = find_feast(found.group("name"))
    if month is None:
        return None
    return Head(Time((month,), found.end(), words=found.group().strip(": ")), True, found.end(), is_feast=True)


def _find_framed(plain: str) -> Head | None:
    """【三月】 or (三月) before the activities of the month."""
    time = find_time(plain[1:]) if plain[:1] in ("【", "[", "(", "《", "“", "<") else None
    close = _FRAME_END.match(plain, 1 + time.end) if time else None
    if time is None or close is None or time.day_from or not (time.months or time.half_year):
        return None
    return Head(time, True, close.end())


def _find_phase(plain: str, mark: Mark | None) -> Head | None:
    """启动阶段(1-3月): a phase with its months behind it."""
    if not ("(" in plain or ":" in plain) or len(plain) > _PHASE_LIMIT:
        return None
    found = _PHASE.match(plain[mark.end :] if mark else plain)
    words = (found.group("time") or found.group("behind")) if found else ""
    time = find_time(words)
    if found is None or time is None or not time.months or time.end < len(words.rstrip()):
        return None
    if mark is None and time.day_from:
        return None  # 妇女节(3月8日) without a number is an activity
    return Head(time, True, len(plain), mark, names_part=True)


def split_marked_parts(passage: Passage) -> list[Passage]:
    """A line that holds several numbered parts (①…；②… or 1、…。2、…。) or several months as its parts."""
    if has_cells(passage):
        return [passage]
    cuts = sorted({0, *find_inline_marks(passage.plain), *find_inline_heads(passage.plain), len(passage.plain)})
    if len(cuts) == 2:
        return [passage]
    parts = [passage.part(start, end) for start, end in pairwise(cuts)]
    return [part for part in parts if part.plain]


def find_inline_heads(plain: str) -> list[int]:
    """Where months begin inside a line that tells several of them: 一月:…。三月:… ; empty when there are fewer than two.

    Months that nothing sets off (一月份走访…。二月份举办…。) are heads when there are three of them.
    """
    if "月" not in plain:
        return []
    found = list(_INLINE_HEAD.finditer(plain))
    set_off = [match.end() for match in found if match.group("set")]
    arrows = [match.end() for match in _ARROW.finditer(plain)]
    if arrows:
        return arrows
    if len(found) >= 3 and not _DONE.search(plain):
        return [match.end() for match in found]
    return set_off if len(set_off) >= 2 else []


def is_introducer(plain: str) -> bool:
    """活动安排:, 附:月份工作安排, 四、主要活动安排: the words before a schedule."""
    mark = find_mark(plain)
    words = (plain[mark.end :] if mark else plain).strip("【】[]《》")
    return len(words) <= 24 and bool(_INTRODUCER.match(words)) and not starts_with_verb(words)


def find_schedule_heads(passages: Sequence[Passage], *, title: str = "") -> list[Head | None]:
    """For each passage the month head it is, None for all others. ``title`` says which term a plan is for.

    Month heads of one number style are a schedule when there are three of them, when two are set off by a colon (one is enough without a
    number), or when one follows the introducer of a schedule. Numbered lines that name a month are heads only where no line without a
    number is.
    """
    lists = not _counts_months(passages)
    heads = [_find_head(passage, lists=lists) for passage in passages]
    term = find_term(title, (month for head in heads if head for month in head.time.months))
    if sum(bool(head and not head.is_feast) for head in heads) >= 2 or sum(bool(head) for head in heads) < _FEASTS:
        heads = [head if head and not head.is_feast else None for head in heads]
    styles = _accepted_styles(passages, heads)
    return [
        replace(head, time=place_in_term(head.time, term))
        if head and head.style in styles and not _tells_of_heading(passages, heads, position)
        else None
        for position, head in enumerate(heads)
    ]


def _tells_of_heading(passages: Sequence[Passage], heads: Sequence[Head | None], position: int) -> bool:
    """三、迎新活动 above one paragraph that begins 9月份,…: the heading names what is done, the paragraph only says when and why."""
    head, passage = heads[position], passages[position]
    if head is None or head.mark or head.is_set_off or position == 0 or len(passage.plain) <= _ACTIVITY:
        return False
    above = find_mark(passages[position - 1].plain)
    below = find_mark(passages[position + 1].plain) if position + 1 < len(passages) else above
    title = passages[position - 1].plain
    is_only = above is not None and below is not None and above.style is below.style and above.style in _HEADED
    return is_only and len(title) <= _ACTIVITY and passage.plain[head.rest - 1] == "," and not is_introducer(title)


def _find_head(passage: Passage, *, lists: bool) -> Head | None:
    head = None if has_cells(passage) else find_head(passage.plain, lists=lists)
    if head is None or _DONE.search(passage.plain, head.rest):
        return None
    return head if head.is_set_off or len(passage.plain) <= _PROSE else None


def _accepted_styles(passages: Sequence[Passage], heads: Sequence[Head | None]) -> set[Style | None]:
    counts: Counter[Style | None] = Counter()
    set_off: Counter[Style | None] = Counter()
    introduced: set[Style | None] = set()
    seen_introducer = False
    for passage, head in zip(passages, heads, strict=True):
        seen_introducer = seen_introducer or is_introducer(passage.plain)
        if head:
            counts[head.style] += 1
            set_off[head.style] += head.is_set_off
            introduced |= {head.style} if seen_introducer else set()
    accepted = {style for style in counts if counts[style] >= 3 or set_off[style] >= (2 if style else 1) or style in introduced}
    if None in accepted:
        return accepted & {None, Style.HASH, Style.CHINESE, Style.BRACKETED_CHINESE}
    return accepted


def _counts_months(passages: Sequence[Passage]) -> bool:
    """Whether 一、二月 … 二、三月 … 三、四月 number the months one after the other, so that 一、二月 is no pair of months."""
    marks = [find_mark(passage.plain) for passage in passages]
    numbers = [
        mark.number
        for mark, passage in zip(marks, passages, strict=True)
        if mark and mark.style in (Style.CHINESE, Style.DIGIT) and find_head(passage.plain[mark.end :])
    ]
    return any(second == first + 1 for first, second in pairwise(numbers))
