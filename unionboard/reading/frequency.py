"""How often a duty recurs, as written in its sentence: 每月一次, 每学年1－2次, 两年一次, 常年, 五必访."""

import re
import unicodedata
from collections.abc import Iterator

from unionboard.reading.draft import Frequency, Period

_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}

_NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_UNIT = r"(?:次|回|篇|份|期|场|轮|遍|趟|稿|节|堂|讲|条|则|件|封|公开|公布|公示|主题|活动|例会|查|训|度|报|评|议|练|赛|谈)"
_BOUND = r"(?:至少|不少于|不低于|(?P<max>至多|最多|不超过))"
_COUNT = rf"{_BOUND}?\s*(?P<from>{_NUMBER})(?:\s*(?:[-~—–]+|至|到|或)?\s*(?P<to>{_NUMBER}))?\s*{_UNIT}"
_WEEKDAY = r"(?:[一二三四五六日天](?![一二两三四五六七八九十\d]*(?:次|回|篇|份|期|场|节|堂|讲|至|到|-|~|训|查|报|评)))"  # 每周三下午
_GAP = r"(?:(?!每|[一二两2半]个?(?:周|月|季|学|年))[^,。;:!?\n]){0,24}?"  # between the period and the count: one clause, no other period

# The periods as words; the first that fits wins, so the longer stand first. The count in the sentence is multiplied by the number.
_EVERY: tuple[tuple[str, Period, int], ...] = (
    (r"(?:天|日)", Period.DAY, 1),
    (r"(?:[两二2]|隔一|单|双)个?(?:周|星期|礼拜)", Period.FORTNIGHT, 1),
    (r"半个?月", Period.FORTNIGHT, 1),
    (
        r"一?个?(?:周|星期|礼拜)(?:[一二三四五六日天](?![一二两三四五六七八九十\d]*(?:次|回|篇|份|期|场|节|堂|讲|至|到|-|~|训|查|报|评)))?",
        Period.WEEK,
        1,
    ),
    (r"旬", Period.MONTH, 3),
    (r"[两二2]个?月", Period.YEAR, 6),
    (r"[三3]个?月", Period.QUARTER, 1),
    (r"[六6]个?月", Period.HALF_YEAR, 1),
    (r"一?个?(?:月份?)", Period.MONTH, 1),
    (r"一?个?季度?", Period.QUARTER, 1),
    (r"半个?(?:学年|年)", Period.HALF_YEAR, 1),
    (r"一?个?学期", Period.TERM, 1),
    (r"(?:[两二2]|隔一)个?(?:学年|年)", Period.TWO_YEARS, 1),
    (r"一?个?(?:学年度?|年度?)", Period.YEAR, 1),
)
_EVERY_PATTERNS = tuple((re.compile(rf"每{words}(?:{_GAP}{_COUNT})?"), period, factor) for words, period, factor in _EVERY)

# 两周一次, 一月一公开, 半年一次: a span, then the count at once. 二月 and 1月 are months of the calendar.
_NOT_ORDINAL = r"(?<![\d一二两三四五六七八九十第])"
_SPAN_AT_ONCE: tuple[tuple[str, Period, int], ...] = (
    (r"一个?(?:天|日)", Period.DAY, 1),
    (r"一个?(?:周|星期)", Period.WEEK, 1),
    (r"(?:[两二2]个?|隔|双)(?:周|星期)", Period.FORTNIGHT, 1),
    (r"半个?月", Period.FORTNIGHT, 1),
    (r"(?:一个?|1个)月", Period.MONTH, 1),
    (r"(?:两个?|[二2]个)月", Period.YEAR, 6),
    (r"[一1]个?季度?", Period.QUARTER, 1),
    (r"半个?(?:学年|年)", Period.HALF_YEAR, 1),
    (r"[一1]个?学期", Period.TERM, 1),
    (r"(?:[两二2]个?|隔)(?:学年|年)", Period.TWO_YEARS, 1),
    (r"[一1]个?(?:学年|年)", Period.YEAR, 1),
)
_SPAN_PATTERNS = tuple((re.compile(rf"{_NOT_ORDINAL}{words}{_COUNT}"), period, factor) for words, period, factor in _SPAN_AT_ONCE)

