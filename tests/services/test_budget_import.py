"""A year's budget from a file, by the same reading as the ledger's."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from tests.conftest import TODAY
from tests.makers import NOW
from unionboard.errors import Refusal
from unionboard.errors.budget import BudgetAdopted
from unionboard.errors.ledger_import import LinesRefused
from unionboard.models import FundSource
from unionboard.services import budget, budget_import
from unionboard.services.budget_import import BudgetPreview, BudgetState
from unionboard.services.import_lines import ImportChoices

TABLE = """2026年预算,,
单位：万元,,
科目,上年决算,本年预算
会费收入,1.8,2
拨缴经费收入,15,15.192
上年结余,,1
职工活动支出,,14
文体活动,10,10
职工集体福利,4,4
神秘支出,,
合计,,14
"""


def preview(session: Session, text: str = TABLE, **options: Any) -> BudgetPreview:
    return budget_import.preview_budget(session, text.encode(), file_name="预算.csv", year=2026, **options)


def bring_in(session: Session, text: str = TABLE, **options: Any) -> int:
    return budget_import.import_budget(session, preview(session, text, **options), text.encode(), who="chair", now_utc=NOW, **options)


def test_budget_of_the_file_becomes_the_years(session: Session) -> None:
    assert bring_in(session) == 4
    assert budget.sum_budget(session, 2026) == {
        "dues": 2_000_000,
        "allocated": 15_192_000,
        "culture_sports": 10_000_000,
        "member_activities": 4_000_000,
    }


def test_second_import_changes_nothing_and_a_change_is_shown(session: Session) -> None:
    bring_in(session)
    changed = preview(
        session,
        TABLE.replace("文体活动,10,10", "文体活动,10,11").replace("职工活动支出,,14", "职工活动支出,,15").replace("合计,,14", "合计,,15"),
    )

    assert bring_in(session) == 0
    assert [(line.item, line.was_fen, line.amount_fen) for line in changed.changes] == [("culture_sports", 10_000_000, 11_000_000)]


def test_lines_of_one_item_and_source_are_summed(session: Session) -> None:
    seen = preview(session, "科目,预算,资金来源\n节日慰问,3,经费\n生日,2,经费\n电影,1,会费\n")

    assert [(line.item, line.source, line.amount_fen, line.rows) for line in seen.lines] == [
        ("member_activities", FundSource.DUES, 100, ("4",)),
        ("member_activities", FundSource.UNION_FUNDS, 500, ("2", "3")),
    ]


def test_carried_over_money_is_told_and_not_stored(session: Session) -> None:
    assert preview(session).carried_fen == 1_000_000


@pytest.mark.parametrize(
    ("text", "cell"), [("科目,预算\n神秘,5\n", "A2"), ("科目,预算\n会费,5\n会议,-5\n", "B3"), ("科目,预算\n会费,x5\n会议,5\n", "B2")]
)
def test_refused_cell_is_named_and_nothing_is_stored(session: Session, text: str, cell: str) -> None:
    with pytest.raises(LinesRefused, match=cell):
        bring_in(session, text)

    assert budget.sum_budget(session, 2026) == {}


def test_row_may_be_left_out(session: Session) -> None:
    assert bring_in(session, "科目,预算\n神秘,5\n会费,6\n", choices=ImportChoices(left_rows=frozenset({"2"}))) == 1


def test_adopted_budget_takes_no_file_unless_it_says_the_same(session: Session) -> None:
    bring_in(session)
    budget.adopt_budget(
        session, 2026, adopted_on=date(2026, 1, 9), resolution="一次会议", today=TODAY, version=None, who="chair", now_utc=NOW
    )
    refused: type[Refusal] = BudgetAdopted

    assert [line.state for line in preview(session).lines] == [BudgetState.SAME] * 4
    assert preview(session).problems == ()
    with pytest.raises(refused):
        bring_in(session, "科目,预算\n会费,6\n会议,5\n")
