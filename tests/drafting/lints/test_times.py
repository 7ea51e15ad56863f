"""Days, years, congresses, and plans told as deeds."""

from datetime import date
from typing import Any

import pytest

from tests.drafting.lints.makers import check, codes, make_passage, own
from unionboard.drafting.lints import Code, Mend, MendKind, mend_text
from unionboard.drafting.phrases import Place

TIMES = {Code.FUTURE_DAY, Code.OTHER_YEAR, Code.TOLD_AS_DONE, Code.WRONG_CONGRESS}


def found(*args: object, **known: Any) -> list[tuple[Code, str]]:
    return [(one.code, one.words) for one in check(*args, **known) if one.code in TIMES]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("12月25日，举办联欢会。", (Code.FUTURE_DAY, "12月25日")),
        ("2026年12月25日，举办联欢会。", (Code.FUTURE_DAY, "2026年12月25日")),
        ("2025年开展活动。", (Code.OTHER_YEAR, "2025")),
        ("2023—2024学年开展活动。", (Code.OTHER_YEAR, "2023")),
    ],
)
def test_day_to_come_and_other_year_are_told(text: str, remark: tuple[Code, str]) -> None:
    assert found(own(text))[:1] == [remark]


@pytest.mark.parametrize("text", ["5月20日，举办联欢会。", "比2025年增加。", "学习《2021—2025年工作纲要》。", "自2019年以来坚持至今。"])
def test_days_that_were_and_years_compared_with_are_let_be(text: str) -> None:
    assert found(own(text)) == []


def test_days_to_come_may_stand_in_next_years_ideas() -> None:
    assert found(own("2027年3月8日前完成。", key="next_year", kind=Place.NEXT_YEAR)) == []


def test_wrong_year_is_mended() -> None:
    passage = own("2025年，工作有序。")

    remark = next(one for one in check(passage) if one.code is Code.OTHER_YEAR)

    assert mend_text(passage.shown, remark) == "2026年，工作有序。"


def test_title_of_another_year_is_told() -> None:
    (remark,) = check(title="青松小学工会2025年工作总结")

    assert (remark.code, remark.block, remark.mend) == (Code.OTHER_YEAR, "title", Mend(MendKind.REPLACE, "2026", "2025"))


def test_title_may_name_the_next_year_beside_its_own() -> None:
    assert check(title="青松小学工会2026年工作总结及2027年工作思路") == []


def test_january_of_a_school_year_is_its_second_year() -> None:
    days = {"starts_on": date(2026, 9, 1), "ends_on": date(2027, 8, 31), "as_of": date(2027, 1, 10)}

    assert found(own("1月8日，举办游艺会。1月18日，举办讲座。"), **days) == [(Code.FUTURE_DAY, "1月18日")]


def test_plan_told_as_a_deed_is_told() -> None:
    assert found(own("举办了校际教工篮球友谊赛，气氛热烈。"), undone=("校际教工篮球友谊赛",)) == [(Code.TOLD_AS_DONE, "校际教工篮球友谊赛")]


@pytest.mark.parametrize("text", ["校际教工篮球友谊赛推迟到明年。", "校际教工篮球友谊赛未能举办。", "将举办校际教工篮球友谊赛。"])
def test_what_was_put_off_may_be_said_so(text: str) -> None:
    assert found(own(text), undone=("举办校际教工篮球友谊赛",)) == []


def test_generated_sentence_may_name_what_is_not_done() -> None:
    assert found(make_passage(None, "逾期的有校际教工篮球友谊赛。"), undone=("校际教工篮球友谊赛",)) == []


def test_congress_of_a_wrong_number_is_mended() -> None:
    passage = own("召开五届二次教代会。")

    (remark,) = check(passage, titles=("召开五届三次教职工代表大会",))

    assert (remark.code, remark.words) == (Code.WRONG_CONGRESS, "五届二次")
    assert mend_text(passage.shown, remark) == "召开五届三次教代会。"


def test_number_of_last_years_congress_is_told_where_the_year_knows_none() -> None:
    assert codes(make_passage(None, "召开五届二次教代会。"), earlier=("召开五届二次教代会。",)) == [Code.WRONG_CONGRESS]


def test_congress_to_come_may_have_another_number() -> None:
    passage = own("筹备召开五届四次教代会。", key="next_year", kind=Place.NEXT_YEAR)

    assert found(passage, titles=("召开五届三次教职工代表大会",)) == []


def test_english_day_to_come_is_told() -> None:
    assert found(own("A party was held on 25 December 2026."), language="en") == [(Code.FUTURE_DAY, "25 December 2026")]
