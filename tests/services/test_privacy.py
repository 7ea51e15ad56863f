"""What is never kept about people: private numbers, illnesses."""

import pytest

from unionboard.errors.care import IllnessNamed, PrivateNumberTyped, VisitedNamed
from unionboard.services.privacy import check_care_text, check_purpose, check_text, cover_numbers


@pytest.mark.parametrize(
    "text",
    [
        "11010119900307775X",
        "身份证110101 1990 0307 7758",
        "6222021234567890123",
        "卡号 6222 0212 3456 7890",
        "电话13812345678",
        "138-1234-5678",
        "+86 13812345678",
        "１３８１２３４５６７８",
    ],
)
def test_private_number_is_refused_however_it_is_written(text: str) -> None:
    with pytest.raises(PrivateNumberTyped) as refused:
        check_text("运动会奖品", text)

    assert text not in str(refused.value)


@pytest.mark.parametrize(
    "text", ["24312000000123456789", "2026-01-01 2026-12-31", "58人×120元，共6,960.00元", "发票20260101", "0571-88001234", "三八节活动"]
)
def test_what_is_no_private_number_passes(text: str) -> None:
    check_text(text)


def test_numbers_out_of_files_are_covered_and_the_rest_stays() -> None:
    assert cover_numbers("退会费 13812345678") == "退会费 ***"
    assert cover_numbers("退会费２笔") == "退会费２笔"


@pytest.mark.parametrize("text", ["术后探望：手术", "肺癌慰问", "Surgery", "离婚调解"])
def test_visit_names_no_illness_and_no_family_trouble(text: str) -> None:
    with pytest.raises(IllnessNamed):
        check_care_text(text)


def test_ordinary_words_of_care_pass() -> None:
    check_care_text("水果一篮", "住院慰问金", "体检", "大病互助")


@pytest.mark.parametrize("text", ["慰问李建国老师住院", "探望林小雨生育", "看望欧阳娜同志因病", "吊唁何敏父亲去世"])
def test_purpose_does_not_say_who_was_visited(text: str) -> None:
    with pytest.raises(VisitedNamed) as refused:
        check_purpose(text)

    assert refused.value.facts == {}


@pytest.mark.parametrize(
    "text", ["慰问住院职工水果", "慰问全体因病住院教师", "慰问常年生病职工", "慰问李某住院", "慰问高三教师", "李建国垫付排球", "中秋慰问品"]
)
def test_purpose_that_names_nobody_visited_passes(text: str) -> None:
    check_purpose(text)
