"""Words that say when: months, ranges, thirds of a month, days, weeks, quarters, half-years, holidays."""

import re
from dataclasses import dataclass

from unionboard.reading.marks import Mark, Style, chinese_number, find_mark

MONTH_NUMBER = r"(?:1[0-2]|0?[1-9](?!\d)|十[一二]?|[一二三四五六七八九]|元)"
YEAR = (
    r"(?:(?:20\d\d|20[xX×*_]{2}|[xX×*_]{2,4}|二[〇零○][〇零○一二三四五六七八九]{2}|今|本|当|次|明|翌|第二)年度?的?[,\s]*"
    r"|20\d\d[./-](?=\d{1,2}月))?"
)
_THIRD = r"(?:[上中下]{1,2}旬|月?(?:初|底|末)|中期|中(?![\u4e00-\u9fff]))"
_DAY = r"(?P<{0}>\d{{1,2}}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])\s*[日号]"
_ELEMENT = re.compile(rf"{YEAR}(?P<n>{MONTH_NUMBER})(?P<month>\s*月份?)?(?P<third>\s*{_THIRD})?(?:\s*{_DAY.format('day')})?")
_DAY_ALONE = re.compile(_DAY.format("day"))
_SEPARATOR = re.compile(r"\s*(?P<sep>至|到|-+|、|和|及|与|,|/|\s)\s*")
# 一月一次 is a frequency, 三月来 a span, 十月怀胎 a phrase
_NOT_A_MONTH = re.compile(r"\s*(?:[一两二三四五]\s*(?:次|公开|学习|评|会|例)|以来|来|[一二三四五六七八九十]+\s*日|\d)")
_RANGE = {"至", "到"}

_QUARTERS = {1: (1, 2, 3), 2: (4, 5, 6), 3: (7, 8, 9), 4: (10, 11, 12)}
_QUARTER = re.compile(rf"{YEAR}第?\s*(?P<q>[一二三四1-4])(?:\s*(?P<sep>至|到|-+|、)\s*第?(?P<q2>[一二三四2-4]))?\s*季度")
_HALF = re.compile(rf"{YEAR}(?P<half>[上下])半年度?")
_SEASONS: tuple[tuple[re.Pattern[str], tuple[int, ...]], ...] = (
    (re.compile(rf"{YEAR}(?:暑假|暑期)(?:期间|中|里)?"), (7, 8)),
    (re.compile(rf"{YEAR}寒假(?:期间|中|里)?"), (1, 2)),
    (re.compile(rf"{YEAR}年初"), (1, 2)),
    (re.compile(rf"{YEAR}年(?:底|末|终)"), (12,)),
)
_WEEK = re.compile(
    r"第?\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*(?:[-至、~]\s*第?(?:[一二三四五六七八九十]{1,3}|\d{1,2}))?\s*周(?![年岁末一二三四五六日])"
)
_WEEK_DATES = re.compile(r"[\s:|(]*(?:(?:20\d\d年)?\d+\s*月\s*\d+\s*日?|\d+\s*[日号]|\d+[./]\d+|[\s至到-])+\)?")
_BARE_DATE = re.compile(r"(?<![\d.])(?:20\d\d[./-])?(?P<m>1[0-2]|0?[1-9])[./](?P<d>[12]\d|3[01]|0?[1-9])(?![\d.%])")
_STANDING = re.compile(
    r"(?:全年|常年|每月|每周|每季度|每学期|平时|日常|长期|贯穿全年|全学[年期]|不定期|经常性?|其他|其它)(?:[^:,。;]{0,8})\s*:"
)
_ADDITION = re.compile(
    r"\s*(?:\((?![^)]*(?:负责|牵头|责任))[^()]{1,30}\)\s*(?=[:\n]|$))?\s*(?:的?(?:主要|重点|具体)?(?:工会)?(?:工作|活动)?(?:安排|重点|内容|计划|工作|活动)?(?=\s*(?::|$)))?"
)
_INLINE_HEAD = re.compile(rf"(?:^|(?<=[。;:]))\s*(?={YEAR}\s*(?:{MONTH_NUMBER}\s*[至到、-]\s*)?{MONTH_NUMBER}月份?\s*[:,])")
_FRAME_END = re.compile(r"\s*[】\])]\s*:?\s*")
_LOOSE_STOP = re.compile(r"\s*(?:的|以来|以前|以后|前|后|之前|之后|至今|起|间|里|内|中[,，])")


