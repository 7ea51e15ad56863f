"""The budget's table in words: columns, headings, figures, and how an item stands."""

from typing import Any

import pytest

from unionboard.models import Direction, FundSource
from unionboard.reference import fund_items
from unionboard.services.execution import Execution, GroupExecution, ItemExecution, PotMoney
from unionboard.ui.fund.budget_rows import write_budget
from unionboard.ui.text import speak

OWN, DUES = FundSource.UNION_FUNDS, FundSource.DUES


def make_pot(item: str = "culture_sports", source: FundSource | None = None, **values: Any) -> PotMoney:
    """An item that may cost 2,000 yuan and has cost 500."""
    told: dict[str, Any] = {
        "last_year_fen": 0,
        "adopted_fen": 2_000_00,
        "amended_fen": 0,
        "planned_fen": 0,
        "approved_fen": 0,
        "booked_fen": 500_00,
        "near_pct": 90,
    }
    return PotMoney(item=item, source=source, **{**told, **values})


def make_year(*pots: PotMoney, sources: tuple[PotMoney, ...] = (), income: PotMoney | None = None, unplaced_fen: int = 0) -> Execution:
    """A year whose members' activities are ``pots``, the first of them with ``sources``."""
    items = tuple(ItemExecution(pot, sources if place == 0 else ()) for place, pot in enumerate(pots))
    groups = [GroupExecution("activities", Direction.OUT, items, pots[0])] if pots else []
    if income:
        groups.insert(0, GroupExecution("", Direction.IN, (ItemExecution(income, ()),), income))
    nothing = make_pot(adopted_fen=0, booked_fen=0)
    return Execution(2026, 0, tuple(groups), income=income or nothing, spending=pots[0] if pots else nothing, unplaced_fen=unplaced_fen)


def write(year: Execution, language: str = "zh_CN") -> dict[str, Any]:
    with speak(language):
        return write_budget(year, fund_items())


def texts(row: dict[str, Any]) -> dict[str, str]:
    """The figures of a row that say something."""
    return {key: cell["text"] for key, cell in row["cells"].items() if cell["text"]}


def first_row(year: Execution) -> dict[str, Any]:
    found: dict[str, Any] = write(year)["sides"][0]["groups"][0]["rows"][0]
    return found


@pytest.mark.parametrize(
    ("values", "columns"),
    [
        ({}, ["预算", "活动计划", "已收／已支", "余额", "执行率"]),
        ({"amended_fen": 1}, ["年初预算", "调整", "现预算", "活动计划", "已收／已支", "余额", "执行率"]),
        ({"last_year_fen": 1, "approved_fen": 1}, ["2025年决算", "预算", "活动计划", "已批未付", "已收／已支", "余额", "执行率"]),
    ],
)
def test_columns_without_a_figure_are_left_out(values: dict[str, Any], columns: list[str]) -> None:
    assert [column["name"] for column in write(make_year(make_pot(**values)))["columns"]] == columns


def test_item_shows_its_figures_without_signs() -> None:
    row = first_row(make_year(make_pot(amended_fen=-500_00, planned_fen=900_00, approved_fen=200_00)))

    assert texts(row) == {
        "adopted": "2,000",
        "amended": "-500",
        "budget": "1,500",
        "planned": "900",
        "approved": "200",
        "booked": "500",
        "left": "800",
        "rate": "33%",
    }
    assert row["cells"]["rate"]["bar"] == {"spent": 33, "approved": 13}


def test_column_with_fen_shows_fen_in_every_row() -> None:
    groups = write(make_year(make_pot(booked_fen=500_05), make_pot("education")))["sides"][0]["groups"]

    assert [(row["cells"]["booked"]["text"], row["cells"]["budget"]["text"]) for row in groups[0]["rows"]] == [
        ("500.05", "2,000"),
        ("500.00", "2,000"),
    ]


@pytest.mark.parametrize(
    ("values", "mark", "tone"),
    [
        ({}, "", ""),
        ({"booked_fen": 1_700_00, "approved_fen": 100_00}, "接近预算", "near"),
        ({"booked_fen": 1_900_00, "approved_fen": 100_01}, "超 ¥0.01", "over"),
        ({"adopted_fen": 0}, "无预算", "unbudgeted"),
    ],
)
def test_item_near_or_over_its_budget_says_so_in_words(values: dict[str, Any], mark: str, tone: str) -> None:
    row = first_row(make_year(make_pot(**values)))

    assert (row["mark"], row["tone"]) == (mark, tone)


def test_figures_that_lead_somewhere_are_those_with_something_behind_them() -> None:
    side = write(make_year(make_pot(planned_fen=100_00, last_year_fen=300_00)))["sides"][0]

    asked = [[key for key, cell in row["cells"].items() if cell.get("asks")] for row in (side["groups"][0]["rows"][0], side["total"])]
    assert asked == [["last", "planned", "booked"], ["booked"]]


def test_sources_stand_below_their_item() -> None:
    pots = (make_pot(source=OWN, adopted_fen=1_500_00), make_pot(source=DUES, adopted_fen=500_00, booked_fen=0))

    row = first_row(make_year(make_pot(), sources=pots))

    assert [(source["name"], source["code"], source["source"], texts(source)["budget"]) for source in row["sources"]] == [
        ("工会经费", "culture_sports", "union_funds", "1,500"),
        ("会费", "culture_sports", "dues", "500"),
    ]


def test_single_source_stands_beside_the_name() -> None:
    row = first_row(make_year(make_pot(), sources=(make_pot(source=DUES),)))

    assert (row["from"], row["sources"]) == ("会费", [])


def test_income_says_what_is_still_to_come_or_came_in_beyond() -> None:
    late, more = (make_pot("dues", booked_fen=fen) for fen in (500_00, 2_300_00))

    rows = [first_row(make_year(income=income)) for income in (late, more)]

    assert [(row["cells"]["left"]["name"], row["cells"]["left"]["text"], row["mark"]) for row in rows] == [
        ("未到账", "1,500", ""),
        ("未到账", "+300", ""),
    ]


def test_heading_of_a_group_has_its_sum_and_one_that_repeats_its_item_is_left_out() -> None:
    year = make_year(make_pot())
    capital = make_pot("capital", adopted_fen=900_00)
    alone = GroupExecution("capital", Direction.OUT, (ItemExecution(capital, ()),), capital)

    groups = write(Execution(2026, 0, (*year.groups, alone), year.income, year.spending, 0))["sides"][0]["groups"]

    assert [(group["total"] and group["total"]["name"], group["rows"][0]["name"]) for group in groups] == [
        ("职工活动支出", "文体活动"),
        (None, "资本性支出"),
    ]


def test_money_planned_without_an_item_counts_in_the_total() -> None:
    side = write(make_year(make_pot(planned_fen=100_00), unplaced_fen=50_00), "en")["sides"][0]

    assert side["total"]["cells"]["planned"]["text"] == "150"
    assert [(row["name"], row["cells"]) for row in side["groups"][-1]["rows"]] == [
        ("Planned by activities, item not said yet", {"planned": {"text": "50", "asks": True}})
    ]
