"""Words that say when: months, ranges, thirds of a month, days, weeks, quarters, half-years, holidays."""

import re
from dataclasses import dataclass

from unionboard.reading.marks import Style, chinese_number, find_mark

MONTH_NUMBER = r"(?:1[0-2]|0?[1-9](?!\d)|十[一二]?|[一二三四五六七八九]|元)"
YEAR = (
    r"(?:(?:20\d\d|20[xX×*_]{2}|[xX×*_]{2,4}|二[〇零○][〇零○一二三四五六七八九]{2}|今|本|当|次|明|翌|第二)年度?的?[,\s]*"
    r"|20\d\d[./-](?=\d{1,2}月))?"
)
_THIRD = r"(?:[上中下]{1,2}旬|月?(?:初|底|末)|中期|中(?![\u4e00-\u9fff]))"
_DAY = r"(?P<{0}>\d{{1,2}}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])\s*[日号]"
_ELEMENT = re.compile(rf"{YEAR}(?P<n>{MONTH_NUMBER})(?P<month>\s*月份?)?(?P<third>\s*{_THIRD})?(?:\s*{_DAY.format('day')})?")
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
    style: Style | None = None


def span_months(first: int, last: int) -> tuple[int, ...]:
    """Months from ``first`` to ``last`` (inclusive), over New Year when ``last`` is the earlier: (11, 2) -> 11, 12, 1, 2."""
    return tuple((first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1))


def find_time(plain: str, *, lists: bool = True) -> Time | None:
    """The words of time at the start of a folded text. ``lists=False``: ``一、二月`` is number 一 before 二月, so no time stands there."""
    return _find_months(plain, lists=lists) or _find_period(plain) or _find_week(plain)


def _number(digits: str) -> int:
    return 1 if digits == "元" else chinese_number(digits)


def _find_months(plain: str, *, lists: bool) -> Time | None:
    position, months, join = 0, list[int](), ""
    days: list[tuple[int, int]] = []
    pending = False  # a number was read whose 月 is still to come: 七、八月
    end = 0
    while True:
        found = _ELEMENT.match(plain, position)
        day_only = re.compile(_DAY.format("day")).match(plain, position) if join in _RANGE | {"-"} and days else None
        if day_only:  # 10日—28日 after a month
            days.append((months[-1], chinese_number(day_only.group("day"))))
            end = day_only.end()
            break
        if not found:
            break
        number = _number(found.group("n"))
        has_month = bool(found.group("month"))
        if not has_month and (found.group("third") or found.group("day") or (found.group("n") == "元")):
            break
        months_before = list(months)
        if join in _RANGE or join.startswith("-"):
            months += [month for month in span_months(months[-1], number) if month != months[-1]]
        else:
            # 三、七月 is number 三 before 七月, and so is 2、2024年3月; 七、八月 is a list of months
            if pending and join == "、" and (not lists or number != months[-1] % 12 + 1 or found.start("n") > position):
                return None
            months.append(number)
        if has_month:
            if _NOT_A_MONTH.match(plain, found.end()) and not found.group("day"):
                months = months_before
                break
            end = found.end()
            if found.group("day"):
                days.append((number, chinese_number(found.group("day"))))
        pending = not has_month
        separator = _SEPARATOR.match(plain, found.end())
        if not separator:
            break
        join = separator.group("sep")[:1]
        join = "-" if join == "-" else join
        if join.isspace() or join in ",与":
            following = _ELEMENT.match(plain, separator.end())
            if not (following and following.group("month") and not following.group("day") and has_month):
                break
        position = separator.end()
    if not end or not months:
        return None
    if pending and plain[end - 1] not in "日号":  # the last number never got its 月: it belongs to the words after
        months = months_before
    ordered = tuple(dict.fromkeys(months))
    first = days[0] if days else None
    return Time(ordered, end, None, first, days[1] if len(days) > 1 else first, plain[:end].strip())


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
    style: Style | None = None
    offset = 0
    if time is None:
        mark = find_mark(plain)
        if mark is None or mark.style in (Style.APPENDIX, Style.TABLE):
            return None
        style, offset = mark.style, mark.end
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
        return Head(time, True, offset + time.end + (addition.end() if addition else 0) + set_off.end(), style)
    loose = re.compile(r"\s*[、.,|-]+\s*|\s+").match(rest)
    if time.day_from and not time.is_week and not loose:
        return None
    if _LOOSE_STOP.match(rest) or time.half_year or (not time.months and not time.is_week):
        return None
    if time.words.endswith(("季度", "年初", "年底", "年末", "年终", "假", "期", "间", "中", "里")) and not loose:
        return None
    if time.day_from and loose and loose.group().strip() == ",":
        return None  # 9月9日,全县会议召开: a report
    return Head(time, False, offset + time.end + (loose.end() if loose else 0), style)


def opens_standing(plain: str) -> bool:
    """Whether the line heads duties of the whole year (全年:, 每月:, 平时:), which belong to no month."""
    return bool(_STANDING.match(plain))
