"""Figures a plan sets itself: 85%以上, 10名, 1—2次, 平均每月二篇, 每人一篇, 50元/人, 零事故."""

import re
from collections.abc import Iterator

from unionboard.numerals import CHINESE, DIGITS, read_numeral
from unionboard.reading.draft import Period, Target, TargetOp
from unionboard.reading.lines import fold

# With a Chinese number only what can hardly stand in a slogan: 五项基本功, 三条主线 and 三个代表 are names.
_COUNTED_IN_CHINESE = "人次|场次|课时|学时|小时|万元|名|次|篇|份|期|场|件|户|元|封|稿|册|幅|案|堂"
_UNITS = rf"{_COUNTED_IN_CHINESE}|分钟|万字|人|字|节|本|条|个|项|家|对|支|套|位|则|组|分(?!之|活动)|张|部|台"
_NUMBER = rf"(?:\d[\d,]{{0,11}}(?:\.\d{{1,4}})?|{CHINESE})"
_FIGURE = re.compile(
    rf"(?<![\d.:/第届一二两三四五六七八九十百千万几])"
    rf"(?:百分之(?P<hundredth>{_NUMBER})(?:\s*(?:-|至|到)\s*(?:百分之)?(?P<hundredth_2>{_NUMBER}))?"
    rf"|(?P<low>{_NUMBER})\s*(?:%?\s*(?:-+|至|到|或)\s*(?P<high>{_NUMBER})\s*)?(?:%|(?P<more>[余多])?(?P<unit>{_UNITS})))"
)
_PART_OF_A_NAME = re.compile(
    r"\s*(?:[一二三四五六七八九十\d]|月|学期|季度|星期|学年|年|届|制|一组|小组长?|为一?组|为单位|代表(?!大)|中心|坚持|文明|以上的?(?:企|私|非公|单位|规模))"
)
_TOLD = re.compile(r"(?:第|届|[/.:]|这|那|上述|(?<!没)有[\u4e00-\u9fff]{0,4})\s*$")  # an ordinal, or what is there already
_DUES = re.compile(r"的?(?:工会)?经费")  # 2%工会经费
_BEFORE = re.compile(
    r"(?P<least>(?:不[得能]?(?:少|低|下)于|至少|最少|起码)[\u4e00-\u9fff]{0,6}|(?:达到?了?|超过|确保|保持在?)\s*)$"
    r"|(?P<most>(?:不[得能]?(?:超过|多于|高于|大于)|至多|最多|控制在)[\u4e00-\u9fff]{0,6})$"
)
_AFTER = re.compile(r"\s*(?:(?P<least>(?:\(含\)|及其?)?以上|多)|(?P<most>(?:\(含\)|及其?)?以[内下]))")
_EACH_AFTER = re.compile(r"\s*(?:/|每)\s*每?(?P<each>人|名|位|月|年|学期|小组|组|班组)(?![一二三四五六七八九十\d])")
_REACH = 40  # characters before a figure in which its words stand
_PERSON = "(?:人|教师|老师|教职工|教工|职工|会员|代表|党员|委员|同志|护士|医生|干部|组长)"
_EACH: tuple[tuple[str, str], ...] = (
    ("person", rf"每一?[位名](?:[\u4e00-\u9fff]{{0,4}}{_PERSON})?|每一?个?(?:青年|女)?{_PERSON}|人均|人手|人人"),
    (
        "group",
        r"每一?(?:个|支)?(?:工会)?(?:小组|组|班组|部门|科室|处室|年级组|教研组|分会|分工会|单位|办公室|支部)|各(?:工会)?(?:小组|分会|分工会|部门|科室)",
    ),
    (Period.DAY, r"每[天日]"),
    (Period.WEEK, r"每一?个?(?:周|星期)"),
    (Period.QUARTER, r"每一?个?季度?"),
    (Period.HALF_YEAR, r"每半年"),
    (Period.MONTH, r"每一?个?月"),
    (Period.TERM, r"每一?个?学期|(?:一个?|本)学期"),
    (Period.YEAR, r"每一?个?(?:学年度?|年度?)|一学年"),
)
_EACH_BEFORE = tuple((per, re.compile(words)) for per, words in _EACH)
_EACH_UNITS = {
    "月": Period.MONTH.value,
    "年": Period.YEAR.value,
    "学期": Period.TERM.value,
    "小组": "group",
    "组": "group",
    "班组": "group",
}
_AVERAGE = re.compile(r"平均|人均")
_CLAUSE = re.compile(r"(?:[^,。;!?\n]|(?<=\d),(?=\d{3}(?!\d)))+")
_NO_AIM = re.compile(
    r"去年|上年|上学年|上学期|往年|近年|现有|共有|目前|已有|拥有|截至|累计|以来|工资总额|拨缴|计提|上缴|上解|返还|回拨|为单位"
)
_ZERO = re.compile(
    r"[^,。;!?:\s]{0,14}为零|零(?:事故|投诉|违[纪规法]|案件|差错|上访|伤亡|发生|缺席)|(?:坚决|切实|严格)?杜绝[^,。;!?]{2,24}|无一例外"
    r"|(?:没有|无)一(?:个|名|起|例|人|件)[^,。;!?]{1,24}|(?:没有|无)(?:任何)?(?:违|重大|安全|责任)[^,。;!?]{1,20}"
    r"|不(?:得)?(?:再)?(?:出现|发生)[^,。;!?]{2,24}"
)


