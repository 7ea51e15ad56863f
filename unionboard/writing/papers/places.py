"""What may be named in the form of each paper, in Chinese and in English: both work in every form.

A place stands for a text or a figure; the places of a list stand in one row, which is repeated for each of its lines.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from unionboard.i18n import mark, translate
from unionboard.models import TemplateKind


@dataclass(frozen=True, slots=True)
class Place:
    """A place by both of its names, and what stands there (a msgid)."""

    en: str
    zh: str
    told: str

    def name(self, language: str) -> str:
        """As it is called in ``language``."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class PlaceList:
    """A list with the places of its lines."""

    en: str
    zh: str
    told: str
    columns: tuple[Place, ...]

    def name(self, language: str) -> str:
        """As it is called in ``language``."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Places:
    """All that the form of a paper may name."""

    single: tuple[Place, ...]
    lists: tuple[PlaceList, ...] = ()

    def find_list(self, en: str) -> PlaceList:
        """The list of that English name."""
        return next(one for one in self.lists if one.en == en)


LINE_ZH, LINE_EN = "行", "row"
"""What a line of a list is called within the loop of a Word form."""
_OF_LIST = mark("{list}: {place}")
_UNION = Place("union", "单位", mark("the union’s name"))
_TITLE = Place("title", "标题", mark("what the paper is called"))
_PRINTED = Place("printed_on", "制表日期", mark("the day it was made"))
_NUMBER = Place("number", "序号", mark("1, 2, 3 …"))
_NAME = Place("name", "姓名", mark("name, or empty to be filled in by hand"))
_DEPARTMENT = Place("department", "部门", mark("department or duty, or empty"))
_BOOK_COLUMNS = (
    Place("item", "科目", mark("the item of the books")),
    Place("budget", "预算", mark("what the year’s budget has for it, in yuan")),
    Place("amount", "本期", mark("booked in the period, in yuan")),
    Place("year_to_date", "本年累计", mark("booked since the first of January, in yuan")),
)

PLACES: Mapping[TemplateKind, Places] = {
    TemplateKind.NOTICE: Places(
        (
            _UNION,
            _TITLE,
            Place("month", "月份", mark("the month with its year")),
            Place("month_before", "上月", mark("the month before")),
            Place("contact", "联系方式", mark("whom to ask, as typed; a line to write on when nothing was")),
            _PRINTED,
        ),
        (
            PlaceList(
                "planned",
                "本月安排",
                mark("what is planned for the month"),
                (
                    Place("when", "时间", mark("when it is")),
                    Place("activity", "活动", mark("what it is")),
                    Place("owner", "负责人", mark("who sees to it")),
                ),
            ),
            PlaceList("duties", "常年工作", mark("what goes on all year"), (Place("activity", "活动", mark("what it is")),)),
            PlaceList(
                "done",
                "上月完成",
                mark("what was done the month before"),
                (
                    Place("when", "时间", mark("when it was")),
                    Place("activity", "活动", mark("what it was")),
                    Place("people", "人数", mark("how many took part")),
                ),
            ),
        ),
    ),
    TemplateKind.SIGN_IN: Places(
        (
            _UNION,
            _TITLE,
            Place("activity", "活动", mark("the activity or meeting; a line to write on when there is none")),
            Place("day", "时间", mark("the day; a line to write on when it is open")),
            Place("place", "地点", mark("the place; a line to write on when it is open")),
            Place("expected", "应到人数", mark("how many are expected")),
            _PRINTED,
        ),
        (PlaceList("rows", "名单", mark("the lines to sign"), (_NUMBER, _NAME, _DEPARTMENT)),),
    ),
    TemplateKind.VISIT: Places(
        (
            _UNION,
            _TITLE,
            Place("number", "编号", mark("the visit’s number in the register")),
            Place("name", "姓名", mark("whom the visit is for; empty unless names were unlocked")),
            Place("occasion", "事由", mark("the occasion, as far as it may be told")),
            Place("day", "时间", mark("the day of the visit")),
            Place("people", "人次", mark("for how many people")),
            Place("amount", "金额", mark("the sum in yuan; empty unless names were unlocked")),
            Place("amount_words", "金额大写", mark("the sum in Chinese words; empty unless names were unlocked")),
            Place("goods", "慰问品", mark("the gifts; empty unless names were unlocked")),
            Place("visitors", "慰问人员", mark("who goes; empty unless names were unlocked")),
            _PRINTED,
        )
    ),
    TemplateKind.HANDOUT: Places(
        (
            _UNION,
            _TITLE,
            Place("day", "日期", mark("the day of the hand-out")),
            Place("goods", "品名", mark("what is handed out")),
            Place("heads", "人数", mark("how many lines there are")),
            Place("unit", "单价", mark("the value for each, in yuan")),
            Place("total", "合计", mark("the value of all, in yuan")),
            _PRINTED,
        ),
        (
            PlaceList(
                "rows",
                "名单",
                mark("the lines to sign"),
                (
                    _NUMBER,
                    _NAME,
                    _DEPARTMENT,
                    Place("goods", "品名", mark("what is handed out")),
                    Place("quantity", "数量", mark("how many each gets: 1")),
                    Place("amount", "金额", mark("the value for each, in yuan")),
                ),
            ),
        ),
    ),
    TemplateKind.DISCLOSURE: Places(
        (
            _UNION,
            _TITLE,
            Place("period", "期间", mark("the quarter, half-year or year")),
            Place("first", "起始日期", mark("the first day of the figures")),
            Place("last", "截止日期", mark("the last day of the figures")),
            Place("opening", "期初结余", mark("left the day before the period, in yuan")),
            Place("income", "收入合计", mark("income of the period, in yuan")),
            Place("spending", "支出合计", mark("spending of the period, in yuan")),
            Place("balance", "期末结余", mark("left at the end of the period, in yuan")),
            Place("dues", "会费收入", mark("dues collected in the period, in yuan")),
            Place("members", "会员人数", mark("how many members the union has")),
            Place("care", "慰问情况", mark("how many care visits there were, without occasions")),
            Place("posted", "公示期", mark("from when to when it hangs out")),
            Place("phone", "监督电话", mark("the phone for questions; a line to write on when none was typed")),
            _PRINTED,
        ),
        (
            PlaceList("income_rows", "收入明细", mark("income by item"), _BOOK_COLUMNS),
            PlaceList("spending_rows", "支出明细", mark("spending by item"), _BOOK_COLUMNS),
        ),
    ),
    TemplateKind.CERTIFICATE: Places(
        (
            _UNION,
            _TITLE,
            Place("year", "年度", mark("the plan’s year")),
            Place("count", "项数", mark("how many honours there are")),
            _PRINTED,
        ),
        (
            PlaceList(
                "rows",
                "名单",
                mark("the honours"),
                (
                    _NUMBER,
                    Place("name", "获奖者", mark("who got it: the union, or the name that was typed")),
                    Place("award", "荣誉", mark("what the honour is called")),
                    Place("level", "级别", mark("how high it stands")),
                    Place("activity", "活动", mark("the activity it was won with")),
                    Place("day", "日期", mark("when")),
                ),
            ),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A place as it is typed into a form, and what stands there, in words."""

    typed: str
    told: str


def list_told(kind: TemplateKind, language: str) -> Iterator[Told]:
    """All places of a paper by the names of ``language``, first those that stand alone; a place of a list as ``list.place``."""
    places = PLACES[kind]
    for place in places.single:
        yield Told(f"{{{{ {place.name(language)} }}}}", translate(language, place.told))
    for one in places.lists:
        for column in one.columns:
            told = translate(language, _OF_LIST, list=translate(language, one.told), place=translate(language, column.told))
            yield Told(f"{{{{ {one.name(language)}.{column.name(language)} }}}}", told)


def loop_of(one: PlaceList, language: str, *, tag: str = "tr") -> tuple[str, str]:
    """How a list is begun and ended in Word: a row (``tr``) or a paragraph (``p``) of its own each."""
    line = LINE_EN if language == "en" else LINE_ZH
    return f"{{%{tag} for {line} in {one.name(language)} %}}", f"{{%{tag} endfor %}}"


def cell_of(column: Place, language: str) -> str:
    """A place of a line within such a loop."""
    return f"{{{{ {LINE_EN if language == 'en' else LINE_ZH}.{column.name(language)} }}}}"
