"""Word's automatic numbers, computed: they stand nowhere in the document's text.

A paragraph names a list (``numId``) and a level; numbering.xml says how each level looks and counts. ``Numbering.label`` is called once for
every paragraph in document order and returns what Word prints in front of it.

Source: ISO/IEC 29500-1, 17.9 (numbering).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = "〇一二三四五六七八九"
_LEGAL_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LEVELS = 9
_NO_SPACE_AFTER = "、，：:）)】]》"


def qn(tag: str) -> str:
    """The qualified name of a tag of WordprocessingML: w:p -> {http://…}p."""
    return _W + tag.removeprefix("w:")


def format_chinese(number: int, *, digits: str = _CHINESE, units: str = "十百千", drop_leading_one: bool = True) -> str:
    """1 -> 一, 12 -> 十二, 105 -> 一百零五; numbers above 9999 stay Arabic."""
    if not 0 < number < 10_000:
        return str(number)
    words = ""
    for position, digit in enumerate(reversed(str(number))):
        if digit != "0":
            words = digits[int(digit)] + ("" if position == 0 else units[position - 1]) + words
        elif words and not words.startswith("零"):
            words = "零" + words
    if drop_leading_one and 10 <= number < 20:
        words = words[1:]
    return words


def _roman(number: int) -> str:
    words = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        words += letters * count
    return words


def _letter(number: int) -> str:
    repeats, index = divmod(number - 1, 26)
    return chr(ord("a") + index) * (repeats + 1)


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


_CIRCLED = _one_of("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")

_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "chineseCounting": format_chinese,
    "chineseCountingThousand": format_chinese,
    "taiwaneseCounting": format_chinese,
    "taiwaneseCountingThousand": format_chinese,
    "japaneseCounting": format_chinese,
    "koreanCounting": format_chinese,
    "ideographDigital": lambda number: "".join(_CHINESE[int(digit)] for digit in str(number)),
    "japaneseDigitalTenThousand": lambda number: "".join(_CHINESE[int(digit)] for digit in str(number)),
    "taiwaneseDigital": lambda number: "".join(_CHINESE[int(digit)] for digit in str(number)),
    "chineseLegalSimplified": lambda number: format_chinese(number, digits=_LEGAL_SIMPLIFIED, units="拾佰仟", drop_leading_one=False),
    "ideographLegalTraditional": lambda number: format_chinese(number, digits=_LEGAL_TRADITIONAL, units="拾佰仟", drop_leading_one=False),
    "ideographEnclosedCircle": _one_of("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "none": lambda _: "",
}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    space_after: bool = True
    restart_after: int | None = None  # 1-based level whose step restarts this one; 0 never; None: any higher level
    arabic: bool = False  # «legal» numbering shows higher levels as Arabic digits
    style: str = ""  # the paragraph style bound to this level


@dataclass(slots=True)
class _List:
    """A list as one ``w:num`` describes it; lists of one abstract definition count on together."""

    abstract: str
    levels: dict[int, _Level]
    restarts: dict[int, int] = field(default_factory=dict)  # level -> number at this list's first use


class Numbering:
    """The state of all lists of one document while it is read from top to bottom."""

    def __init__(self, lists: _Element | None, styles: _Element | None) -> None:
        """From the roots of numbering.xml and styles.xml, None where the document has no such part."""
        self._lists = {} if lists is None else _read_lists(lists)
        self._styles = {} if styles is None else {style.get(qn("w:styleId"), ""): style for style in styles.findall(qn("w:style"))}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def label(self, paragraph: _Element) -> str:
        """What Word prints in front of ``paragraph`` (a ``w:p``), with a space where the text would run into it; empty when nothing."""
        place = self._place(paragraph)
        if place is None:
            return ""
        list_id, level = place
        definition = self._lists[list_id]
        counters = self._step(list_id, definition, level)
        look = definition.levels[level]
        if look.number_format == "bullet":
            return "•"
        printed = re.sub(r"%([1-9])", lambda found: self._number(definition, counters, int(found[1]) - 1, look), look.text).strip()
        return f"{printed} " if look.space_after and printed and printed[-1] not in _NO_SPACE_AFTER else printed

    def heading_level(self, paragraph: _Element) -> int | None:
        """0 for a first-level heading by the paragraph's or its style's outline level, None for body text."""
        properties = paragraph.find(qn("w:pPr"))
        style_id = "" if properties is None else _value(properties.find(qn("w:pStyle")))
        for source, _ in ((properties, ""), *self._style_chain(style_id)):
            level = None if source is None else source.find(qn("w:outlineLvl"))
            if level is not None:
                depth = _integer(_value(level), _LEVELS)
                return depth if depth < _LEVELS else None
        return None

    def _place(self, paragraph: _Element) -> tuple[str, int] | None:
        properties = paragraph.find(qn("w:pPr"))
        style_id = "" if properties is None else _value(properties.find(qn("w:pStyle")))
        list_id, level, own_style = "", "", ""
        for source, name in ((properties, ""), *self._style_chain(style_id)):
            found = None if source is None else source.find(qn("w:numPr"))
            if found is None:
                continue
            level = level or _value(found.find(qn("w:ilvl")))
            if list_id := _value(found.find(qn("w:numId"))):
                own_style = name
                break
        if list_id not in self._lists:  # «0» takes a paragraph out of its style's list
            return None
        levels = self._lists[list_id].levels
        bound = next((depth for depth, look in levels.items() if own_style and look.style == own_style), 0)
        depth = _integer(level, bound)
        return (list_id, depth) if depth in levels else None

    def _style_chain(self, style_id: str) -> list[tuple[_Element | None, str]]:
        chain: list[tuple[_Element | None, str]] = []
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            style = self._styles[style_id]
            chain.append((style.find(qn("w:pPr")), style_id))
            style_id = _value(style.find(qn("w:basedOn")))
        return chain

    def _step(self, list_id: str, definition: _List, level: int) -> list[int | None]:
        counters = self._counters.setdefault(definition.abstract, [None] * _LEVELS)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for depth in definition.restarts:
                counters[depth] = None
        current = counters[level]
        counters[level] = self._start(definition, level) if current is None else current + 1
        for depth in range(level + 1, _LEVELS):
            after = definition.levels[depth].restart_after if depth in definition.levels else None
            if after is None or 0 < level + 1 <= after:
                counters[depth] = None
        return counters

    def _start(self, definition: _List, level: int) -> int:
        start = definition.levels[level].start if level in definition.levels else 1
        return definition.restarts.get(level, start)

    def _number(self, definition: _List, counters: list[int | None], level: int, look: _Level) -> str:
        number = counters[level]
        if number is None:  # a deeper item before any of its parent
            number = counters[level] = self._start(definition, level)
        kind = definition.levels[level].number_format if level in definition.levels else "decimal"
        return str(number) if look.arabic else _FORMATS.get(kind, str)(number)


def _read_lists(root: _Element) -> dict[str, _List]:
    abstracts = {found.get(qn("w:abstractNumId"), ""): found for found in root.findall(qn("w:abstractNum"))}
    by_style = {style: found for found in abstracts.values() if (style := _value(found.find(qn("w:styleLink"))))}
    lists: dict[str, _List] = {}
    for num in root.findall(qn("w:num")):
        abstract_id = _value(num.find(qn("w:abstractNumId")))
        abstract = abstracts.get(abstract_id)
        if abstract is None:
            continue
        linked = by_style.get(_value(abstract.find(qn("w:numStyleLink"))))
        definition = _List(abstract_id, _read_levels(abstract if linked is None else linked))
        for override in num.findall(qn("w:lvlOverride")):
            depth = _integer(override.get(qn("w:ilvl")), 0)
            definition.levels |= _read_levels(override)
            start = override.find(qn("w:startOverride"))
            if start is not None:
                definition.restarts[depth] = _integer(_value(start), 1)
        lists[num.get(qn("w:numId"), "")] = definition
    return lists


def _read_levels(parent: _Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for found in parent.findall(qn("w:lvl")):
        restart = found.find(qn("w:lvlRestart"))
        look = found.find(f".//{qn('w:numFmt')}")  # inside mc:AlternateContent when Word wrote a custom format
        levels[_integer(found.get(qn("w:ilvl")), 0)] = _Level(
            start=_integer(_value(found.find(qn("w:start"))), 1),
            number_format=_value(look) or "decimal",
            text=_value(found.find(qn("w:lvlText"))),
            space_after=_value(found.find(qn("w:suff"))) != "nothing",
            restart_after=None if restart is None else _integer(_value(restart), 0),
            arabic=is_on(found.find(qn("w:isLgl"))),
            style=_value(found.find(qn("w:pStyle"))),
        )
    return levels


def _value(element: _Element | None) -> str:
    return "" if element is None else element.get(qn("w:val"), "")


def is_on(element: _Element | None) -> bool:
    """Whether a switch of WordprocessingML is set: there, and not off."""
    return element is not None and element.get(qn("w:val"), "1") not in ("0", "false", "off")


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.lstrip("-").isdecimal() else otherwise
