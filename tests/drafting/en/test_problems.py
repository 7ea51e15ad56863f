"""Problems in English, each with its answer, and what goes over into the next plan."""

from typing import Any

import pytest

from tests.drafting.makers import (
    compose,
    facts_of,
    make_deed,
    make_done,
    make_duty,
    make_entry,
    make_records,
    make_section,
    make_undone,
    texts_of,
)
from unionboard.drafting.en import English
from unionboard.drafting.figures import Source
from unionboard.drafting.records import BookRecord, BudgetLineRecord, PromiseRecord, TargetRecord
from unionboard.drafting.wording import Form

NAMES = {"culture_sports": "Culture and sports"}


def overspent() -> BookRecord:
    return BookRecord(entries=(make_entry(1, 900_00),), lines=(BudgetLineRecord(1, "culture_sports", 800_00),), names=NAMES)


CASES: dict[str, tuple[list[Any], dict[str, Any], str, str]] = {
    "late": (
        [make_undone("late")],
        {},
        "“签订集体合同” is overdue.",
        "“签订集体合同” will be caught up on or put into next year’s plan with a date.",
    ),
    "late, several": (
        [make_undone("late", id=n, title=f"活动{n}") for n in (1, 2)],
        {},
        "In all, 2 activities are overdue: “活动1” and “活动2”.",
        "The 2 overdue activities will be caught up on or put into next year’s plan with a date.",
    ),
    "cancelled": (
        [make_undone("cancelled", reason="因台风。")],
        {},
        "“签订集体合同” was cancelled; the reason given: “因台风”.",
        "The need for “签订集体合同” will be weighed anew; if it is still wanted, it goes into next year’s plan.",
    ),
    "postponed": (
        [make_undone("postponed", id=n, title=f"活动{n}") for n in (1, 2)],
        {},
        "In all, 2 activities were postponed: “活动1” ([to be added: reason]) and “活动2” ([to be added: reason]).",
        "A new date will be kept for each of the 2 postponed activities.",
    ),
    "partly": (
        [make_done(status="partly")],
        {},
        "“教职工趣味运动会” was only carried out in part.",
        "What is left of “教职工趣味运动会” will be completed.",
    ),
    "missed": (
        [make_duty(turns=12, missed=1, deeds=(make_deed(),))],
        {},
        "“工会委员例会” was planned 12 times and missed once.",
        "Each turn of “工会委员例会” will be given its month and recorded when it is done.",
    ),
    "target": (
        [
            make_duty(
                deeds=(make_deed(figures={"sessions": 2}),),
                targets=(TargetRecord("at_least", 4, 4, "期", "全年4期", Source("activity", 2)),),
            )
        ],
        {},
        "“工会委员例会” fell short of the target “全年4期”, reaching 2 sessions.",
        "Progress towards the target of “工会委员例会” will be checked every quarter.",
    ),
    "turnout": (
        [make_done(deed=make_deed(participants=20, eligible=48))],
        {},
        "“教职工趣味运动会” drew only 20 of the 48 people expected (41.7%).",
        "Members will be asked for a suitable time before events such as “教职工趣味运动会”, so that more can come.",
    ),
    "over plan": (
        [make_done(planned_budget_fen=500_00, entries=(make_entry(1, 620_00, activity_id=4),))],
        {},
        "“教职工趣味运动会” cost ¥120 more than planned.",
        "Costs will be estimated before activities such as “教职工趣味运动会”, and any excess approved first.",
    ),
    "over item": (
        [],
        {"money": overspent()},
        "Spending went over its budget on culture and sports (¥100).",
        "The next budget will be drawn up from actual costs for culture and sports.",
    ),
    "evidence": (
        [make_done(deed=make_deed(evidence_ids=()))],
        {},
        "Supporting papers are missing from 1 record: “教职工趣味运动会”.",
        "The papers missing from 1 record will be collected, and sign-in sheets, photographs and receipts filed right after each activity.",
    ),
    "weak area": (
        [],
        {"sections": (make_section(),)},
        "“丰富文体生活” has nothing on record.",
        "Definite activities, with dates and people in charge, will be planned under “丰富文体生活”.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_problem_is_told_with_its_answer(case: str) -> None:
    activities, values, problem, answer = CASES[case]
    facts = facts_of(make_records(*activities, **values))
    english = English()

    assert [(str_of(english.problem(one, facts)), str_of(english.idea(one, facts))) for one in facts.problems] == [(problem, answer)]


def str_of(words: Any) -> str:
    return words if isinstance(words, str) else str(words.text)


def test_no_problem_leaves_a_gap() -> None:
    assert texts_of(make_records(make_done()), "problems", language="en") == [
        "The records show nothing overdue, cancelled or over budget [to be added: problems]."
    ]


def test_short_form_counts_problems() -> None:
    records = make_records(make_undone("late"), make_undone("cancelled", id=3), make_done(deed=make_deed(evidence_ids=())))

    assert [one.text for one in compose(records, form=Form.CONGRESS, language="en")["problems"].sentences] == [
        "The records show 1 overdue activity, 1 activity cancelled and 1 record without supporting papers."
    ]


def test_what_goes_on_is_told_after_the_answers() -> None:
    activities = [make_undone("coming"), make_duty(deeds=(make_deed(),)), make_duty(id=6, title="健康体检", frequency="两年一次")]
    promises = (PromiseRecord(1, "添置书架"), PromiseRecord(2, "修订章程。"))

    assert texts_of(make_records(*activities, promises=promises), "next_year", language="en")[-5:] == [
        "By 31 December 2026, the union still has to hold “签订集体合同”.",
        "Regular duties will go on: “工会委员例会”.",
        "Every second year brings “健康体检”, due again in next year’s plan.",
        "The committee still has 2 open decisions to carry out: “添置书架” and “修订章程”.",
        "[to be added: main points of next year’s plan]",
    ]


def test_outline_of_the_next_plan_names_what_goes_on_and_what_is_carried_over() -> None:
    activities = [make_duty(section_id=5, deeds=(make_deed(),)), make_undone("late", section_id=5)]
    blocks = compose(make_records(*activities, sections=(make_section(),)), form=Form.COMBINED, language="en")

    assert (blocks["outline"].heading, [one.printed for one in blocks["outline"].sentences]) == (
        "Outline of next year’s plan",
        ["(1) 丰富文体生活", "To go on with: “工会委员例会”.", "To be carried over: “签订集体合同”."],
    )