# 一学期至少召开两次, 年内组织一次, 学期末交流一次: a span of the plan with the count further on in the clause.
_WITHIN: tuple[tuple[str, Period], ...] = (
    (r"一个月内?(?!来)", Period.MONTH),
    (r"一个季度(?!来)", Period.QUARTER),
    (r"(?:一个?学期|本学期|学期内|学期初|学期末|期末)(?!来)", Period.TERM),
    (r"(?:一学年|一年内|年内|全年|本年度|年度内|学年内|学年初|学年末|学年终|年初|年末|年终|年底)", Period.YEAR),
)
_WITHIN_PATTERNS = tuple((re.compile(rf"{_NOT_ORDINAL}{words}{_GAP}{_COUNT}"), period, 1) for words, period in _WITHIN)

# A habit named by its period alone.
_HABITS: tuple[tuple[str, Period], ...] = (
    (r"(?:周周|按周|逐周|双周例会|周例会)", Period.WEEK),
    (r"(?:月月|按月|逐月|(?<![\d一二三四五六七八九十本当上下])月(?:度)?例会)", Period.MONTH),
    (r"(?:季季|按季度?|逐季|季度例会)", Period.QUARTER),
    (r"按学期", Period.TERM),
    (r"(?:一年一度|按年度?|逐年)", Period.YEAR),
)
_HABIT_PATTERNS = tuple((re.compile(words), period, 1) for words, period in _HABITS)

_SERVICE_HOURS = re.compile(r"每[天日]\s*(?:[上下]午|中午|早晚?|晚上?)?\s*\d{1,2}(?::|时|点)")
_ON_EVENT = re.compile(
    r"[三四五六七八九十两\d]必\w?|必(?:访|到|贺|慰问|探|看望|谈)|(?:特殊|突发)(?:事情|情况|事项|事件|问题)[^,。;]{0,4}(?:随时|及时)"
    r"|有(?:病|事|难|困难|喜|丧)必|每?逢[^,。;]{1,8}(?:必|都|均|进行|开展|组织|慰问)|每逢|遇有?[^,。;]{1,10}(?:随时|及时|必)"
)
_STANDING = re.compile(
    r"常年|长年|不?定期|经常|随时|(?<!中)长期(?!以来|的|实践|形成|任务|规划)|适时|常态化|贯穿全年|全年(?:不间断|开放|坚持)"
)


def find_frequency(text: str) -> Frequency | None:
    """The frequency of the duty that ``text`` tells of, or None when it names none.

    With several frequencies in one sentence a counted one goes before «常年» or «五必访», and among counted ones the first said.
    «至少两次» is two times planned (``times_min == times_max == 2``), «至多两次» is one to two; «每月» without a count is once a month.

    Source: domain notes A2.
    """
    plain = _fold(text)
    if found := _SERVICE_HOURS.search(plain):
        return Frequency(Period.STANDING, phrase=text[found.start() : found.end()])
    counted = sorted(_counted(plain), key=lambda hit: (hit[0].start(), -hit[0].end()))
    if counted:
        match, period, factor = counted[0]
        times_min, times_max = _times(match)
        return Frequency(period, times_min * factor, times_max * factor, phrase=text[match.start() : match.end()].strip())
    for pattern, period in ((_ON_EVENT, Period.ON_EVENT), (_STANDING, Period.STANDING)):
        if found := pattern.search(plain):
            return Frequency(period, phrase=text[found.start() : found.end()])
    return None


def _counted(plain: str) -> Iterator[tuple[re.Match[str], Period, int]]:
    for patterns in (_EVERY_PATTERNS, _SPAN_PATTERNS, _WITHIN_PATTERNS, _HABIT_PATTERNS):
        for pattern, period, factor in patterns:
            if match := pattern.search(plain):
                yield match, period, factor


def _times(match: re.Match[str]) -> tuple[int, int]:
    groups = match.groupdict()
    if not groups.get("from"):
        return 1, 1
    low = _number(groups["from"])
    high = _number(groups["to"]) if groups["to"] else low
    return (1, high) if groups["max"] else (min(low, high), max(low, high))


def _number(words: str) -> int:
    if words.isdigit():
        return int(words)
    tens, ten, ones = words.partition("十")
    if not ten:
        return _DIGITS[words]
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)


def _fold(text: str) -> str:
    """Full-width digits and marks as half-width, character by character, so that positions stay those of ``text``."""
    folded = (unicodedata.normalize("NFKC", char) for char in text)
    return "".join(new if len(new) == 1 else old for new, old in zip(folded, text, strict=True))
