"""What stands around the work, in English: title, lead, the union in figures, care, honours, the books."""

from datetime import date
from typing import Any

import pytest

from tests.drafting.makers import compose, facts_of, make_deed, make_done, make_entry, make_records, make_section, make_undone, texts_of
from unionboard.drafting.compose import compose_title
from unionboard.drafting.records import (
    BookRecord,
    BudgetLineRecord,
    CareRecord,
    HandoutRecord,
    OpeningRecord,
    UnionRecord,
    VisitRecord,
    YearRecords,
)
from unionboard.drafting.wording import Form

SCHOOL_YEAR: dict[str, Any] = {"period_kind": "school_year", "year": 2025, "starts_on": date(2025, 9, 1), "ends_on": date(2026, 8, 31)}
TERM: dict[str, Any] = {"period_kind": "term", "starts_on": date(2026, 2, 20), "ends_on": date(2026, 7, 10)}


def texts(key: str, *activities: Any, **values: Any) -> list[str]:
    return texts_of(make_records(*activities, **values), key, language="en")


@pytest.mark.parametrize(
    ("form", "values", "title"),
    [
        (Form.FULL, {}, "青松小学工会: annual report for 2026"),
        (Form.CONGRESS, {}, "青松小学工会: congress report for 2026"),
        (Form.BRIEF, {}, "青松小学工会: 2026 in brief"),
        (Form.COMBINED, {}, "青松小学工会: annual report for 2026 and outline of the next plan"),
        (Form.FULL, SCHOOL_YEAR, "青松小学工会: annual report for the school year 2025–2026"),
        (Form.FULL, TERM, "青松小学工会: report for the spring term of 2026"),
        (Form.FULL, {"union_name": ""}, "[to be added: name of the union]: annual report for 2026"),
    ],
)
def test_title_says_whose_paper_of_which_period(form: Form, values: dict[str, Any], title: str) -> None:
    assert compose_title(facts_of(make_records(**values)), form=form, language="en") == title


def test_lead_tells_what_became_of_the_plan() -> None:
    activities = [
        make_done(deed=make_deed(participants=46)),
        make_undone("late", id=1),
        make_undone("cancelled", id=3),
    ]

    assert texts("lead", *activities, union=UnionRecord(party_body="校党支部")) == [
        "In 2026, led by 区教育工会 and 校党支部, 青松小学工会 carried out its plan with “办好家门口的学校” as its central task.",
        (
            "By 20 December 2026, 1 of the 3 activities in the plan had been completed, with 1 overdue and 1 cancelled; 46 attendances were"
            " counted in all."
        ),
        "The work is set out below under the headings of the plan.",
    ]


@pytest.mark.parametrize(
    ("activities", "sentence"),
    [
        ([make_done()], "By 20 December 2026, the one activity in the plan had been completed."),
        ([make_undone("late")], "By 20 December 2026, the one activity in the plan had not been completed, with 1 overdue."),
        ([], "This report goes up to 20 December 2026."),
    ],
)
def test_lead_of_a_plan_that_is_all_done_not_begun_or_empty(activities: list[Any], sentence: str) -> None:
    assert texts("lead", *activities)[1] == sentence


def test_lead_leaves_gaps_for_what_nobody_said() -> None:
    assert texts("lead", union_name="", higher_union="", centre="")[0] == (
        "In 2026, led by [to be added: higher union and party branch], [to be added: name of the union] carried out its plan with"
        " [to be added: the unit’s central task] as its central task."
    )


def test_short_lead_leaves_problems_to_where_they_are_told() -> None:
    records = make_records(make_done(deed=make_deed(participants=46)), make_undone("late", id=1))

    assert [one.text for one in compose(records, form=Form.BRIEF, language="en")["lead"].sentences][1] == (
        "By 20 December 2026, 1 of 2 planned activities had been completed, with 46 attendances."
    )


def test_union_is_told_in_figures() -> None:
    union = UnionRecord(members=44, women=30, staff=46, delegates=12, groups=4, committee_ids=(1, 2, 3), meeting_ids=(1, 2))
    joined = make_done("新教师入会", deed=make_deed(figures={"members_joined": 3, "members_left": 1}))

    assert texts("basics", joined, union=union) == [
        "The union has 44 members, 30 of them women, out of a staff of 46 (95.7%); over the year 3 joined and 1 left.",
        "It has 4 union groups, 12 delegates and a committee of 3, which met twice.",
    ]


