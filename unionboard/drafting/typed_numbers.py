"""Numbers with their units as people type them into a summary: 58人, 84人次, 6.82万元, 约三百元, 6月8日至12日, 98.3%; ¥1,200, 6 March.

What looks like a number and is none (a year, 五届三次, the number of a line or of a law, a title in 《》 or “”) is passed over.
Source: domain notes A4 (units), B3 (traps).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from unionboard.drafting.document import GAP
from unionboard.drafting.figures import Figure, Unit
from unionboard.money import FEN_PER_YUAN, YUAN_PER_WAN, format_fen
from unionboard.numerals import CHINESE, read_numeral

UNITS = {
    "人次": Unit.PERSON_TIME,
    "人": Unit.PERSON,
    "名": Unit.PERSON,
    "位": Unit.PERSON,
    "户": Unit.HOUSEHOLD,
    "场次": Unit.TIME,
    "次": Unit.TIME,
    "场": Unit.SESSION,
    "期": Unit.SESSION,
    "项": Unit.ITEM,
    "件": Unit.CASE,
    "篇": Unit.ARTICLE,
    "票": Unit.VOTE,
    "个": Unit.GROUP,
    "万元": Unit.FEN,
    "千元": Unit.FEN,
    "元": Unit.FEN,
    "%": Unit.PERCENT,
    "％": Unit.PERCENT,
}
"""Chinese units. Source: domain notes A4."""
SPELT_UNITS = frozenset({"人次", "人", "名", "位", "户", "场次", "次", "场", "期", "件", "篇", "票", "万元", "千元", "元"})
"""Units beside which a number in Chinese characters counts something; 三项制度 and 四个社团 are ways of speaking."""
_FEN = {"万元": FEN_PER_YUAN * YUAN_PER_WAN, "千元": FEN_PER_YUAN * 1000, "元": FEN_PER_YUAN}
_WORDS_EN = {
    "attendance": Unit.PERSON_TIME,
    "people": Unit.PERSON,
    "person": Unit.PERSON,
    "member": Unit.PERSON,
    "delegate": Unit.PERSON,
    "teacher": Unit.PERSON,
    "women": Unit.PERSON,
    "household": Unit.HOUSEHOLD,
    "time": Unit.TIME,
    "visit": Unit.TIME,
    "session": Unit.SESSION,
    "activit": Unit.ITEM,
    "award": Unit.ITEM,
    "proposal": Unit.CASE,
    "case": Unit.CASE,
    "claim": Unit.CASE,
    "article": Unit.ARTICLE,
    "vote": Unit.VOTE,
}
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_MONTH_EN = "|".join(f"{name}|{name[:3]}" for name in _MONTHS)

_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_SPELT = "|".join(sorted(SPELT_UNITS, key=len, reverse=True))
_BEFORE = r"(?P<hedge>大约|约|近|超过|超|逾|达到?)?"
_PATTERN_ZH = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>3[01]|[12]\d|0?[1-9])日)?"
    r"|(?:至|到|—|－|-|～|~)(?P<day_to>3[01]|[12]\d|0?[1-9])日"
    rf"|{_BEFORE}(?P<digits>\d+(?:[,，]\d{{3}})*(?:\.\d+)?)\s?(?P<more>余|多)?\s?(?P<unit>{_UNIT}|[万千](?:余|多)元)?(?P<after>以上|左右|多|余)?"
    rf"|{_BEFORE.replace('hedge', 'spelt_hedge')}(?P<spelt>{CHINESE})(?P<spelt_more>余|多)?(?P<spelt_unit>{_SPELT})"
    r"|百分之(?P<percent>[一二三四五六七八九十百]+)"
)
_PATTERN_EN = re.compile(
    rf"(?P<day>3[01]|[12]\d|[1-9])(?:[–-](?P<last>3[01]|[12]\d|[1-9]))? (?P<month>{_MONTH_EN})\b(?: (?P<year>20\d\d))?"
    rf"|\b(?P<month_first>{_MONTH_EN}) (?P<day_after>3[01]|[12]\d|[1-9])\b(?:, (?P<year_after>20\d\d))?"
    r"|(?P<hedge>about |nearly |almost |over |more than )?(?P<yuan>¥ ?)?(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"(?P<unit> ?(?:%|per ?cent\b)| ?(?:yuan|RMB)\b)?(?P<word> [a-z]+(?: [a-z]+)?)?",
    re.IGNORECASE,
)
_LABEL = r"^\s*(?:\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）])"
_NO_FIGURE_ZH = re.compile(
    rf"{_LABEL}|《[^》]*》|“[^”]*”|〔\d+〕(?:第?\d+号)?|第\s?\d+|\d+号|[a-zA-Z]+\d[\da-zA-Z]*|\d+[a-zA-Z]+|20\d\d(?:[—－–-]+20\d\d)?(?=学?年(?!1?\d月)|[—－–-])"
    r"|\d{1,2}[:：]\d\d|[一二三四五六七八九十]+届[一二三四五六七八九十]+次|每[^，。；]{0,6}?[一两二三四五六]次|[一两二三]年一次",
    re.MULTILINE,
)
_NO_FIGURE_EN = re.compile(
    rf"{_LABEL}|“[^”]*”|\"[^\"]*\"|〔\d+〕|No\. ?\d+|\b\d+(?:st|nd|rd|th)\b|\b[A-Za-z]+\d+\w*|\d{{1,2}}:\d\d", re.MULTILINE
)
_YEAR = re.compile(r"(?:19|20)\d\d")


class Hedge(StrEnum):
    """How exactly a number wants to be taken."""

    NONE = ""
    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"


_HEDGES = {
    "约": Hedge.ABOUT,
    "大约": Hedge.ABOUT,
    "左右": Hedge.ABOUT,
    "about": Hedge.ABOUT,
    "近": Hedge.NEARLY,
    "nearly": Hedge.NEARLY,
    "almost": Hedge.NEARLY,
    "超": Hedge.OVER,
    "超过": Hedge.OVER,
    "逾": Hedge.OVER,
    "以上": Hedge.OVER,
    "余": Hedge.OVER,
    "多": Hedge.OVER,
    "over": Hedge.OVER,
    "more than": Hedge.OVER,
}
_STRICT = frozenset({Unit.PERSON, Unit.PERSON_TIME, Unit.HOUSEHOLD, Unit.FEN, Unit.PERCENT, Unit.DATE})


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number in ``text[start:end]``, its unit in it. ``value`` counts ``unit`` (fen for money, (month, day) for dates: day 0 is a month).

    ``step``: the smallest place that was typed, in the same unit. ``unit_words``: the unit as typed. ``is_spelt``: in Chinese characters.
    """

    start: int
    end: int
    words: str
    unit: Unit
    value: Decimal | tuple[int, int]
    step: Decimal = Decimal(1)
    hedge: Hedge = Hedge.NONE
    unit_words: str = ""
    is_spelt: bool = False

    @property
    def day(self) -> tuple[int, int] | None:
        """Month and day of a date."""
        return self.value if isinstance(self.value, tuple) else None

    def fits(self, figure: Figure) -> bool:
        """Whether unit and value are the figure's, as exactly as the number was written."""
        return is_kin(self.unit, figure.unit) and self.equals(figure)

    def equals(self, figure: Figure) -> bool:
        """Whether the value is the figure's, whatever the units."""
        if isinstance(self.value, tuple):
            day = day_of(figure)
            return day is not None and day[0] == self.value[0] and self.value[1] in (0, day[1])
        exact = number_of(figure)
        if exact is None:
            return False
        if self.unit is Unit.OTHER and figure.unit is Unit.FEN:
            return self.value * FEN_PER_YUAN == exact
        return exact == self.value or _is_near(exact, self.value, self.hedge, self.step)