def find_targets(text: str) -> tuple[Target, ...]:
    """The targets ``text`` sets, in its order: counts, shares, averages, ranges, amounts per person, and what must not happen.

    A lone «一次» or «一个» is an article and no target, and «每月一次» is a frequency; ordinals (第十届), names (三个代表, 五必访) and
    what is told of the past or of the dues are none. Source: domain notes A3, trap 22.
    """
    plain = fold(text)
    found = [*_find_figures(text, plain), *_find_zeros(text, plain)]
    return tuple(target for _, target in sorted(found, key=lambda hit: hit[0]))


def _find_figures(text: str, plain: str) -> Iterator[tuple[int, Target]]:
    for clause in _CLAUSE.finditer(plain):
        if _NO_AIM.search(clause.group()):
            continue
        for figure in _FIGURE.finditer(plain, *clause.span()):
            if target := _read_figure(text, plain, clause.start(), figure):
                yield figure.start(), target


def _read_figure(text: str, plain: str, start: int, figure: re.Match[str]) -> Target | None:
    """The target a number with its unit sets; ``start`` is where its clause begins, of which only the near part is looked at."""
    start = max(start, figure.start() - _REACH)
    words = figure["low"] or figure["hundredth"]
    is_share = figure["unit"] is None
    unit = "%" if is_share else figure["unit"]
    before, end = plain[start : figure.start()], figure.end()
    in_chinese = not words[0].isdigit()
    is_name = _DUES.match(plain, end) if is_share else _PART_OF_A_NAME.match(plain, end) or _is_quoted(plain, figure.start())
    if is_name or _TOLD.search(before):
        return None
    if in_chinese and not is_share and unit not in _COUNTED_IN_CHINESE.split("|"):
        return None
    low, high = _bounds(words, figure["high"] or figure["hundredth_2"])
    bound, after = _BEFORE.search(before), _AFTER.match(plain, end)
    per, per_start, end = _find_each(plain, start, figure.start(), after.end() if after else end)
    average = _AVERAGE.search(before)
    op = TargetOp.AT_LEAST if figure["more"] else _op(low, high, bound, after, is_average=bool(average))
    if low == 1 and op is TargetOp.EXACTLY and not is_share and (not per or (per in set(Period) and unit not in "名人")):
        return None
    begin = min([figure.start(), per_start, *(hit.start() + start for hit in (bound, average) if hit)])
    return Target(op, low, high, unit, per, text[begin:end].strip())


def _op(low: float, high: float, bound: re.Match[str] | None, after: re.Match[str] | None, *, is_average: bool) -> TargetOp:
    if is_average:
        return TargetOp.AVERAGE
    if high > low:
        return TargetOp.RANGE
    if (bound and bound["most"]) or (after and after["most"]):
        return TargetOp.AT_MOST
    is_whole = low == 100 and not (after and after["least"])  # 达到100%: there is nothing above it
    if ((bound and bound["least"]) or (after and after["least"])) and not is_whole:
        return TargetOp.AT_LEAST
    return TargetOp.EXACTLY


def _bounds(words: str, to: str | None) -> tuple[float, float]:
    """二三 and 一两 are a range without a dash."""
    if to is None and len(words) == 2 and words[0] in DIGITS and words[1] in DIGITS:
        words, to = words[0], words[1]
    low = read_numeral(words)
    high = read_numeral(to) if to else low
    return min(low, high), max(low, high)


def _find_each(plain: str, start: int, figure: int, end: int) -> tuple[str, int, int]:
    """What the figure is counted for: "" or a value of ``Target.per``, where that begins, and where the whole phrase ends."""
    if behind := _EACH_AFTER.match(plain, end):
        return _EACH_UNITS.get(behind["each"], "person"), figure, behind.end()
    for per, pattern in _EACH_BEFORE:
        if hits := list(pattern.finditer(plain, start, figure)):
            return str(per), hits[-1].start(), end
    return "", figure, end


def _is_quoted(plain: str, position: int) -> bool:
    return plain.rfind("“", 0, position) > plain.rfind("”", 0, position)


def _find_zeros(text: str, plain: str) -> Iterator[tuple[int, Target]]:
    for found in _ZERO.finditer(plain):
        yield found.start(), Target(TargetOp.ZERO, 0, 0, "", phrase=text[found.start() : found.end()].strip())
