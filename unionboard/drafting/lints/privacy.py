"""Who is ill, poor or bereaved is nobody's business but theirs: names beside it, diagnoses, counts that point at one person.

Source: domain notes D2, E5.11.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from unionboard.drafting.alignment import Shown
from unionboard.drafting.document import GAP
from unionboard.drafting.figures import Unit
from unionboard.drafting.lints.passages import Background, Passage
from unionboard.drafting.lints.remarks import TITLE, Code, Mend, MendKind, Remark
from unionboard.drafting.names import hide_names as cover_names
from unionboard.drafting.names import holds_name
from unionboard.drafting.phrases import Place
from unionboard.drafting.typed_numbers import read_numbers
from unionboard.reference import surnames
from unionboard.reference.occasions import illness_words

FEWEST = 3
"""Fewer cases than this point at somebody."""
_FATE = (
    "住院|生病|患病|重病|大病|因病|病重|病故|看病|手术|丧|吊唁|去世|逝世|离世"
    "|困难|特困|贫困|低保|建档|帮扶|救助|生育|产假|离婚|意外|纠纷|受伤"
)
_FATE_EN = "hospital|illness|sick|surgery|bereave|funeral|death|died|hardship|birth|divorce|accident|injur"
_VISIT = re.compile(f"慰问|看望|探望|探视|走访|{_FATE}|病|{_FATE_EN}|visit", re.IGNORECASE)
_ABOUT_A_PERSON = re.compile("慰问|看望|探望|探视|走访|吊唁|住院|患|因病|病故|去世|帮扶|救助|捐|visit|hospital|suffer", re.IGNORECASE)
_ONE_OR_TWO = r"(?<![\d.,十百千第初漏每落])(?P<{0}>[12]|[一两二])(?P<{0}_unit>人次|人|名|位|户|例)(?!以上)"
_PEOPLE = "(?:会员|职工|教师|教职工|老师|同志|家庭|女职工|退休)"
_SMALL = re.compile(
    rf"(?:{_FATE})(?!保障|保险|互助)[^，。；、\d一二两]{{0,10}}{_ONE_OR_TWO.format('behind')}"
    rf"|{_ONE_OR_TWO.format('before')}[^，。；、\d]{{0,4}}(?:{_FATE})(?!保障|保险|互助)"
    rf"|(?:慰问|看望|探望|探视){_ONE_OR_TWO.format('visited')}{_PEOPLE}?(?=[，。；、及和])"
)
_SMALL_EN = re.compile(
    rf"\b(?:{_FATE_EN})[a-z]*(?: [a-z]+){{0,2}} (?:[12]|one|two)\b(?![,.%–]?\d)"
    rf"|(?<![\d,.¥])\b(?:[12]|one|two) (?:[a-z]+ ){{0,4}}(?:in |for |after )?(?:{_FATE_EN})",
    re.IGNORECASE,
)
_NAMED = "(?:老师|同志|医生|护士|师傅|同学)"
_NOBODY = frozenset(
    {
        "全体",
        "常年",
        "高龄",
        "单亲",
        "任课",
        "支教",
        "党员",
        "高级",
        "毕业",
        "安全",
        "成员",
        "全校",
        "全国",
        "班主任",
        "时任",
        "年轻",
        "全科",
        "项目",
        "工会",
        "明年",
        "强化",
        "和谐",
        "广大",
        "支部",
    }
)
"""They begin like a name and are none."""
_ALSO_WORDS = frozenset("和金方安高任常时白温成于全党明平乐师计易强单支毕项文管路解年后元水苗花车能劳应广同家重大")
"""Surnames that begin ordinary words too: 慰问高温岗位, 慰问和帮扶."""


def find_private_matters(passages: Sequence[Passage], background: Background) -> Iterator[Remark]:
    """All remarks that stop an export: every sentence is read, generated ones too, for people typed results and titles."""
    for passage in passages:
        if passage.kind is Place.SIGNATURE:
            continue
        if _names(passage.heading, background):
            yield Remark(Code.PRIVATE_NAME, passage.key, mend=Mend(MendKind.WRITE))
        for place, one in enumerate(passage.shown):
            yield from _read(passage, place, one, background)


def hide_names(text: str, background: Background) -> str:
    """``text`` without the names that must not stand there."""
    return _hide(text, _names(text, background), background)


def tells_of_somebody(text: str, background: Background) -> bool:
    """Whether ``text`` by itself would stop an export."""
    return bool(_names(text, background) or _illness(text) or _small_count(text, background))


def check_title(title: str, background: Background) -> Iterator[Remark]:
    """A private name in a title."""
    if _names(title, background):
        yield Remark(Code.PRIVATE_NAME, TITLE, mend=Mend(MendKind.WRITE))


def _read(passage: Passage, place: int, one: Shown, background: Background) -> Iterator[Remark]:
    text = GAP.sub("", one.text)
    if names := _names(text, background):
        yield Remark(Code.PRIVATE_NAME, passage.key, place, mend=Mend(MendKind.REPLACE, _hide(one.text, names, background)))
    if word := _illness(text):
        yield Remark(Code.ILLNESS_NAMED, passage.key, place, word, Mend(MendKind.WRITE), one.text)
    if words := _small_count(text, background):
        yield Remark(Code.SMALL_COUNT, passage.key, place, words, Mend(MendKind.WRITE), one.text)


def _names(text: str, background: Background) -> list[str]:
    """Names that must not stand there: of those who were visited anywhere, anybody's beside illness, hardship or death."""
    found = [name for name in background.private_names if holds_name(text, name)]
    if _VISIT.search(text):
        found += [name for name in background.people if name not in found and holds_name(text, name) and _is_near_fate(name, text)]
        if not background.is_english:
            found += [name for name in _guess(text) if name not in found]
    return found