def is_kin(one: Unit, other: Unit) -> bool:
    """Whether a number of one unit can be a figure of the other: 人, 人次, 户, money, rates and days only of their own, counts of any
    count; a number without a unit of anything but days.
    """
    if one is other:
        return True
    if Unit.OTHER in (one, other):
        return Unit.DATE not in (one, other)
    return one not in _STRICT and other not in _STRICT


def read_numbers(text: str, *, language: str) -> list[TypedNumber]:
    """All numbers of ``text`` that count something or name a day, in order."""
    covered = GAP.sub(_blank, text)
    if language == "en":
        return list(_read_english(_NO_FIGURE_EN.sub(_blank, covered), text))
    return list(_read_chinese(_NO_FIGURE_ZH.sub(_blank, covered), text))


def write_as(number: TypedNumber, figure: Figure) -> str:
    """The figure in the way the number was typed: its unit, 万元 where that is exact, thousands with commas where there were some."""
    if (day := number.day) is not None:
        return _write_day(number.words, figure, is_month=not day[1])
    exact = number_of(figure)
    if exact is None:
        return str(figure.value)
    if figure.unit is Unit.FEN:
        return _write_money(number, int(exact))
    plain = f"{exact.normalize():f}"
    if "," in number.words:
        plain = f"{exact:,}"
    own = number.unit_words if is_kin(number.unit, figure.unit) else _unit_word(figure.unit, number.unit_words)
    return plain + own


