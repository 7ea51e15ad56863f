"""What the records complain of, and what next year answers to each."""

from datetime import date
from typing import Any

import pytest

from tests.drafting.makers import make_deed, make_done, make_records, texts_of
from unionboard.drafting.compose import wording_of
from unionboard.drafting.figures import Source
from unionboard.drafting.problems import find_problems
from unionboard.drafting.records import ActivityRecord, BookRecord, SectionRecord, YearRecords


def undone(status: str, **values: Any) -> ActivityRecord:
    return ActivityRecord(**{"id": 1, "title": "签订集体合同", "area": "RIGHT", "status": status, **values})


DUTY: dict[str, Any] = {"duty": "recurring", "turns_planned": 12, "turns_missed": 2, "deeds": (make_deed(),)}
CASES: list[tuple[str, YearRecords, str, str]] = [
    ("late", make_records(undone("late")), "有1项计划活动未按期完成：“签订集体合同”。", "将“签订集体合同”列入下年计划，明确时间和责任人。"),
    (
        "cancelled",
        make_records(undone("cancelled", reason="因台风停课")),
        "“签订集体合同”未能按计划开展，原因是台风停课。",
        "重新论证“签订集体合同”，需要开展的列入下年计划。",
    ),
    (
        "postponed",
        make_records(undone("postponed", reason="场地改造"), undone("postponed", id=2, title="沙龙")),
        "推迟2项：“签订集体合同”（场地改造）、“沙龙”（【待补充：原因】）。",
        "按调整后的时间落实“签订集体合同”、“沙龙”。",
    ),
    ("partly", make_records(make_done("建档", status="partly")), "“建档”只完成一部分。", "继续完成“建档”的其余部分。"),
    ("missed", make_records(make_done("例会", **DUTY)), "“例会”计划12次，缺2次。", "“例会”按计划次数安排到月，逐次登记。"),
    (
        "turnout",
        make_records(make_done("讲座", deed=make_deed(participants=20, eligible=62))),
        "“讲座”应参加62人，实到20人，参加率32.3%。",
        "提前通知、合理安排时间，提高活动参加率。",
    ),
    (
        "over_plan",
        make_records(make_done(spent_fen=326_050, planned_budget_fen=300_000)),
        "“教职工趣味运动会”超出活动预算260.50元。",
        "活动方案先做经费测算，超出预算的先报批后开支。",
    ),
    (
        "over_item",
        make_records(money=BookRecord(spending_fen={"publicity": 64_000}, budget_fen={"publicity": 40_000}, entry_ids=(1,))),
        "宣传活动超出年度预算240元。",
        "据实编制下年预算，需要调整的按程序调整。",
    ),
    (
        "execution",
        make_records(money=BookRecord(spending_fen={"publicity": 10_000}, budget_fen={"publicity": 40_000}, entry_ids=(1,))),
        "支出预算执行率为25%，部分预算没有用出。",
        "按月安排支出进度，提高预算执行率。",
    ),
    (
        "evidence",
        make_records(make_done("讲座", deed=make_deed(evidence_count=0))),
        "已办结的工作中有1项没有佐证材料：“讲座”。",
        "活动结束后及时收齐通知、签到、照片和票据，一项一档。",
    ),
    (
        "empty",
        make_records(sections=(SectionRecord(3, "维护权益", "RIGHT"),)),
        "“维护权益”部分没有办结记录。",
        "为“维护权益”安排具体活动、时间和责任人。",
    ),
]


@pytest.mark.parametrize(("kind", "facts", "problem", "idea"), CASES, ids=[case[0] for case in CASES])
def test_each_problem_has_its_idea(kind: str, facts: YearRecords, problem: str, idea: str) -> None:
    found = texts_of(facts, "problems")

    assert found == [problem]
    assert texts_of(facts, "next_year")[0] in {idea, f"1.{idea}"}


@pytest.mark.parametrize(("kind", "facts"), [case[:2] for case in CASES], ids=[case[0] for case in CASES])
def test_each_problem_can_be_said_in_english(kind: str, facts: YearRecords) -> None:
    empty = ["Rights"] if kind == "empty" else []

    (problem,) = find_problems(facts, wording_of("en"), empty_headings=empty)

    assert problem.kind == kind
    assert problem.problem.text[-1] == problem.idea.text[-1] == "."
    assert problem.problem.sources == problem.idea.sources != ()


def test_low_execution_is_no_problem_before_the_last_month() -> None:
    money = BookRecord(spending_fen={"publicity": 10_000}, budget_fen={"publicity": 40_000}, entry_ids=(1,))

    assert find_problems(make_records(money=money, as_of=date(2026, 11, 21)), wording_of("zh_CN")) == []


def test_many_names_are_cut_after_five() -> None:
    facts = make_records(*(undone("late", id=n, title=f"活动{n}") for n in range(1, 8)))

    assert texts_of(facts, "problems") == ["有7项计划活动未按期完成：“活动1”、“活动2”、“活动3”、“活动4”、“活动5”等7项。"]


def test_next_year_carries_open_activities_and_duties_over() -> None:
    facts = make_records(undone("coming", title="元旦联欢会"), make_done("例会", id=2, duty="recurring"), as_of=date(2026, 11, 21))

    assert texts_of(facts, "next_year") == [
        "1.在12月底前办理尚未到期的1项活动：“元旦联欢会”。",
        "2.继续做好“例会”等常年和周期性工作。",
        "3.【待补充：下一年重点工作】",
    ]


def test_open_activities_are_not_carried_over_once_the_period_is_over() -> None:
    facts = make_records(undone("coming"), as_of=date(2026, 12, 31))

    assert texts_of(facts, "next_year") == ["【待补充：下一年重点工作】"]


def test_problem_rests_on_the_activities_it_names() -> None:
    (problem,) = find_problems(make_records(undone("late")), wording_of("zh_CN"))

    assert problem.problem.sources == (Source("activity", 1),)


def test_name_that_several_activities_bear_is_said_once_with_their_number() -> None:
    facts = make_records(
        *(ActivityRecord(n, "召开小组长会", "ORG", status="late") for n in (1, 2)), ActivityRecord(3, "评选", "ORG", status="late")
    )

    assert texts_of(facts, "problems")[0] == "有3项计划活动未按期完成：“召开小组长会”（2项）、“评选”。"
    assert texts_of(facts, "problems", "en")[0] == "3 planned activities are overdue: “召开小组长会” (2), “评选”."


def test_undone_activity_of_a_name_that_another_bears_says_its_month() -> None:
    late = undone("late", id=2, title="召开小组长会", starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31))
    facts = make_records(make_done("召开小组长会"), late)

    assert texts_of(facts, "problems")[0] == "有1项计划活动未按期完成：“召开小组长会（3月）”。"
    assert texts_of(facts, "problems", "en")[0] == "1 planned activity is overdue: “召开小组长会 (March)”."
