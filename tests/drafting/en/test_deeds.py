"""What was done, in English: one meaning in a few shapes, people's own words in quotation marks."""

from datetime import date
from typing import Any

import pytest

from tests.drafting.makers import compose, facts_of, make_deed, make_done, make_entry, make_records, make_section
from unionboard.drafting.en import English
from unionboard.drafting.records import ActivityRecord

SPRING = date(2026, 4, 18)


def told(activity: ActivityRecord, **values: Any) -> str:
    """The sentence of one activity in a year with nothing else."""
    blocks = compose(make_records(activity, sections=(make_section(),), **values), language="en")
    return next(one.text for one in blocks["section:5"].sentences if one.key == f"deed:{activity.id}")


@pytest.mark.parametrize(
    ("id_", "sentence"),
    [
        (3, "On 18 April, “春季健步走” was held, 46 of 58 people taking part (79.3%)."),
        (4, "“春季健步走”, held on 18 April, drew 46 of 58 people expected (79.3%)."),
        (5, "“春季健步走” took place on 18 April, 46 of 58 people taking part (79.3%)."),
    ],
)
def test_deed_has_a_shape_that_belongs_to_its_activity(id_: int, sentence: str) -> None:
    deed = make_deed(done_on=SPRING, participants=46, eligible=58)

    assert told(make_done("春季健步走", id=id_, deed=deed)) == sentence


@pytest.mark.parametrize(
    ("values", "days"),
    [
        ({"done_on": date(2026, 5, 8)}, "on 8 May"),
        ({"done_on": date(2026, 5, 8), "done_to": date(2026, 5, 10)}, "from 8 to 10 May"),
        ({"done_on": date(2026, 4, 28), "done_to": date(2026, 5, 3)}, "from 28 April to 3 May"),
        ({"done_on": date(2025, 12, 30)}, "on 30 December 2025"),
    ],
)
def test_days_are_told_as_one_speaks(values: dict[str, Any], days: str) -> None:
    assert told(make_done(id=5, deed=make_deed(**values))) == f"“教职工趣味运动会” took place {days}."


@pytest.mark.parametrize(
    ("values", "people"),
    [
        ({"participants": 1}, ", with 1 person taking part"),
        ({"participants": 58, "eligible": 58}, ", with all 58 people taking part"),
        ({"participants": 26, "person_times": 84}, ", with 26 people taking part, 84 attendances in all"),
        ({"person_times": 1312}, ", 1,312 attendances in all"),
    ],
)
def test_people_and_attendances_stand_apart(values: dict[str, Any], people: str) -> None:
    assert told(make_done(id=5, deed=make_deed(**values))) == f"“教职工趣味运动会” took place on 8 May{people}."


@pytest.mark.parametrize(
    ("title", "area", "sentence"),
    [
        ("教职工健康体检", "HEALTH", "“教职工健康体检” took place on 8 May, 55 of 58 people taking it up (94.8%)."),
        ("春节走访慰问", "CARE", "“春节走访慰问” was carried out on 8 May, 55 of 58 people reached (94.8%)."),
        ("整理工会档案", "ORG", "“整理工会档案” was completed on 8 May, 55 of 58 people taking part (94.8%)."),
    ],
)
def test_kind_of_activity_chooses_the_verbs(title: str, area: str, sentence: str) -> None:
    assert told(make_done(title, id=5, area=area, section_id=5, deed=make_deed(participants=55, eligible=58))) == sentence


@pytest.mark.parametrize(
    ("relation", "sentence"),
    [
        ("join", "The union took part in “区运动会” on 8 May, sending 6 people."),
        ("support", "The union helped with “区运动会” on 8 May, with 6 people taking part."),
    ],
)
def test_what_others_lead_is_not_told_as_our_own(relation: str, sentence: str) -> None:
    assert told(make_done("区运动会", relation=relation, deed=make_deed(participants=6))) == sentence


def test_result_is_quoted_with_single_marks_inside() -> None:
    assert told(make_done(id=5, deed=make_deed(result="决出“团体奖”名次。"))).endswith(": “决出‘团体奖’名次”.")


def test_large_sums_are_told_with_their_deed() -> None:
    activity = make_done(id=5, entries=(make_entry(1, 6_500_50, activity_id=5),))

    assert told(activity) == "“教职工趣味运动会” took place on 8 May, at a cost of ¥6,500.50."


def test_congress_tells_delegates_agenda_votes_and_proposals() -> None:
    figures = {"delegates_due": 48, "delegates_present": 45, "votes_for": 44, "votes_against": 1, "proposals_received": 12}
    deed = make_deed(done_on=date(2026, 3, 20), agenda=("审议工会工作报告", "通过考核方案"), figures={**figures, "proposals_answered": 11})

    assert told(make_done("第五届三次教代会", area="DEMO", section_id=5, deed=deed)) == (
        "“第五届三次教代会” met on 20 March, 45 of 48 delegates being present (93.8%), with “审议工会工作报告” and “通过考核方案” on the"
        " agenda, 44 votes for and 1 against (97.8% in favour), 11 of 12 proposals answered (91.7%)."
    )


def test_half_done_says_what_is_left_or_leaves_a_gap() -> None:
    left = [told(make_done(status="partly", deed=make_deed(remaining=remaining))) for remaining in ("阅览区未完成。", "")]

    assert left == [
        "“教职工趣味运动会” was carried out in part on 8 May; still to do: “阅览区未完成”.",
        "“教职工趣味运动会” was carried out in part on 8 May; still to do: [to be added: what is left].",
    ]


def test_group_is_compared_with_the_year_before() -> None:
    contests = [make_done(f"第{n}次棋类比赛", id=n, section_id=5, deed=make_deed(id=10 + n, participants=12)) for n in (1, 2, 3)]
    records = make_records(*contests, sections=(make_section(),))

    blocks = compose(records, before=make_records(contests[0]), language="en")

    group = next(one.text for one in blocks["section:5"].sentences if one.key.startswith("group:"))
    assert group.startswith("Over the year, 3 contests took place, against 1 in the year before, with 36 attendances")


@pytest.mark.parametrize(
    ("deed", "sentence"),
    [
        ({"participants": 20, "award": "区一等奖"}, "May: “教工合唱”, winning “区一等奖”."),
        ({"participants": 20, "figures": {"prizes": 3}}, "May: “教工合唱”, 3 prizes awarded."),
        ({"participants": 20}, "May: “教工合唱”, 20 people."),
        ({}, "May: “教工合唱”."),
    ],
)
def test_short_deed_names_the_month_and_what_came_of_it(deed: dict[str, Any], sentence: str) -> None:
    facts = facts_of(make_records(make_done("教工合唱", deed=make_deed(**deed))))
    [group] = facts.sections[0].groups

    assert English().short_deed(group.deeds[0], facts).text == sentence
