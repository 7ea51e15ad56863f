"""What the records complain of in Chinese, and what is answered to each."""

from datetime import date
from typing import Any

import pytest

from tests.drafting.makers import compose, make_deed, make_done, make_duty, make_entry, make_records, make_section, make_undone, texts_of
from unionboard.drafting.figures import Source
from unionboard.drafting.records import BookRecord, BudgetLineRecord, TargetRecord, YearRecords
from unionboard.drafting.wording import Form

OVER = date(2026, 12, 31)
BUDGET: dict[str, Any] = {"lines": (BudgetLineRecord(1, "publicity", 40_000),), "names": {"publicity": "宣传活动"}}
CASES: list[tuple[str, YearRecords, str, str]] = [
    (
        "late",
        make_records(make_undone("late")),
        "“签订集体合同”逾期未办。",
        "抓紧补办“签订集体合同”，办不完的列入下一年计划，定时间、定责任人。",
    ),
    (
        "late",
        make_records(make_undone("late"), make_undone("late", id=2, title="沙龙"), as_of=OVER),
        "有2项活动逾期未办：“签订集体合同”、“沙龙”。",
        "把2项逾期活动列入下一年计划，定时间、定责任人。",
    ),
    (
        "cancelled",
        make_records(make_undone("cancelled", reason="因台风停课。")),
        "“签订集体合同”未能按计划开展，原因是台风停课。",
        "重新论证“签订集体合同”，仍有需要的列入下一年计划。",
    ),
    (
        "postponed",
        make_records(make_undone("postponed", reason="场地改造"), make_undone("postponed", id=2, title="沙龙")),
        "有2项活动推迟：“签订集体合同”（场地改造）、“沙龙”（【待补充：原因】）。",
        "按调整后的时间办好2项推迟的活动。",
    ),
    ("partly", make_records(make_done("建档", status="partly")), "“建档”只完成一部分。", "接着办完“建档”的其余部分。"),
    (
        "missed",
        make_records(make_duty(turns=12, missed=2, deeds=(make_deed(),))),
        "“工会委员例会”计划12次，缺2次。",
        "把“工会委员例会”按次排进月度安排。",
    ),
    (
        "turnout",
        make_records(make_done("讲座", deed=make_deed(participants=20, eligible=62))),
        "“讲座”应参加62人，实到20人，参加率32.3%。",
        "活动前征求意见，错开工作高峰，提高参加率。",
    ),
    (
        "articles",
        make_records(
            make_done(
                "报送信息",
                deed=make_deed(figures={"articles_sent": 12}),
                targets=(TargetRecord("at_least", 30, 30, "篇", "报送信息30篇", Source("activity", 4)),),
            ),
        ),
        "“报送信息”计划“报送信息30篇”，实际共12篇。",
        "把“报送信息”的任务分到各工会小组。",
    ),
    (
        "weak_area",
        make_records(sections=(make_section(),)),
        "“丰富文体生活”部分没有办结记录。",
        "在“丰富文体生活”方面安排具体活动，定时间、定责任人。",
    ),
    (
        "over_plan",
        make_records(make_done(entries=(make_entry(1, 326_050),), planned_budget_fen=300_000)),
        "“教职工趣味运动会”支出超出活动预算260.50元。",
        "活动先做经费测算，超出预算的先报批、后开支。",
    ),
    (
        "over_item",
        make_records(money=BookRecord(entries=(make_entry(1, 64_000, item="publicity"),), **BUDGET)),
        "宣传活动支出超出年度预算240元。",
        "据实编制下一年度预算，年中需要调整的按程序报批。",
    ),
    (
        "execution",
        make_records(money=BookRecord(entries=(make_entry(1, 10_000, item="publicity"),), **BUDGET)),
        "支出预算400元，实际支出100元，执行率只有25%。",
        "把支出预算分解到季度，按进度使用。",
    ),
    (
        "evidence",
        make_records(make_done(deed=make_deed(evidence_ids=()))),
        "有1次办结缺少佐证材料，涉及“教职工趣味运动会”。",
        "补齐所缺材料，今后活动结束即收齐签到、照片和票据，一项一档。",
    ),
]


@pytest.mark.parametrize(("kind", "records", "problem", "answer"), CASES, ids=[f"{case[0]}_{n}" for n, case in enumerate(CASES)])
def test_problem_has_its_answer(kind: str, records: YearRecords, problem: str, answer: str) -> None:
    blocks = compose(records)

    assert [one.text for one in blocks["problems"].sentences if one.key == kind] == [problem]
    assert [one.text for one in blocks["next_year"].sentences if one.key == kind] == [answer]


def test_many_undone_are_named_in_part_and_counted() -> None:
    late = [make_undone("late", id=n, title=f"活动{n}") for n in range(1, 9)]

    assert texts_of(make_records(*late), "problems") == ["有8项活动逾期未办：“活动1”、“活动2”、“活动3”、“活动4”、“活动5”等。"]


def test_undone_of_one_name_are_named_once() -> None:
    both = [make_undone("late", id=1), make_undone("late", id=2)]

    assert texts_of(make_records(*both), "problems") == ["有2项活动逾期未办：“签订集体合同”。"]


def test_nothing_to_complain_of_leaves_a_gap() -> None:
    assert texts_of(make_records(), "problems") == ["对照记录，没有逾期、取消、缺次、超预算等情况。【待补充：存在的问题】"]


def test_short_form_counts_the_gravest() -> None:
    undone = [make_undone(status, id=n) for n, status in enumerate(("late", "late", "cancelled", "postponed"), start=1)]
    bare = make_done(id=9, deed=make_deed(evidence_ids=()))

    assert texts_of(make_records(*undone, bare), "lead", form=Form.BRIEF)[-1] == "主要问题是2项活动逾期、1项活动取消、1项活动推迟。"