def _read_chinese(covered: str, text: str) -> Iterator[TypedNumber]:
    months: list[int] = []
    for match in _PATTERN_ZH.finditer(covered):
        start, end = match.span()
        if match["month"]:
            months.append(int(match["month"]))
            yield TypedNumber(start, end, text[start:end], Unit.DATE, (months[-1], int(match["day"] or 0)))
        elif match["day_to"]:
            if months:
                yield TypedNumber(start + 1, end, text[start + 1 : end], Unit.DATE, (months[-1], int(match["day_to"])))
        elif match["digits"]:
            unit = (match["unit"] or "").replace("余", "").replace("多", "")
            inside = "余" if unit != (match["unit"] or "") else ""  # 2万余元
            hedge = match["hedge"] or match["more"] or match["after"] or inside
            start, end = match.start("digits"), match.end("unit") if match["unit"] else match.end("digits")
            yield _number(text, (start, end), match["digits"].replace("，", ","), unit, hedge)
        elif match["spelt"]:
            if match["spelt"] != "一":
                hedge = match["spelt_hedge"] or match["spelt_more"] or ""
                yield _spelt(text, match.span("spelt")[0], match.end("spelt_unit"), match["spelt"], match["spelt_unit"], hedge)
        else:
            yield TypedNumber(start, end, text[start:end], Unit.PERCENT, Decimal(str(read_numeral(match["percent"]))), is_spelt=True)


def _number(text: str, place: tuple[int, int], digits: str, unit: str, hedge: str) -> TypedNumber:
    value = Decimal(digits.replace(",", ""))
    step = Decimal(1).scaleb(int(value.as_tuple().exponent))
    times = _FEN.get(unit, 1)
    kind = UNITS.get(unit, Unit.OTHER)
    start, end = place
    return TypedNumber(start, end, text[start:end], kind, value * times, step * times, _HEDGES.get(hedge, Hedge.NONE), unit)


def _spelt(text: str, start: int, end: int, words: str, unit: str, hedge: str) -> TypedNumber:
    value = Decimal(str(read_numeral(words))) * _FEN.get(unit, 1)
    kind = UNITS.get(unit, Unit.OTHER)
    return TypedNumber(start, end, text[start:end], kind, value, Decimal(1), _HEDGES.get(hedge, Hedge.NONE), unit, is_spelt=True)


