"""How often a duty recurs, as written in its sentence: 每月一次, 每学年1－2次, 两年一次, 常年, 五必访."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from unionboard.numerals import NUMERAL, read_numeral
from unionboard.reading.draft import Frequency, Period
from unionboard.reading.lines import fold

_UNIT = r"(?:次|回|篇|份|期|场|轮|遍|趟|稿|节|堂|讲|条|则|件|封|公开|公布|公示|主题|活动|例会|查|训|度|报|评|议|练|赛|谈)"
_BOUND = r"(?:至少|不少于|不低于|(?P<max>至多|最多|不超过))"
_COUNT = rf"{_BOUND}?\s*(?P<from>{NUMERAL})(?:\s*(?:[-~]+|至|到|或)?\s*(?P<to>{NUMERAL}))?\s*{_UNIT}"
_WEEKDAY = r"(?:[一二三四五六日天](?![一二两三四五六七八九十\d]*(?:次|回|篇|份|期|场|节|堂|讲|至|到|-|~|训|查|报|评)))?"  # 每周三下午
_GAP = r"(?:(?!每|[一二两2半]个?(?:周|月|季|学|年))[^,。;:!?\n]){0,24}?"  # between the period and the count: one clause, no other period

# The periods as words after 每; the count in the sentence is multiplied by the number.
_EVERY: tuple[tuple[str, Period, int], ...] = (
    (r"(?:天|日)", Period.DAY, 1),
    (r"(?:[两二2]|隔一|单|双)个?(?:周|星期|礼拜)", Period.FORTNIGHT, 1),
    (r"半个?月", Period.FORTNIGHT, 1),
    (rf"一?个?(?:周|星期|礼拜){_WEEKDAY}", Period.WEEK, 1),
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
# 两周一次, 一月一公开, 半年一次: a span, then the count at once. 二月 and 1月 are months of the calendar.
_SPANS: tuple[tuple[str, Period, int], ...] = (
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
# 一学期至少召开两次, 年内组织一次, 学期末交流一次: a span of the plan with the count further on in the clause.
_WITHIN: tuple[tuple[str, Period, int], ...] = (
    (r"一个月内?(?!来)", Period.MONTH, 1),
    (r"一个季度(?!来)", Period.QUARTER, 1),
    (r"(?:一个?学期|本学期|学期内|学期初|学期末|期末)(?!来)", Period.TERM, 1),
    (r"(?:一学年|一年内|年内|全年|本年度|年度内|学年内|学年初|学年末|学年终|年初|年末|年终|年底)", Period.YEAR, 1),
)
# A habit named by its period alone.
_HABITS: tuple[tuple[str, Period, int], ...] = (
    (r"(?:周周|按周|逐周|双周例会|周例会)", Period.WEEK, 1),
    (r"(?:月月|按月|逐月|(?<![\d一二三四五六七八九十本当上下])月(?:度)?例会)", Period.MONTH, 1),
    (r"(?:季季|按季度?|逐季|季度例会)", Period.QUARTER, 1),
    (r"按学期", Period.TERM, 1),
    (r"(?:一年一度|按年度?|逐年)", Period.YEAR, 1),
)
_NOT_ORDINAL = r"(?<![\d一二两三四五六七八九十第])"

_SERVICE_HOURS = r"每[天日]\s*(?:[上下]午|中午|早晚?|晚上?)?\s*\d{1,2}(?::|时|点)"
_ON_EVENT = (
    r"[三四五六七八九十两\d]必\w?|必(?:访|到|贺|慰问|探|看望|谈)|(?:特殊|突发)(?:事情|情况|事项|事件|问题)[^,。;]{0,4}(?:随时|及时)"
    r"|有(?:病|事|难|困难|喜|丧)必|每?逢[^,。;]{1,8}(?:必|都|均|进行|开展|组织|慰问)|每逢|遇有?[^,。;]{1,10}(?:随时|及时|必)"
)
_STANDING = r"常年|长年|不?定期|经常|随时|(?<!中)长期(?!以来|的|实践|形成|任务|规划)|适时|常态化|贯穿全年|全年(?:不间断|开放|坚持)"
_HINT = "每周月季年期天日必遇逢时经"  # no phrase of frequency is without one of these
_CONJUNCTION = " ,，、;；和及与并以同时还"


@dataclass(frozen=True, slots=True)
class FoundFrequency:
    """A counted frequency and where its phrase stands in the text (end exclusive)."""

    frequency: Frequency
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Period words in one pattern, and what must or may follow them: 每 + 月 + 一次."""

    opening: re.Pattern[str]
    following: re.Pattern[str] | None
    meanings: Sequence[tuple[str, Period, int]]
    needs_count: bool

    def find(self, text: str, plain: str) -> Iterator[FoundFrequency]:
        for opening in self.opening.finditer(plain):
            count = self.following.match(plain, opening.end()) if self.following else None
            if count is None and self.needs_count:
                continue
            _, period, factor = self.meanings[int((opening.lastgroup or "p0")[1:])]
            times_min, times_max = _times(count) if count else (1, 1)
            start, end = opening.start(), count.end() if count else opening.end()
            yield FoundFrequency(Frequency(period, times_min * factor, times_max * factor, phrase=text[start:end].strip()), start, end)


