"""Numbers as people type them."""

from datetime import date
from decimal import Decimal

import pytest

from unionboard.drafting.figures import Figure, Rule, Unit
from unionboard.drafting.typed_numbers import Hedge, is_kin, read_numbers, write_as


def read(text: str, language: str = "zh_CN") -> list[tuple[str, Unit, object]]:
    return [(number.words, number.unit, number.value) for number in read_numbers(text, language=language)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("58人参加", [("58人", Unit.PERSON, 58)]),
        ("参与84人次", [("84人次", Unit.PERSON_TIME, 84)]),
        ("帮扶10户", [("10户", Unit.HOUSEHOLD, 10)]),
        ("获区师德标兵1名", [("1名", Unit.PERSON, 1)]),
        ("支出5350元", [("5350元", Unit.FEN, 535_000)]),
        ("支出1,200.50元", [("1,200.50元", Unit.FEN, 120_050)]),
        ("收入6.82万元", [("6.82万元", Unit.FEN, 6_820_000)]),
        ("参加率98.3%", [("98.3%", Unit.PERCENT, Decimal("98.3"))]),
        ("满意率百分之八十", [("百分之八十", Unit.PERCENT, 80)]),
        ("培训5期，竞赛3场次", [("5期", Unit.SESSION, 5), ("3场次", Unit.TIME, 3)]),
        ("完成28项，收到17件", [("28项", Unit.ITEM, 28), ("17件", Unit.CASE, 17)]),
        ("刊发12篇，赞成30票", [("12篇", Unit.ARTICLE, 12), ("30票", Unit.VOTE, 30)]),
        ("三十六人参加", [("三十六人", Unit.PERSON, 36)]),
        ("每人送去一千元慰问金", [("一千元", Unit.FEN, 100_000)]),
        ("满意度95分", [("95", Unit.OTHER, 95)]),
        ("6月8日至12日", [("6月8日", Unit.DATE, (6, 8)), ("12日", Unit.DATE, (6, 12))]),
        ("6月25日至7月1日", [("6月25日", Unit.DATE, (6, 25)), ("7月1日", Unit.DATE, (7, 1))]),
        ("2026年3月召开", [("2026年3月", Unit.DATE, (3, 0))]),
    ],
)
def test_number_is_read_with_its_unit(text: str, found: list[tuple[str, Unit, object]]) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "2026年，2025—2026学年",
        "召开五届三次教代会",
        "1.完善制度",
        "（2）完善制度",
        "印发工发〔2026〕5号文件",
        "学习《2026年工作要点》和“10件实事”",
        "第3届运动会，第2名",
        "每周三7:30开放",
        "坚持每月一次，两年一次体检",
        "举办一次座谈会",
        "四个社团、三项制度",
        "【待补充：2项】",
        "A4纸，5G网络",
    ],
)
def test_what_counts_nothing_is_passed_over(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("57 of 58 people took part (98.3%)", [("57", Unit.OTHER, 57), ("58", Unit.PERSON, 58), ("98.3%", Unit.PERCENT, Decimal("98.3"))]),
        ("¥1,840.50 spent", [("¥1,840.50", Unit.FEN, 184_050)]),
        ("300 yuan each", [("300 yuan", Unit.FEN, 30_000)]),
        ("181 attendances at 4 activities", [("181", Unit.PERSON_TIME, 181), ("4", Unit.ITEM, 4)]),
        ("held on 6 March 2026", [("6 March 2026", Unit.DATE, (3, 6))]),
        ("8–12 June", [("8–12 June", Unit.DATE, (6, 8)), ("12", Unit.DATE, (6, 12))]),
        ("1. In 2026 the 3rd congress", []),
    ],
)
def test_number_is_read_in_english(text: str, found: list[tuple[str, Unit, object]]) -> None:
    assert read(text, "en") == found


@pytest.mark.parametrize(
    ("text", "hedge"),
    [("约100人", Hedge.ABOUT), ("近100人", Hedge.NEARLY), ("100多人", Hedge.OVER), ("100人以上", Hedge.OVER), ("100人", Hedge.NONE)],
)
def test_number_is_read_as_exactly_as_it_was_meant(text: str, hedge: Hedge) -> None:
    assert [number.hedge for number in read_numbers(text, language="zh_CN")] == [hedge]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("近100人", 97, Unit.PERSON),
        ("100多人", 104, Unit.PERSON),
        ("约100人", 97, Unit.PERSON),
        ("6.8万元", 6_824_780, Unit.FEN),
        ("2万余元", 2_228_380, Unit.FEN),
        ("58个", 58, Unit.TIME),
        ("95分", 95, Unit.ITEM),
    ],
)
def test_number_fits_a_figure(text: str, value: int, unit: Unit) -> None:
    number = read_numbers(text, language="zh_CN")[0]

    assert number.fits(Figure(value, unit, Rule.COUNT)) is True


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("近100人", 101, Unit.PERSON),
        ("100多人", 200, Unit.PERSON),
        ("7万元", 6_824_780, Unit.FEN),
        ("2万多元", 3_000_000, Unit.FEN),
        ("92%", Decimal("91.4"), Unit.PERCENT),
        ("84人", 84, Unit.PERSON_TIME),
        ("10人", 10, Unit.HOUSEHOLD),
    ],
)
def test_number_does_not_fit_a_figure(text: str, value: int, unit: Unit) -> None:
    number = read_numbers(text, language="zh_CN")[0]

    assert number.fits(Figure(value, unit, Rule.COUNT)) is False


def test_persons_and_person_times_are_not_of_a_kind_but_counts_are() -> None:
    assert (is_kin(Unit.PERSON, Unit.PERSON_TIME), is_kin(Unit.TIME, Unit.SESSION), is_kin(Unit.OTHER, Unit.PERSON)) == (False, True, True)


@pytest.mark.parametrize(
    ("text", "value", "unit", "written", "language"),
    [
        ("5360元", 535_000, Unit.FEN, "5350元", "zh_CN"),
        ("1.2万元", 1_300_000, Unit.FEN, "1.3万元", "zh_CN"),
        ("1.2万元", 1_234_500, Unit.FEN, "12345元", "zh_CN"),
        ("1,200元", 123_450, Unit.FEN, "1,234.5元", "zh_CN"),
        ("¥1,200.00", 123_450, Unit.FEN, "¥1,234.50", "en"),
        ("92%", Decimal("91.4"), Unit.PERCENT, "91.4%", "zh_CN"),
        ("84人", 84, Unit.PERSON_TIME, "84人次", "zh_CN"),
        ("十二次", 10, Unit.TIME, "10次", "zh_CN"),
        ("6月9日", date(2026, 6, 8), Unit.DATE, "6月8日", "zh_CN"),
        ("5月", date(2026, 6, 8), Unit.DATE, "6月", "zh_CN"),
        ("9 June", date(2026, 6, 8), Unit.DATE, "8 June", "en"),
    ],
)
def test_recorded_figure_is_written_as_the_number_was_typed(text: str, value: int, unit: Unit, written: str, language: str) -> None:
    number = read_numbers(text, language=language)[0]

    assert write_as(number, Figure(value, unit, Rule.COUNT)) == written