def test_care_tells_visits_by_occasion_and_goods_by_head() -> None:
    cases = (VisitRecord(1, "hospital", 6, 3_000_00), VisitRecord(2, "birthday", 38, 0))
    care = CareRecord(
        cases=cases,
        tells_kinds=frozenset({"hospital", "birthday"}),
        tells_sums=frozenset({"hospital", "birthday"}),
        names={"hospital": "Hospital", "birthday": "生日祝福"},
        handouts=(HandoutRecord(1, "端午慰问品", "", date(2026, 6, 10), 58, 60_00),),
    )

    assert texts("section:5", sections=(make_section(heading="送温暖", area="CARE"),), care=care) == [
        (
            "Over the year, 2 care visits were paid, reaching people 44 times, at a cost of ¥3,000; by occasion: hospital 6 (¥3,000) and"
            " “生日祝福” 38."
        ),
        "Goods were handed out to members: “端午慰问品” to 58 people at ¥60 a head, ¥3,480 in all.",
    ]


def test_honours_stand_by_level_the_highest_first() -> None:
    walk = make_done("健步走", id=7, deed=make_deed(id=12, award="校优秀组织奖"))
    choir = make_done("合唱", id=8, deed=make_deed(id=13, award="市二等奖", award_level="city"))

    assert texts("honours", walk, choir) == [
        "Over the year, 2 awards were won.",
        "At city level: “市二等奖” for “合唱”.",
        "Without a level on record: “校优秀组织奖” for “健步走”.",
    ]


def make_book(spent_fen: int = 2_000_50, **values: Any) -> BookRecord:
    entries = (make_entry(1, 3_000_00, direction="in", item="dues"), make_entry(2, spent_fen, item="culture_sports"))
    names = {"dues": "Membership dues", "culture_sports": "Culture and sports"}
    return BookRecord(entries=entries, names=names, **values)


def test_books_are_told_to_the_fen() -> None:
    money = make_book(opening=OpeningRecord(2026, 100_00), lines=(BudgetLineRecord(1, "culture_sports", 4_000_00),))

    assert texts("money", money=money) == [
        "The books opened with ¥100 carried over; over the year, ¥3,000 came in and ¥2,000.50 was spent, leaving ¥1,099.50 in hand.",
        "Spending went on culture and sports (¥2,000.50).",
        "Of the spending budget of ¥4,000, 50% was used.",
    ]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"opening": OpeningRecord(2026, -500_00), "spent_fen": 6_500_00},
            "The books opened ¥500 in debt; over the year, ¥3,000 came in and ¥6,500 was spent, leaving a deficit of ¥4,000.",
        ),
        ({}, "Over the year, ¥3,000 came in and ¥2,000.50 was spent, leaving ¥999.50 in hand."),
    ],
)
def test_books_in_debt_and_books_without_a_beginning(values: dict[str, Any], sentence: str) -> None:
    assert texts("money", money=make_book(**values))[0] == sentence


def test_nothing_booked_leaves_a_gap() -> None:
    assert texts("money") == ["Income and spending have not been booked yet [to be added: income and spending]."]


@pytest.mark.parametrize(
    ("spent_fen", "as_of", "sentence"),
    [
        (2_500_00, date(2026, 12, 20), "Spending was ¥500 higher than in the year before."),
        (1_500_00, date(2026, 12, 20), "Spending was ¥500 lower than in the year before."),
        (2_000_00, date(2026, 12, 20), "Spending was the same as in the year before."),
        (2_500_00, date(2026, 9, 1), "By this time the year before, ¥2,000 had been spent."),
    ],
)
def test_spending_is_compared_with_the_year_before(spent_fen: int, as_of: date, sentence: str) -> None:
    before = make_records(money=BookRecord(entries=(make_entry(9, 2_000_00),)))

    assert texts_of(make_records(money=make_book(spent_fen), as_of=as_of), "money", language="en", before=before)[-1] == sentence


def test_signature_is_the_union_and_the_day() -> None:
    assert texts("signature") == ["青松小学工会", "20 December 2026"]


def test_counts_before_the_period_ends_are_told_to_date() -> None:
    records: YearRecords = make_records(money=make_book(), as_of=date(2026, 9, 1))

    assert texts_of(records, "money", language="en")[0].startswith("In the year to date, ¥3,000 came in")