@dataclass(frozen=True, slots=True)
class Time:
    """When something is to be. ``months`` in reading order (11, 12, 1 runs over New Year); ``end`` is where the words after it begin."""

    months: tuple[int, ...]
    end: int
    half_year: int | None = None
    day_from: tuple[int, int] | None = None  # (month, day)
    day_to: tuple[int, int] | None = None
    words: str = ""
    is_week: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A line that opens a month: its time, whether a colon or the line's end sets it off, the mark before it, where the rest begins."""

    time: Time
    is_set_off: bool
    rest: int
    mark: Mark | None = None

    @property
    def style(self) -> Style | None:
        """How the head is numbered, None when it is not."""
        return self.mark.style if self.mark else None


def span_months(first: int, last: int) -> tuple[int, ...]:
    """Months from ``first`` to ``last`` (inclusive), over New Year when ``last`` is the earlier: (11, 2) -> 11, 12, 1, 2."""
    return tuple((first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1))


def find_time(plain: str, *, lists: bool = True) -> Time | None:
    """The words of time at the start of a folded text. ``lists=False``: ``一、二月`` is number 一 before 二月, so no time stands there."""
    return _find_months(plain, lists=lists) or _find_period(plain) or _find_week(plain)


def _number(digits: str) -> int:
    return 1 if digits == "元" else chinese_number(digits)


def _find_months(plain: str, *, lists: bool) -> Time | None:
    span = _Span(plain, lists=lists)
    join, position = "", 0
    while span.take(position, join):
        separator = _SEPARATOR.match(plain, span.reached)
        if not separator:
            break
        join, position = separator.group("sep")[:1], separator.end()
        if (join.isspace() or join in ",与") and not span.opens_another_month(position):
            break
    return span.time()


class _Span:
    """Months read so far from ``plain``: 七、八月 is a list, 1-3月 a range, 3月10日-28日 two days of one month."""

    def __init__(self, plain: str, *, lists: bool) -> None:
        self.plain = plain
        self.lists = lists
        self.months: list[int] = []
        self.days: list[tuple[int, int]] = []
        self.pending: list[int] = []  # read, but their 月 is still to come: 七 of 七、八月
        self.reached = 0  # end of what was looked at
        self.end = 0  # end of the words of time

    def take(self, position: int, join: str) -> bool:
        """Read the next element; False when the span ends before it."""
        is_range = join in _RANGE or join == "-"
        day = _DAY_ALONE.match(self.plain, position) if is_range and self.days else None
        if day:
            self.days.append((self.days[-1][0], chinese_number(day.group("day"))))
            self.end = day.end()
            return False
        found = _ELEMENT.match(self.plain, position)
        if not found or not self._is_month(found):
            return False
        number = _number(found.group("n"))
        known = self.months + self.pending
        if is_range and known:
            self.pending += span_months(known[-1], number)[1:]
        elif self.pending and join == "、" and not self._is_list(found, position, number):
            self.pending, self.months, self.end = [], [], 0
            return False
        else:
            self.pending.append(number)
        self.reached = found.end()
        if found.group("month"):
            self.months += self.pending
            self.pending = []
            self.end = found.end()
            if found.group("day"):
                self.days.append((number, chinese_number(found.group("day"))))
        return True

    def _is_month(self, found: re.Match[str]) -> bool:
        if found.group("month"):
            return bool(found.group("day")) or not _NOT_A_MONTH.match(self.plain, found.end())
        return not (found.group("third") or found.group("day") or found.group("n") == "元")

    def _is_list(self, found: re.Match[str], position: int, number: int) -> bool:
        """三、七月 is number 三 before 七月, and so is 2、2024年3月; 七、八月 is a list of months."""
        return self.lists and number == self.pending[-1] % 12 + 1 and found.start("n") == position

    def opens_another_month(self, position: int) -> bool:
        """Whether a whole month follows: the blank in 十一月份 十二月份 joins, the one in 三月 8人 does not."""
        following = _ELEMENT.match(self.plain, position)
        return bool(following and following.group("month") and not following.group("day") and not self.pending)

    def time(self) -> Time | None:
        if not self.months:
            return None
        first = self.days[0] if self.days else None
        last = self.days[1] if len(self.days) > 1 else first
        return Time(tuple(dict.fromkeys(self.months)), self.end, None, first, last, self.plain[: self.end].strip())


