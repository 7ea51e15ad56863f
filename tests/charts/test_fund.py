"""The fund's figures by their facts."""

import pytest

from unionboard.charts.fund import Bullet, Column, Tick, choose_step, write_bullets, write_columns
from unionboard.services.execution import ItemMoney, MonthMoney

ITEMS = [
    ItemMoney("member_activities", 28_000_00, 24_316_00),
    ItemMoney("culture_sports", 22_000_00, 19_860_00),
    ItemMoney("publicity", 3_000_00, 3_240_00),
    ItemMoney("meetings", 0, 120_50),
]
NAMES = {"member_activities": "会员活动", "culture_sports": "文体活动", "publicity": "宣传活动", "meetings": "会议"}
MONTHS = [MonthMoney(month, 0, 0) for month in range(1, 13)]


def bullets(*items: ItemMoney, chosen: str | None = None) -> list[Bullet]:
    """The bullets of ``items``, or of ITEMS."""
    return write_bullets(items or ITEMS, names=NAMES, over="超 {n}%", unbudgeted="无预算", left="余 {amount}", chosen=chosen)


def columns(*months: MonthMoney) -> tuple[list[Column], list[Tick]]:
    """The columns and grid of a year that is empty but for ``months``."""
    year = [next((month for month in months if month.month == empty.month), empty) for empty in MONTHS]
    return write_columns(
        year,
        names=[str(number) for number in range(1, 13)],
        spoken_names=[f"{number}月" for number in range(1, 13)],
        planned="计划 {amount}",
        spent="支出 {amount}",
        tick=lambda fen: f"{fen // 100}",
        current=11,
    )


def test_bullets_are_as_long_as_their_share_of_the_longest() -> None:
    assert [(one.item, one.spent, one.budget) for one in bullets()] == [
        ("member_activities", 86.8, 100.0),
        ("culture_sports", 70.9, 78.6),
        ("publicity", 11.6, 10.7),
        ("meetings", 0.4, 0.0),
    ]


def test_bullets_say_sums_shares_and_what_is_left() -> None:
    assert [(one.name, one.sums, one.share, one.left) for one in bullets()] == [
        ("会员活动", "24,316 / 28,000", "86%", "余 3,684"),
        ("文体活动", "19,860 / 22,000", "90%", "余 2,140"),
        ("宣传活动", "3,240 / 3,000", "超 8%", ""),
        ("会议", "121", "无预算", ""),
    ]


def test_approved_stands_after_the_spent_and_is_no_longer_left() -> None:
    (bullet,) = bullets(ItemMoney("meetings", 1_000_00, 300_00, approved_fen=200_00))

    assert (bullet.spent, bullet.approved, bullet.left) == (30.0, 20.0, "余 500")


def test_near_and_over_have_tones_of_their_own() -> None:
    assert [one.tone for one in bullets()] == ["", "yellow", "orange", "yellow"]


def test_chosen_item_is_marked() -> None:
    assert [one.item for one in bullets(chosen="publicity") if one.is_chosen] == ["publicity"]


def test_one_fen_too_much_reads_over_by_one_per_cent() -> None:
    assert bullets(ItemMoney("meetings", 100_00, 100_01))[0].share == "超 1%"


def test_credit_left_by_last_year_draws_no_bar_to_the_left() -> None:
    assert bullets(ItemMoney("meetings", 100_00, -20_00))[0].spent == 0


def test_no_items_make_no_bullets() -> None:
    assert write_bullets([], names=NAMES, over="", unbudgeted="") == []


def test_columns_are_over_beyond_their_plan() -> None:
    year, _ = columns(MonthMoney(4, 6_800_00, 6_420_00), MonthMoney(5, 9_500_00, 9_863_00))

    assert [(one.month, one.spent, one.planned) for one in year if one.spent] == [(4, 65.1, 68.9), (5, 100.0, 96.3)]
    assert [one.month for one in year if one.is_over] == [5]


def test_month_without_a_plan_is_not_over() -> None:
    assert not columns(MonthMoney(8, 0, 1_000_00))[0][7].is_over


def test_columns_are_labelled_with_spending_and_coming_ones_with_the_plan() -> None:
    year, _ = columns(MonthMoney(5, 9_500_00, 9_863_00), MonthMoney(12, 10_600_00, 0))

    assert [(one.label, one.is_plan) for one in (year[4], year[11], year[0])] == [("9,863", False), ("10,600", True), ("", True)]
    assert year[4].spoken == "5月 · 支出 ¥9,863.00 · 计划 ¥9,500.00"


def test_current_month_is_marked_and_the_grid_reads_in_steps() -> None:
    year, ticks = columns(MonthMoney(9, 14_800_00, 13_566_00))

    assert [one.month for one in year if one.is_current] == [11]
    assert ticks == [Tick(33.8, "5000"), Tick(67.6, "10000")]


def test_year_without_money_has_columns_and_no_grid() -> None:
    year, ticks = columns()

    assert ([one.spent for one in year], ticks) == ([0] * 12, [])


@pytest.mark.parametrize(
    ("top_fen", "step_fen"), [(0, 100), (4_99, 100), (5_00, 200), (9_99, 200), (14_800_00, 5_000_00), (25_000_00, 10_000_00)]
)
def test_step_of_the_grid(top_fen: int, step_fen: int) -> None:
    assert choose_step(top_fen) == step_fen
