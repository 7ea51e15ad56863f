"""Long titles in lines: whole words, a trapezium, never a block."""

import pytest

from unionboard.writing.title_lines import break_title, width_of


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("青松小学工会2026年工作总结", ["青松小学工会2026年工作总结"]),
        ("青松小学工会2026年工作总结及2027年工作思路", ["青松小学工会2026年工作总结", "及2027年工作思路"]),
        ("青松市青松区第一实验小学工会委员会2026年度工作总结", ["青松市青松区第一实验小学工会委员会", "2026年度工作总结"]),
        ("青松市第一人民医院工会委员会2025—2026学年工作总结", ["青松市第一人民医院工会委员会", "2025—2026学年工作总结"]),
        (
            "Qingsong Primary School Union: report on the year 2026 and ideas for 2027",
            ["Qingsong Primary School Union: report", "on the year 2026 and ideas for 2027"],
        ),
    ],
)
def test_title_too_wide_for_a_line_is_broken_between_words(title: str, lines: list[str]) -> None:
    assert break_title(title).split("\n") == lines


def test_three_lines_make_no_hourglass() -> None:
    title = "青松经济技术开发区实验外国语学校工会委员会关于2026年度工会工作总结及2027年度工作计划的报告"

    first, second, third = map(width_of, break_title(title).split("\n"))

    assert not first > second < third
    assert max(first, second, third) <= 20


def test_lines_people_made_stay() -> None:
    assert break_title("青松小学工会\n总结") == "青松小学工会\n总结"


@pytest.mark.parametrize("title", ["工" * 60, "字 " * 300, "x" * 400, ""])
def test_title_without_a_place_to_break_is_left_to_word(title: str) -> None:
    assert break_title(title) == title


def test_half_width_letters_are_half_a_letter() -> None:
    assert (width_of("2026年“总结”"), width_of("the fund’s")) == (7.0, 5.0)