def _guess(text: str) -> Iterator[str]:
    """What looks like the name of somebody visited, though no list has it; further names of a row with it."""
    for match in _titled().finditer(text):
        for name in [match["titled"] or match["listed"], *re.findall("、([\u4e00-\u9fff]{2,4}?)(?=[、等和]|$)", _row_after(text, match))]:
            if name not in _NOBODY and (name[0] in surnames() or name[:2] in surnames()):
                yield name


def _row_after(text: str, match: re.Match[str]) -> str:
    row = re.match("(?:、[\u4e00-\u9fff]{2,4})+?(?=等|和)", text[match.end() :]) if match["listed"] else None
    return row.group() if row else ""


def _is_near_fate(name: str, text: str) -> bool:
    """Whether illness, hardship or death is spoken of in the clause of the name."""
    clauses = re.split("[，。；;]", text)
    return any(holds_name(clause, name) and re.search(f"{_FATE}|病|{_FATE_EN}", clause, re.IGNORECASE) for clause in clauses)


@cache
def _titled() -> re.Pattern[str]:
    """王小明老师, after something that is no part of a word of its own; 慰问王小明、李雪等困难职工 without any title."""
    families = "|".join(sorted(map(re.escape, surnames()), key=len, reverse=True))
    clear = "|".join(sorted(map(re.escape, surnames() - _ALSO_WORDS), key=len, reverse=True))
    given = "[\u4e00-\u9fff]{1,2}"
    before = "(?:(?<![\u4e00-\u9fff])|(?<=慰问|看望|探望|探视|吊唁|走访)|(?<=[为对给向了到的位]))"
    return re.compile(
        rf"{before}(?P<titled>(?:{families}){given}|(?:{clear})){_NAMED}"
        rf"|(?:慰问|看望|探望|探视|吊唁)了?(?P<listed>(?:{clear}){given}?)(?=(?:、[^，。；]{{2,12}})?(?:等[^，。；]{{0,4}})?(?:{_FATE}|父|母|家属|夫妇|一家))"
    )


def _hide(text: str, names: Sequence[str], background: Background) -> str:
    text = cover_names(text, names, "a member" if background.is_english else "某会员")
    return re.sub(f"某会员{_NAMED}", "某会员", text)


def _illness(text: str) -> str:
    """A diagnosis in a clause about somebody; lectures on health may name what they are about."""
    for clause in re.split("[，。；;]", text):
        if _ABOUT_A_PERSON.search(clause):
            plain = clause.casefold()
            for word in illness_words():
                if (re.search(rf"\b{word}", plain) if word.isascii() else word in plain) and f"{word}防治" not in plain:
                    return word
    return ""


def _small_count(text: str, background: Background) -> str:
    match = (_SMALL_EN if background.is_english else _SMALL).search(text)
    if match:
        return match.group()
    return "" if background.is_english else _remainder(text)


def _remainder(text: str) -> str:
    """Occasions that leave one or two of the total untold: 走访慰问12人次，其中生日10人次. The total, else nothing."""
    match = re.search("其中|包括", text)
    if match is None or not re.search("慰问|看望|探望|帮扶|救助", text[: match.start()]):
        return ""
    numbers = read_numbers(text, language="zh_CN")
    whole = next((n for n in reversed(numbers) if n.end <= match.start() and n.unit in (Unit.PERSON, Unit.PERSON_TIME)), None)
    if whole is None or not isinstance(whole.value, Decimal):
        return ""
    parts = [n.value for n in numbers if n.start >= match.end() and n.unit is whole.unit and isinstance(n.value, Decimal)]
    left = whole.value - sum(parts)
    return whole.words if parts and 0 < left < FEWEST else ""