def _read_english(covered: str, text: str) -> Iterator[TypedNumber]:
    for match in _PATTERN_EN.finditer(covered):
        start, end = match.span()
        if month := match["month"] or match["month_first"]:
            number = 1 + next(n for n, name in enumerate(_MONTHS) if name.startswith(month.lower()))
            yield TypedNumber(start, end, text[start:end], Unit.DATE, (number, int(match["day"] or match["day_after"])))
            if match["last"]:
                yield TypedNumber(match.start("last"), match.end("last"), match["last"], Unit.DATE, (number, int(match["last"])))
            continue
        unit, kind, fen = match["unit"] or "", Unit.OTHER, 1
        if not unit and not match["yuan"] and _YEAR.fullmatch(match["digits"]):
            continue
        if match["yuan"] or unit.strip().lower() in {"yuan", "rmb"}:
            kind, fen = Unit.FEN, FEN_PER_YUAN
        elif unit:
            kind = Unit.PERCENT
        elif words := (match["word"] or "").lower().split():
            kind = next((known for word in words for stem, known in _WORDS_EN.items() if word.startswith(stem)), Unit.OTHER)
        value = Decimal(match["digits"].replace(",", ""))
        step = Decimal(1).scaleb(int(value.as_tuple().exponent))
        start, end = match.start("yuan" if match["yuan"] else "digits"), match.end("unit" if unit else "digits")
        hedge = _HEDGES.get((match["hedge"] or "").strip().lower(), Hedge.NONE)
        yield TypedNumber(start, end, text[start:end], kind, value * fen, step * fen, hedge, unit)


def _is_near(exact: Decimal, typed: Decimal, hedge: Hedge, step: Decimal) -> bool:
    if hedge is Hedge.ABOUT:
        return abs(exact - typed) * 20 <= abs(exact)
    if hedge is Hedge.NEARLY:
        return typed * 9 <= exact * 10 <= typed * 10
    if hedge is Hedge.OVER:
        return typed <= exact < typed + _roundness(typed)
    rounded_sum = step >= FEN_PER_YUAN * 100 and step < typed  # 6.82万元, not 7万元
    if rounded_sum and typed / step >= 10:
        return abs(exact - typed) * 2 <= step
    return False


def _roundness(typed: Decimal) -> Decimal:
    """1,300 → 100: what «more than» leaves open."""
    digits = str(int(typed))
    return Decimal(10) ** max(0, len(digits) - len(digits.rstrip("0"))) if typed >= 10 else Decimal(1)


def number_of(figure: Figure) -> Decimal | None:
    """The value of a figure as a number; None of a day, and of words that are no number."""
    if isinstance(figure.value, date):
        return None
    try:
        return Decimal(figure.value)
    except InvalidOperation:
        return None


def day_of(figure: Figure) -> tuple[int, int] | None:
    """Month and day of a figure that is a day, also one quoted out of people's words."""
    value = figure.value
    if isinstance(value, str) and figure.unit is Unit.DATE:
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return None
    return (value.month, value.day) if isinstance(value, date) else None


def _write_day(typed: str, figure: Figure, *, is_month: bool) -> str:
    day = day_of(figure)
    if day is None:
        return str(figure.value)
    if "月" not in typed and "日" not in typed:
        name = _MONTHS[day[0] - 1].title()
        return str(day[1]) if typed.isdigit() else f"{day[1]} {name}"
    if is_month:
        return f"{day[0]}月"
    return f"{day[0]}月{day[1]}日" if "月" in typed else f"{day[1]}日"


def _write_money(number: TypedNumber, fen: int) -> str:
    if "¥" in number.words:
        return format_fen(fen)
    per_wan = FEN_PER_YUAN * YUAN_PER_WAN
    if number.unit_words == "万元" and fen % (per_wan // 100) == 0:
        return f"{(Decimal(fen) / per_wan).normalize():f}万元"
    yuan = Decimal(fen) / FEN_PER_YUAN
    plain = f"{yuan:f}" if fen % FEN_PER_YUAN else f"{fen // FEN_PER_YUAN}"
    if "," in number.words:
        plain = f"{yuan:,}"
    unit = "元" if number.unit_words in _FEN else number.unit_words
    return plain + unit


def _unit_word(unit: Unit, typed: str) -> str:
    return next((word for word, known in UNITS.items() if known is unit), typed) if typed in UNITS else typed


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"\S", "\u00a0", match.group())