@cache
def _phrases() -> tuple[_Phrases, ...]:
    """Compiled on first use: a program that reads no plan pays nothing."""
    counted = re.compile(rf"{_GAP}{_COUNT}")
    return (
        _Phrases(re.compile(rf"每(?:{_alternatives(_EVERY)})"), counted, _EVERY, needs_count=False),
        _Phrases(re.compile(rf"{_NOT_ORDINAL}(?:{_alternatives(_SPANS)})"), re.compile(_COUNT), _SPANS, needs_count=True),
        _Phrases(re.compile(rf"{_NOT_ORDINAL}(?:{_alternatives(_WITHIN)})"), counted, _WITHIN, needs_count=True),
        _Phrases(re.compile(_alternatives(_HABITS)), None, _HABITS, needs_count=False),
    )


def _alternatives(meanings: Sequence[tuple[str, Period, int]]) -> str:
    return "|".join(f"(?P<p{number}>{words})" for number, (words, _, _) in enumerate(meanings))


@cache
def _uncounted() -> tuple[tuple[re.Pattern[str], Period], ...]:
    return (re.compile(_ON_EVENT), Period.ON_EVENT), (re.compile(_STANDING), Period.STANDING)


@cache
def _service_hours() -> re.Pattern[str]:
    return re.compile(_SERVICE_HOURS)


def find_frequency(text: str) -> Frequency | None:
    """The frequency of the duty that ``text`` tells of, or None when it names none.

    With several frequencies in one sentence a counted one goes before «常年» or «五必访», and among counted ones the first said.
    «至少两次» is two times planned (``times_min == times_max == 2``), «至多两次» is one to two; «每月» without a count is once a month.

    Source: domain notes A2.
    """
    plain = fold(text)
    if not any(character in plain for character in _HINT):
        return None
    if found := _service_hours().search(plain):
        return Frequency(Period.STANDING, phrase=text[found.start() : found.end()])
    if counted := _find_counted(text, plain):
        return counted[0].frequency
    for pattern, period in _uncounted():
        if found := pattern.search(plain):
            return Frequency(period, phrase=text[found.start() : found.end()])
    return None


def find_frequencies(text: str) -> tuple[FoundFrequency, ...]:
    """All counted frequencies of ``text`` in their order: «每年组织…检查和两年一次的…体检» tells of two duties.

    A second mention of the same count (每月一次的月例会) is the same duty, unless another clause begins between them; «时间安排在每月…»
    only says when in it.
    """
    plain = fold(text)
    if not any(character in plain for character in _HINT) or _service_hours().search(plain):
        return ()
    found = _find_counted(text, plain)
    return tuple(hit for n, hit in enumerate(found) if not (n and _is_echo(plain, found[n - 1], hit)))


def _is_echo(plain: str, before: FoundFrequency, found: FoundFrequency) -> bool:
    """Whether ``found`` only says again how often, or when, the duty before it is."""
    if re.search(r"时间[^,。;]*$", plain[max(before.end, found.start - 12) : found.start]):
        return True
    one, other = before.frequency, found.frequency
    is_same = (one.period, one.times_min) == (other.period, other.times_min)
    return is_same and not re.search(r"[,。;!、和及与]", plain[before.end : found.start])


def _find_counted(text: str, plain: str) -> list[FoundFrequency]:
    """Counted frequencies that do not overlap, the first said first, of two that begin alike the longer."""
    found = sorted((hit for phrases in _phrases() for hit in phrases.find(text, plain)), key=lambda hit: (hit.start, -hit.end))
    kept: list[FoundFrequency] = []
    for hit in found:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _times(match: re.Match[str]) -> tuple[int, int]:
    low = int(read_numeral(match["from"]))
    high = int(read_numeral(match["to"])) if match["to"] else low
    return (1, high) if match["max"] else (min(low, high), max(low, high))