def _find_period(plain: str) -> Time | None:
    quarter = _QUARTER.match(plain)
    if quarter:
        first = _number(quarter.group("q"))
        last = _number(quarter.group("q2")) if quarter.group("q2") else first
        months = tuple(month for q in range(first, last + 1) for month in _QUARTERS[q])
        return Time(months, quarter.end(), words=quarter.group().strip()) if months else None
    half = _HALF.match(plain)
    if half:
        return Time((), half.end(), 1 if half.group("half") == "上" else 2, words=half.group().strip())
    for pattern, months in _SEASONS:
        season = pattern.match(plain)
        if season:
            return Time(months, season.end(), words=season.group().strip())
    return None


def _find_week(plain: str) -> Time | None:
    """A week of a school calendar; its months come from the dates beside it, if there are any."""
    week = _WEEK.match(plain)
    if not week:
        return None
    beside = re.compile(r"\s*[:|(]?\s*").match(plain, week.end())
    start = beside.end() if beside else week.end()
    dates = find_dates(plain[start : start + 24])
    months = tuple(dict.fromkeys(month for month, _ in dates))
    end = week.end()
    if dates:
        close = _WEEK_DATES.match(plain, end)
        end = close.end() if close else end
    return Time(months, end, None, dates[0] if dates else None, dates[-1] if dates else None, week.group().strip(), is_week=True)


def find_dates(plain: str) -> list[tuple[int, int]]:
    """Days named anywhere in a text as (month, day): 3月4日, 3.4, 3/4-3/10, 10日 after a month."""
    dates: list[tuple[int, int]] = []
    for found in re.finditer(r"(?P<m>1[0-2]|0?[1-9])\s*月\s*(?P<d>[12]\d|3[01]|0?[1-9])|-\s*(?P<d2>[12]\d|3[01]|0?[1-9])\s*[日号]", plain):
        if found.group("m"):
            dates.append((int(found.group("m")), int(found.group("d"))))
        elif dates:
            dates.append((dates[-1][0], int(found.group("d2"))))
    if not dates:
        dates = [(int(found.group("m")), int(found.group("d"))) for found in _BARE_DATE.finditer(plain)]
    return dates


def find_head(plain: str, *, lists: bool = True) -> Head | None:
    """The month head a folded line opens with, None for a date in prose (3月17日中午), a frequency (一月一次) or an ordinal (三届七次)."""
    time = find_time(plain, lists=lists)
    mark: Mark | None = None
    offset = 0
    if time is None and (framed := _find_framed(plain)):
        return framed
    if time is None:
        mark = find_mark(plain)
        if mark is None or mark.style in (Style.APPENDIX, Style.TABLE):
            return None
        offset = mark.end
        time = find_time(plain[offset:])
        if time is None:
            return None
    rest = plain[offset + time.end :]
    addition = _ADDITION.match(rest)
    after = rest[addition.end() :] if addition else rest
    set_off = re.compile(r"\s*(?::|$)").match(after)
    if time.day_from and not rest.strip() and "年" in time.words:
        return None  # 2014年2月18日 alone on its line: a signature
    if set_off:
        return Head(time, True, offset + time.end + (addition.end() if addition else 0) + set_off.end(), mark)
    loose = re.compile(r"\s*[、.,|-]+\s*|\s+").match(rest)
    if time.day_from and not time.is_week and not loose:
        return None
    if _LOOSE_STOP.match(rest) or time.half_year or (not time.months and not time.is_week):
        return None
    if time.words.endswith(("季度", "年初", "年底", "年末", "年终", "假", "期", "间", "中", "里")) and not loose:
        return None
    if time.day_from and loose and loose.group().strip() == ",":
        return None  # 9月9日,全县会议召开: a report
    return Head(time, False, offset + time.end + (loose.end() if loose else 0), mark)


def _find_framed(plain: str) -> Head | None:
    """【三月】 or (三月) before the activities of the month."""
    time = find_time(plain[1:]) if plain[:1] in ("【", "[", "(") else None
    close = _FRAME_END.match(plain, 1 + time.end) if time else None
    if time is None or close is None or time.day_from or not (time.months or time.half_year):
        return None
    return Head(time, True, close.end())


def find_inline_heads(plain: str) -> list[int]:
    """Where months begin inside a line that tells several of them: 一月:…。三月:… ; empty when there are fewer than two."""
    starts = [found.end() for found in _INLINE_HEAD.finditer(plain)]
    return starts if len(starts) >= 2 else []


def is_bound(rest: str) -> bool:
    """Whether the words after a month make it part of a phrase that fixes no month: 3月前, 5月以来, 六月的."""
    return bool(_LOOSE_STOP.match(rest))


def opens_standing(plain: str) -> bool:
    """Whether the line heads duties of the whole year (全年:, 每月:, 平时:), which belong to no month."""
    return bool(_STANDING.match(plain))
