from typing import Any

import pytest

from tests.score.__main__ import find_shortfalls
from tests.score.scoring import Score, alike, bare, mark, pair


def entry(months: list[int], *items: str, **more: Any) -> dict[str, Any]:
    return {"months": months, "half_year": None, "items": list(items), **more}


def plan(*entries: dict[str, Any], sections: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    return {"sections": list(sections), "schedule": list(entries), **more}


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("1、召开教代会。", "召开教代会"),
        ("（三）“三八”节，插花！", "三八节插花"),
        ("１、ＡＢ 赛", "ab赛"),
        ("3.8米跳远", "38米跳远"),
        ("二是慰问病员", "慰问病员"),
    ],
)
def test_bare_text_has_neither_number_nor_marks(text: str, letters: str) -> None:
    assert bare(text) == letters


@pytest.mark.parametrize(
    ("one", "other", "same"), [("拔河", "拔河", True), ("趣味拔河", "拔河比", False), ("教工拔河", "教工拔河赛", True), ("", "", False)]
)
def test_texts_are_alike_when_one_holds_most_of_the_other(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same


def test_holding_less_than_three_fifths_is_not_alike() -> None:
    assert not alike("拔河", "教工拔河")


def test_pairs_give_up_a_choice_that_another_needs() -> None:
    assert pair(["a", "ab"], ["ab", "b"], lambda one, other: one in other or other in one) == {0: 0, 1: 1}


def test_a_plan_read_as_labelled_is_perfect() -> None:
    label = plan(entry([3], "插花", "健步走"), sections=("活动安排",))

    score = mark(label, label).score

    assert (score.strict_recall, score.strict_precision, score.lenient_recall, score.lenient_precision) == (1.0, 1.0, 1.0, 1.0)
    assert (score.month_accuracy, score.section_recall, score.negatives) == (1.0, 1.0, 0)


def test_the_wrong_month_counts_as_seen_but_not_as_found() -> None:
    marking = mark(plan(entry([3], "插花", "健步走")), plan(entry([3], "插花"), entry([4], "健步走")))

    assert (marking.score.strict_recall, marking.score.month_accuracy) == (0.5, 0.5)
    assert [item.text for item in marking.missed] == ["健步走"]
    assert [sorted(item.months) for item in marking.extra] == [[4]]


def test_another_reading_of_the_words_counts_only_leniently() -> None:
    label = plan(entry([5], "体检", alts={"体检": ["体检(35岁以上教职工参加)"]}))

    score = mark(label, plan(entry([5], "体检(35岁以上教职工参加)"))).score

    assert (score.strict_recall, score.lenient_recall, score.lenient_precision) == (0.0, 1.0, 1.0)


def test_another_reading_of_the_months_counts_only_leniently() -> None:
    label = plan(entry([11, 12], "年终评比", months_alt=[[12]]))

    score = mark(label, plan(entry([12], "年终评比"))).score

    assert (score.strict_recall, score.lenient_recall) == (0.0, 1.0)


def test_a_half_year_may_be_read_as_its_months() -> None:
    label = plan({"months": [], "half_year": 2, "items": ["换届选举"]})

    score = mark(label, plan(entry([7, 8, 9, 10, 11, 12], "换届选举"))).score

    assert (score.strict_recall, score.lenient_recall) == (0.0, 1.0)


def test_a_group_read_as_one_item_finds_all_of_it() -> None:
    label = plan(entry([2], "学习文件"), entry([3], "女工插花", "环湖健步走", groups=[{"items": [0, 1], "joined": "女工插花、环湖健步走"}]))

    score = mark(label, plan(entry([3], "女工插花、环湖健步走"))).score

    assert (score.lenient_found, score.lenient_right, score.strict_found) == (2, 1, 0)


def test_a_group_in_the_wrong_month_finds_nothing() -> None:
    label = plan(entry([3], "插花", "健步走", groups=[{"items": [0, 1], "joined": "插花、健步走"}]))

    assert mark(label, plan(entry([4], "插花、健步走"))).score.lenient_found == 0


def test_optional_words_count_neither_for_nor_against() -> None:
    label = plan(entry([4], "拔河"), inline_dated=[{"months": [1], "text": "举办职工运动会系列比赛"}])

    score = mark(label, plan(entry([4], "拔河"), entry([1], "职工运动会系列"))).score

    assert (score.read, score.strict_neutral, score.strict_precision) == (2, 1, 1.0)


def test_a_short_word_inside_optional_words_still_counts_against() -> None:
    label = plan(entry([4], "拔河"), inline_dated=[{"months": [1], "text": "举办职工运动会系列比赛"}])

    assert mark(label, plan(entry([4], "拔河"), entry([1], "运动会"))).score.strict_precision == 0.5


def test_an_item_read_twice_is_right_once() -> None:
    assert mark(plan(entry([4], "拔河")), plan(entry([4], "拔河", "拔河"))).score.strict_precision == 0.5


def test_a_text_without_activities_is_clean_when_none_is_read() -> None:
    score = mark(plan(), plan()).score

    assert (score.negatives, score.negatives_clean, score.strict_recall) == (1, 1, None)


def test_a_text_without_activities_is_not_clean_when_one_is_invented() -> None:
    assert mark(plan(), plan(entry([1], "团拜"))).score.negatives_clean == 0


def test_scores_add_up() -> None:
    assert Score(labelled=2, read=3, strict_found=1) + Score(labelled=4, negatives=1) == Score(
        labelled=6, read=3, strict_found=1, negatives=1
    )


def test_shortfalls_name_each_figure_below_its_target() -> None:
    perfect = Score(
        labelled=100, read=100, strict_found=99, lenient_found=99, lenient_right=100, month_seen=100, sections=100, sections_found=95
    )

    assert find_shortfalls(perfect) == []
    assert find_shortfalls(perfect + Score(labelled=10, sections=10, negatives=1)) == [
        "lenient_recall 0.900 < 0.98",
        "section_recall 0.864 < 0.95",
        "negatives 0 of 1 clean",
    ]
