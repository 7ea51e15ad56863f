"""The fund's figures by their data."""

from typing import Any

import pytest

from unionboard.charts.fund import build_item_bullets, build_month_columns, choose_step
from unionboard.charts.theme import LIGHT
from unionboard.services.activities import Status
from unionboard.services.execution import ItemMoney, MonthMoney

ITEMS = [
    ItemMoney("member_activities", 28_000_00, 24_316_00),
    ItemMoney("culture_sports", 22_000_00, 19_860_00),
    ItemMoney("publicity", 3_000_00, 3_240_00),
    ItemMoney("meetings", 0, 120_50),
]
NAMES = {"member_activities": "会员活动", "culture_sports": "文体活动", "publicity": "宣传活动", "meetings": "会议"}
MONTHS = [MonthMoney(month, 0, 0) for month in range(1, 13)]


def bullets(**options: Any) -> Any:
    """The figure of ITEMS as plain data."""
    return build_item_bullets(ITEMS, names=NAMES, over="超 {n}%", unbudgeted="无预算", palette=LIGHT, **options).to_dict()


def columns(*months: MonthMoney) -> Any:
    """The figure of a year that is empty but for ``months``."""
    year = [next((month for month in months if month.month == empty.month), empty) for empty in MONTHS]
    return build_month_columns(
        year,
        names=[str(number) for number in range(1, 13)],
        planned="计划 {amount}",
        spent="支出 {amount}",
        tick=lambda fen: f"{fen // 100}",
        palette=LIGHT,
        current=11,
    ).to_dict()


def test_bullets_draw_budget_and_spending_in_fen() -> None:
    budget, spent, rows = bullets()["data"]

    assert list(budget["x"]) == [28_000_00, 22_000_00, 3_000_00, 0]
    assert list(spent["x"]) == [24_316_00, 19_860_00, 3_240_00, 120_50]
    assert list(rows["customdata"]) == ["member_activities", "culture_sports", "publicity", "meetings"]


def test_near_and_over_differ_by_colour_and_over_by_pattern_too() -> None:
    marker = bullets()["data"][1]["marker"]

    assert list(marker["color"]) == [LIGHT.primary, LIGHT.near, LIGHT.over, LIGHT.primary]
    assert list(marker["pattern"]["shape"]) == ["", "", "/", ""]


def test_bullets_say_sums_and_shares() -> None:
    texts = [note["text"] for note in bullets()["layout"]["annotations"]]

    assert texts == [
        "会员活动", "24,316 / 28,000", "86%",
        "文体活动", "19,860 / 22,000", "90%",
        "宣传活动", "3,240 / 3,000", "<b>超 8%</b>",
        "会议", "121", "无预算",
    ]  # fmt: skip


def test_chosen_item_is_bold() -> None:
    texts = [note["text"] for note in bullets(chosen="publicity")["layout"]["annotations"]]

    assert (texts[0], texts[6]) == ("会员活动", "<b>宣传活动</b>")


def test_one_fen_too_much_reads_over_by_one_per_cent() -> None:
    figure = build_item_bullets([ItemMoney("meetings", 100_00, 100_01)], names=NAMES, over="超 {n}%", unbudgeted="", palette=LIGHT)

    assert figure.layout.annotations[2].text == "<b>超 1%</b>"


def test_credit_left_by_last_year_draws_no_bar_to_the_left() -> None:
    figure = build_item_bullets([ItemMoney("meetings", 100_00, -20_00)], names=NAMES, over="", unbudgeted="", palette=LIGHT)

    assert list(figure.data[1].x) == [0]


def test_no_items_make_an_empty_figure() -> None:
    figure = build_item_bullets([], names=NAMES, over="", unbudgeted="", palette=LIGHT)

    assert ([list(trace.x) for trace in figure.data], len(figure.layout.annotations)) == ([[], [], []], 0)


def test_columns_hatch_months_over_plan() -> None:
    spent = columns(MonthMoney(4, 6_800_00, 6_420_00), MonthMoney(5, 9_500_00, 9_863_00))["data"][1]

    assert (spent["y"][3], spent["marker"]["color"][3], spent["marker"]["pattern"]["shape"][3]) == (6_420_00, LIGHT.primary, "")
    assert (spent["y"][4], spent["marker"]["color"][4], spent["marker"]["pattern"]["shape"][4]) == (9_863_00, LIGHT.over, "/")


def test_month_without_a_plan_is_not_over() -> None:
    assert columns(MonthMoney(8, 0, 1_000_00))["data"][1]["marker"]["pattern"]["shape"][7] == ""


def test_columns_are_labelled_with_spending_and_coming_ones_with_the_plan() -> None:
    labels = columns(MonthMoney(5, 9_500_00, 9_863_00), MonthMoney(12, 10_600_00, 0))["data"][2]

    assert (labels["text"][4], labels["text"][11], labels["text"][0]) == ("9,863", "计划 10,600", "")
    assert (labels["textfont"]["color"][4], labels["textfont"]["color"][11]) == (LIGHT.text[Status.LATE], LIGHT.muted)


def test_sums_above_columns_are_of_one_width_so_that_a_phone_hides_all_or_none() -> None:
    labels = columns(MonthMoney(5, 0, 19_863_00), MonthMoney(8, 0, 800_00))["data"][2]

    assert (labels["text"][4], labels["text"][7]) == ("19,863", "\u2007800\u2007\u2007")


def test_current_month_is_bold_and_axis_reads_in_steps() -> None:
    layout = columns(MonthMoney(9, 14_800_00, 13_566_00))["layout"]

    assert (layout["xaxis"]["ticktext"][9], layout["xaxis"]["ticktext"][10]) == ("10", "<b>11</b>")
    assert (list(layout["yaxis"]["tickvals"]), list(layout["yaxis"]["ticktext"])) == (
        [5_000_00, 10_000_00, 15_000_00],
        ["5000", "10000", "15000"],
    )


@pytest.mark.parametrize(
    ("top_fen", "step_fen"), [(0, 100), (4_99, 100), (5_00, 200), (9_99, 200), (14_800_00, 5_000_00), (25_000_00, 10_000_00)]
)
def test_step_of_the_grid(top_fen: int, step_fen: int) -> None:
    assert choose_step(top_fen) == step_fen
