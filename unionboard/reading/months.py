"""Words that say when: months, ranges, thirds of a month, days, weeks, quarters, half-years, terms, holidays."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from unionboard.reading.marks import chinese_number

MONTH_NUMBER = r"(?:1[0-2]|0?[1-9](?!\d)|十[一二]?|[一二三四五六七八九]|元)"
YEAR = (
    r"(?:(?:20\d\d|20[xX×*_]{2}|[xX×*_]{2,4}|二[〇零○][〇零○一二三四五六七八九]{2}|今|本|当|次|明|翌|第二|每)年度?的?[,\s]*"
    r"|20\d\d[./-](?=\d{1,2}月))?"
)
_THIRD = r"(?:[上中下](?:[、至-]?[上中下])?旬|月?(?:初|底|末)|中期|中(?![\u4e00-\u9fff])|第[一二三四五1-5]周)"
_THIRD_AFTER = rf"(?P<third>\s*(?:{_THIRD}|\(\s*{_THIRD}\s*\)))?"
_DAY = r"(?P<{0}>\d{{1,2}}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])\s*(?:[日号]|(?=[-至]\d{{1,2}}[日号]))"
_ELEMENT = re.compile(rf"{YEAR}(?P<n>{MONTH_NUMBER})(?P<month>\s*月份?)?{_THIRD_AFTER}(?:\s*{_DAY.format('day')})?")
_DAY_ALONE = re.compile(_DAY.format("day"))
_THIRD_ALONE = re.compile(_THIRD)
_SEPARATOR = re.compile(r"\s*(?P<sep>至|到|-+|、|和|及|与|,|/|\s)\s*")
# 一月一次 is a frequency, 三月来 a span, 十月怀胎 a phrase; 3月1、插花 has the number of a list behind it
_NOT_A_MONTH = re.compile(
    r"\s*(?:(?<=八月)十五(?![日号])|(?<=一月)[一两二三四五](?!、|日)|[一两二三四五]\s*(?:次|公开|公布|查|检|访|报|结|学习|评|会|例)|以来|来|怀胎|[一二三四五六七八九十]+\s*日|(?!1\s*[、.)](?!\d))\d)"
)
_RANGE = {"至", "到"}

_TERMS = "小寒 大寒 立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至"
_FEASTS = {name: 1 + position // 2 for position, name in enumerate(_TERMS.split())} | {
    name: month
    for month, names in {
        1: "元旦",
        3: "妇女节 三八 三八节 三八妇女节 植树节",
        4: "清明节",
        5: "劳动节 五一 五一节 五一劳动节 青年节 五四 护士节",
        6: "儿童节 六一 六一儿童节",
        7: "七一 建党节",
        8: "八一 建军节",
        9: "教师节",
        10: "国庆 国庆节 十一",
        12: "圣诞节",
    }.items()
    for name in names.split()
}
_QUARTERS = {1: (1, 2, 3), 2: (4, 5, 6), 3: (7, 8, 9), 4: (10, 11, 12)}
_QUARTER = re.compile(
    rf"{YEAR}第?\s*(?P<q>[一二三四1-4])(?:\s*(?P<sep>至|到|-+|、)\s*第?(?P<q2>[一二三四2-4]))?\s*季度|[Qq](?P<letter>[1-4])(?!\d)"
)
_HALF = re.compile(rf"{YEAR}(?P<half>[上下])半年度?")
_SEASONS: tuple[tuple[re.Pattern[str], tuple[int, ...]], ...] = (
    (re.compile(rf"{YEAR}(?:暑假|暑期)(?:期间|中|里)?"), (7, 8)),
    (re.compile(rf"{YEAR}寒假(?:期间|中|里)?"), (1, 2)),
    (re.compile(rf"{YEAR}年初"), (1, 2)),
    (re.compile(rf"{YEAR}年中(?![\u4e00-\u9fff])"), (6,)),
    (re.compile(rf"{YEAR}年(?:底|末|终)"), (12,)),
)
_TERM_POINT = re.compile(
    r"(?:本|每)?(?P<term>第?[一二]学期|[上下]学期|[春秋]季?学期)?的?"
    r"(?:(?P<start>学期初|开学初|开学(?=\s*:)|期初)|(?P<middle>学期中期?|期中)|(?P<end>学期末|学期结束前?|期末))"
    r"|学年(?:(?P<first>初)|(?P<last>末|终|底))"
)
_SECOND_TERM = re.compile(r"第[二2]学期|下学期|春季?学期|春学期|学年第?[二2]学期|学年下|下半学年")
_FIRST_TERM = re.compile(r"第[一1]学期|上学期|秋季?学期|秋学期|学年上|上半学年")
_TERM_MONTHS = {
    ("start", 1): (9,),
    ("middle", 1): (11,),
    ("end", 1): (1,),
    ("start", 2): (2, 3),
    ("middle", 2): (4, 5),
    ("end", 2): (6, 7),
    ("first", 1): (9,),
    ("last", 1): (6, 7),
    ("first", 2): (9,),
    ("last", 2): (6, 7),
}
_WEEK_NUMBER = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
_WEEK = re.compile(rf"第?\s*{_WEEK_NUMBER}\s*(?:[-至、~]\s*第?{_WEEK_NUMBER})?\s*周(?![年岁末一二三四五六日])")
_WEEK_DATES = re.compile(r"[\s:|(]*(?:(?:20\d\d年|次年)?\d+\s*月\s*\d+\s*日?|\d+\s*[日号]|\d+[./]\d+|[\s至到-])+\)?")
_BARE_DATE = re.compile(r"(?<![\d.])(?:20\d\d[./-])?(?P<m>1[0-2]|0?[1-9])[./](?P<d>[12]\d|3[01]|0?[1-9])(?![\d.%])")
_DATE = re.compile(r"(?P<m>1[0-2]|0?[1-9])\s*月\s*(?P<d>[12]\d|3[01]|0?[1-9])(?!\s*[、.)](?!\d))|-\s*(?P<d2>[12]\d|3[01]|0?[1-9])\s*[日号]")
_STANDING = re.compile(
    r"(?:全年|常年|每月|每周|每季度?|每学期|平时|日常|长期|贯穿全年|全学[年期]|不定期|定期|经常性?|适时|其他|其它|另外|[正腊冬]月|农历)(?:[^:,。;]{0,8})\s*:"
)
_ALL_YEAR = re.compile(
    r"(?:全年|常年|每[月周季]度?|每学期|平时|日常|长期|经常)(?:都|均|应|要|还|将)?(?:坚持|开展|做好|抓好|组织|继续|落实|进行|召开|举行|举办|定期)"
)
_WINDOW = 96  # characters in which the words of time at the start of a text stand
_OPENS = re.compile(r"[\s0-9一二三四五六七八九十元〇零○今本当次明翌第每xX×*_Qq上下暑寒年学开期春秋]")  # what words of time can begin with
_CLOCK = re.compile(
    r"\s*(?:\(?[周星期]{1,2}[一二三四五六日天]\)?)?\s*(?:上午|下午|中午|晚上?|早上)?\s*\d{1,2}:\d{2}(?:\s*[-至到]\s*(?:\d{1,2}月\d{1,2}日)?\s*\d{1,2}:\d{2})?"
)
_DEADLINE = re.compile(r"\s*(?:之?前后|左右|以前|之?前)")
_LOOSE_STOP = re.compile(r"\s*(?:的|以来|以前|以后|前|后|之前|之后|至今|起|间|里|内|中[,，])")


@dataclass(frozen=True, slots=True)
class Time:
    """When something is to be. ``months`` in reading order (11, 12, 1 runs over New Year); ``end`` is where the words after it begin.

    ``third``: 1 to 3 within its one month. ``point``: start, middle or end of a term whose months ``place_in_term`` still has to name.
    """

    months: tuple[int, ...]
    end: int
    half_year: int | None = None
    day_from: tuple[int, int] | None = None  # (month, day)
    day_to: tuple[int, int] | None = None
    words: str = ""
    is_week: bool = False
    third: int | None = None
    point: str = ""

    @property
    def span(self) -> frozenset[int]:
        """Every month it covers, those of a half-year among them."""
        half = {1: range(1, 7), 2: range(7, 13)}
        return frozenset(self.months or half.get(self.half_year or 0, ()))


def span_months(first: int, last: int) -> tuple[int, ...]:
    """Months from ``first`` to ``last`` (inclusive), over New Year when ``last`` is the earlier: (11, 2) -> 11, 12, 1, 2."""
    return tuple((first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1))


def find_time(plain: str, *, lists: bool = True) -> Time | None:
    """The words of time at the start of a folded text. ``lists=False``: ``一、二月`` is number 一 before 二月, so no time stands there."""
    return _find_time(plain[:_WINDOW], lists) if _OPENS.match(plain) else None


@lru_cache(maxsize=4096)
def _find_time(plain: str, lists: bool) -> Time | None:
    found = _find_months(plain, lists=lists) if "月" in plain else None
    found = found or _find_period(plain)
    return found or (_find_week(plain) if "周" in plain else None)


def find_third(words: str) -> int | None:
    """Which third of a month 上旬, 初, 中旬, 底 … name; None when they name two of them or none."""
    found = [third for third, pattern in ((1, "上|初|第[一1]周"), (2, "中"), (3, "下|底|末|第[四五45]周")) if re.search(pattern, words)]
    return found[0] if len(found) == 1 else None


def open_third(plain: str) -> tuple[int | None, int] | None:
    """The third of the open month a line begins with (上旬:, 月底 …; None for 中下旬) and where the words after it begin."""
    found = re.match(rf"(?:本月)?(?:{_THIRD}|月中)(?=[\s:,]|$)(?<!中)(?:\s*[:,]\s*|\s+|$)|(?:月中|上旬|中旬|下旬)\s*[:,]\s*", plain)
    return (find_third(found.group()), found.end()) if found else None


def find_term(title: str, months: Iterable[int] = ()) -> int:
    """Which term of the school year a plan is for: 1 from September, 2 from February.

    Its title says so, else the first month of its schedule does; a calendar year begins in the second term.
    """
    if _SECOND_TERM.search(title):
        return 2
    if _FIRST_TERM.search(title):
        return 1
    first = next(iter(months), 0)
    return 1 if first >= 8 else 2


def place_in_term(time: Time, term: int) -> Time:
    """The time with its months when it names a point of a term: 学期初 is September, or February and March. Source: domain notes B1."""
    if not time.point:
        return time
    own = 2 if _SECOND_TERM.search(time.words) else 1 if _FIRST_TERM.search(time.words) else term
    return replace(time, months=_TERM_MONTHS[time.point, own])


def find_feast(name: str) -> int | None:
    """The month of a solar term or of a festival that has one day of the calendar every year; None for other words and lunar festivals."""
    return _FEASTS.get(name)


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
        if (join.isspace() or join in ",与") and not span.opens_another_month(position, join):
            break
    return span.time()


class _Span:
    """Months read so far from ``plain``: 七、八月 is a list, 1-3月 a range, 3月10日-28日 two days of one month."""

    def __init__(self, plain: str, *, lists: bool) -> None:
        self.plain = plain
        self.lists = lists
        self.months: list[int] = []
        self.days: list[tuple[int, int]] = []
        self.thirds: list[int | None] = []
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
        third = _THIRD_ALONE.match(self.plain, position) if self.thirds and self.thirds[-1] else None
        if third:
            self.thirds.append(find_third(third.group()))
            self.end = third.end()
            return False
        found = _ELEMENT.match(self.plain, position)
        if not found or not self._is_month(found):
            return False
        number = _number(found.group("n"))
        known = self.months + self.pending
        if is_range and known:
            self.pending += span_months(known[-1], number)[1:]
        elif self.pending and join in "、," and not self._is_list(found, position, number):
            self.pending, self.months, self.end = [], [], 0
            return False
        else:
            self.pending.append(number)
        self.reached = found.end()
        if found.group("month"):
            self.months += self.pending
            self.pending = []
            self.end = found.end()
            self.thirds.append(find_third(found.group("third") or ""))
            if found.group("day"):
                self.days.append((number, chinese_number(found.group("day"))))
        return True

    def _is_month(self, found: re.Match[str]) -> bool:
        if found.group("month"):
            return bool(found.group("day")) or not _NOT_A_MONTH.match(self.plain, found.end())
        return not (found.group("third") or found.group("day") or found.group("n") == "元")

    def _is_list(self, found: re.Match[str], position: int, number: int) -> bool:
        """三、七月 is number 三 before 七月, and so is 2、2024年3月; 七、八月 and 3、6、9月 are lists of months."""
        following = len(self.pending) >= 2 or number == self.pending[-1] % 12 + 1 or _names_third_of_list(self.plain, found.end())
        return self.lists and following and found.start("n") == position

    def opens_another_month(self, position: int, join: str) -> bool:
        """Whether a whole month follows: the blank in 十一月份 十二月份 joins, the one in 三月 8人 does not; 7,8月 is a list."""
        following = _ELEMENT.match(self.plain, position)
        if self.pending:
            return bool(following and join == "," and _number(following.group("n")) == self.pending[-1] % 12 + 1)
        return bool(following and following.group("month") and not following.group("day"))

    def time(self) -> Time | None:
        if not self.months:
            return None
        first = self.days[0] if self.days else None
        last = self.days[1] if len(self.days) > 1 else first
        months = tuple(dict.fromkeys(self.months))
        deadline = _DEADLINE.match(self.plain, self.end) if self.days or any(self.thirds) else None
        self.end = deadline.end() if deadline else self.end
        clock = _CLOCK.match(self.plain, self.end) if self.days else None
        self.end = clock.end() if clock else self.end
        third = self.thirds[0] if len(months) == 1 and len(set(self.thirds)) == 1 else None
        return Time(months, self.end, None, first, last, self.plain[: self.end].strip(), third=third)


def _names_third_of_list(plain: str, position: int) -> bool:
    """Whether another number and 月 follow, as behind the 6 of 3、6、9月."""
    return bool(re.match(rf"\s*[、,]\s*(?:{MONTH_NUMBER}\s*[、,]\s*)*{MONTH_NUMBER}\s*月", plain[position : position + 24]))


def _find_period(plain: str) -> Time | None:
    quarter = _QUARTER.match(plain)
    if quarter:
        first = _number(quarter.group("q") or quarter.group("letter"))
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
    point = _TERM_POINT.match(plain)
    if point:
        names = (name for name in ("start", "middle", "end", "first", "last") if point.group(name))
        return Time((), point.end(), words=point.group().strip(), point=next(names))
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
    for found in _DATE.finditer(plain):
        if found.group("m"):
            dates.append((int(found.group("m")), int(found.group("d"))))
        elif dates:
            dates.append((dates[-1][0], int(found.group("d2"))))
    if not dates:
        dates = [(int(found.group("m")), int(found.group("d"))) for found in _BARE_DATE.finditer(plain)]
    return dates


def is_bound(rest: str) -> bool:
    """Whether the words after a month make it part of a phrase that fixes no month: 3月前, 5月以来, 六月的."""
    return bool(_LOOSE_STOP.match(rest))


def opens_standing(plain: str) -> bool:
    """Whether the line heads or tells a duty that belongs to no month: 全年:, 每月:, 平时:, 腊月:, 全年坚持 …."""
    return bool(_STANDING.match(plain) or _ALL_YEAR.match(plain))
