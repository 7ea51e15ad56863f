"""What the records complain of."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.drafting.makers import check_offs, facts_of, make_deed, make_done, make_duty, make_entry, make_records, make_section, make_undone
from unionboard.drafting.facts import ProblemFacts
from unionboard.drafting.facts import ProblemKind as Kind
from unionboard.drafting.figures import Source
from unionboard.drafting.records import ActivityRecord, BookRecord, BudgetLineRecord, CareRecord, TargetRecord, VisitRecord, YearRecords

NO_PAPER: dict[str, Any] = {"evidence_ids": ()}


def problems_of(records: YearRecords, before: YearRecords | None = None) -> dict[Kind, ProblemFacts]:
    return {problem.kind: problem for problem in facts_of(records, before=before).problems}


def told(problem: ProblemFacts) -> list[tuple[str, list[object]]]:
    return [(complaint.title.text, [figure.value for figure in complaint.figures]) for complaint in problem.complaints]


def test_year_without_fault_has_no_problems() -> None:
    assert problems_of(make_records(make_done(), make_duty(turns=1, deeds=(make_deed(id=2),)))) == {}


@pytest.mark.parametrize("status", ["late", "cancelled", "postponed"])
def test_undone_activities_are_counted_with_their_planned_day_and_reason(status: str) -> None:
    activity = make_undone(status, reason="场地维修", starts_on=date(2026, 10, 1))

    problem = problems_of(make_records(activity))[Kind(status)]

    assert (told(problem), problem.figures[0].sources) == ([("签订集体合同", [date(2026, 10, 1)])], (Source("activity", 1),))
    assert problem.complaints[0].reason is not None
    assert problem.complaints[0].reason.text == "场地维修"


def test_activity_the_plan_gave_no_time_complains_without_a_day() -> None:
    problem = problems_of(make_records(make_undone("late", starts_on=date(2026, 1, 1), is_dated=False)))[Kind.LATE]

    assert told(problem) == [("签订集体合同", [])]


def test_half_done_activity_is_counted_by_its_check_off() -> None:
    problem = problems_of(make_records(make_done(status="partly")))[Kind.PARTLY]

    assert problem.figures[0].sources == check_offs(11)


def test_missed_turns_stand_beside_those_planned() -> None:
    problem = problems_of(make_records(make_duty(turns=12, missed=2, deeds=(make_deed(),))))[Kind.MISSED]

    assert told(problem) == [("工会委员例会", [12, 2])]


@pytest.mark.parametrize(
    ("planned", "deed", "figures"),
    [
        (None, {"participants": 20, "eligible": 62}, [62, 20, Decimal("32.3")]),
        (40, {"participants": 20}, [40, 20, Decimal("50.0")]),
    ],
)
def test_few_who_came_are_held_against_those_due_else_those_planned(
    planned: int | None, deed: dict[str, int], figures: list[object]
) -> None:
    problem = problems_of(make_records(make_done(planned_people=planned, deed=make_deed(**deed))))[Kind.TURNOUT]

    assert told(problem) == [("教职工趣味运动会", figures)]


def test_few_at_what_is_only_half_done_are_no_problem() -> None:
    records = make_records(make_done(status="partly", deed=make_deed(participants=5, eligible=50)))

    assert list(problems_of(records)) == [Kind.PARTLY]


def test_three_in_five_are_enough() -> None:
    assert problems_of(make_records(make_done(deed=make_deed(participants=30, eligible=50)))) == {}


def test_heading_without_any_record_is_weak_and_counts_its_silent_duties() -> None:
    records = make_records(make_duty(area="CULT"), make_done(area="CARE"), sections=(make_section(1), make_section(2, "送温暖", "CARE")))

    assert told(problems_of(records)[Kind.WEAK_AREA]) == [("丰富文体生活", [1])]


@pytest.mark.parametrize(
    "records",
    [
        make_records(make_undone("coming", area="CULT"), sections=(make_section(1),)),
        make_records(sections=(make_section(1, "送温暖", "CARE"),), care=CareRecord(cases=(VisitRecord(1, "other", 1, 0),))),
    ],
    ids=["its activities tell why", "visits are told there"],
)
def test_heading_without_a_deed_is_not_weak_when(records: YearRecords) -> None:
    assert Kind.WEAK_AREA not in problems_of(records)


def make_contests(count: int) -> list[ActivityRecord]:
    return [make_done(f"第{n}场球赛", id=n, deed=make_deed(id=n)) for n in range(1, count + 1)]


@pytest.mark.parametrize(("now", "then", "is_weak"), [(2, 4, True), (3, 4, False), (1, 3, False)])
def test_area_with_half_of_last_years_deeds_is_weak(now: int, then: int, is_weak: bool) -> None:
    problems = problems_of(make_records(*make_contests(now)), make_records(*make_contests(then)))

    assert (Kind.WEAK_AREA in problems) is is_weak


def test_activity_that_cost_more_than_planned_tells_by_how_much() -> None:
    problem = problems_of(make_records(make_done(planned_budget_fen=30_000, entries=(make_entry(1, 32_605),))))[Kind.OVER_PLAN]

    assert told(problem) == [("教职工趣味运动会", [2_605, 30_000])]


def make_book(spent: int, budget: int) -> BookRecord:
    return BookRecord(
        entries=(make_entry(1, spent),), lines=(BudgetLineRecord(1, "culture_sports", budget),), names={"culture_sports": "文体活动"}
    )


def test_item_over_its_budget_is_called_what_the_union_calls_it() -> None:
    assert told(problems_of(make_records(money=make_book(64_000, 40_000)))[Kind.OVER_ITEM]) == [("文体活动", [24_000])]


@pytest.mark.parametrize(("as_of", "is_low"), [(date(2026, 11, 30), False), (date(2026, 12, 1), True)])
def test_low_execution_is_a_problem_only_in_the_last_month(as_of: date, is_low: bool) -> None:
    problems = problems_of(make_records(money=make_book(10_000, 40_000), as_of=as_of))

    assert [[figure.value for figure in one.figures] for one in problems.values()] == (
        [[10_000, 40_000, Decimal("25.0")]] if is_low else []
    )


def test_check_offs_without_papers_are_counted_in_all_and_by_activity() -> None:
    records = make_records(
        make_done("讲座", deed=make_deed(id=1, **NO_PAPER)),
        make_duty(deeds=(make_deed(id=2, **NO_PAPER), make_deed(id=3), make_deed(id=4, **NO_PAPER))),
    )

    problem = problems_of(records)[Kind.EVIDENCE]

    assert (told(problem), problem.figures[0].sources) == ([("讲座", [1]), ("工会委员例会", [2])], check_offs(1, 2, 4))


@pytest.mark.parametrize(("unit", "phrase", "kind"), [("篇", "报送不少于30篇", Kind.ARTICLES), ("场", "不少于30场", Kind.TARGET)])
def test_target_that_was_missed_tells_what_was_reached(unit: str, phrase: str, kind: Kind) -> None:
    target = TargetRecord("at_least", 30, 30, unit, phrase, Source("activity", 4))
    figures = {"articles_sent": 12, "sessions": 12}

    problem = problems_of(make_records(make_done("报送信息", deed=make_deed(figures=figures), targets=(target,))))[kind]

    assert (told(problem), [complaint.reason and complaint.reason.text for complaint in problem.complaints]) == (
        [("报送信息", [12])],
        [phrase],
    )


def test_gravest_problem_comes_first() -> None:
    records = make_records(make_done(deed=make_deed(**NO_PAPER)), make_undone("cancelled", id=2), make_undone("late", id=3))

    assert list(problems_of(records)) == [Kind.LATE, Kind.CANCELLED, Kind.EVIDENCE]
