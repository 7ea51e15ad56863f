"""The year as a whole: its progress, the union, its honours."""

from datetime import date
from decimal import Decimal

import pytest

from tests.drafting.makers import check_offs, facts_of, make_deed, make_done, make_duty, make_records, make_undone
from unionboard.drafting.figures import Figure, Rule, Source, Unit
from unionboard.drafting.records import UnionRecord


def test_plan_counts_its_one_off_activities_and_everybody_who_came() -> None:
    records = make_records(
        make_done(id=1, deed=make_deed(id=1, participants=40)),
        make_done(id=2, status="partly", deed=make_deed(id=2, participants=5)),
        make_duty(id=3, deeds=(make_deed(id=3, participants=9),)),
        *(make_undone(status, id=n) for n, status in enumerate(("late", "coming", "postponed", "under_way", "cancelled"), start=4)),
    )

    plan = facts_of(records).plan

    counts = (plan.planned, plan.done, plan.partly, plan.under_way, plan.waiting, plan.late, plan.cancelled, plan.attended)
    assert [figure and figure.value for figure in counts] == [7, 1, 1, 1, 2, 1, 1, 54]


@pytest.mark.parametrize(("as_of", "late"), [(date(2026, 12, 30), 0), (date(2026, 12, 31), 2)])
def test_nothing_is_still_to_come_once_the_period_is_over(as_of: date, late: int) -> None:
    records = make_records(make_undone("coming", id=1), make_undone("under_way", id=2), make_duty(id=3), as_of=as_of)

    assert facts_of(records).plan.late.value == late


def test_what_was_done_is_compared_with_the_year_before() -> None:
    compared = facts_of(make_records(make_done()), before=make_records(make_done(deed=make_deed(id=91)))).plan.last_year

    assert compared is not None
    assert (compared.now.sources, compared.before.sources) == (check_offs(11), check_offs(91))


def test_names_of_the_union_are_words_somebody_typed() -> None:
    facts = facts_of(make_records(union_name="第24中学工会", union=UnionRecord(id=1, party_body="校党支部")))

    assert [figure.value for _start, _end, figure in facts.union_name.figures] == [24]
    assert (facts.party_body.text, facts.party_body.source) == ("校党支部", Source("union", 1))


def test_share_of_members_is_of_the_staff() -> None:
    basics = facts_of(make_records(union=UnionRecord(members=57, staff=60))).basics

    assert basics.members == Figure(57, Unit.PERSON, Rule.FIELD, "union.member_count", (Source("union", 1),))
    assert basics.joining is not None
    assert basics.joining.value == Decimal("95.0")


@pytest.mark.parametrize(
    "union", [UnionRecord(members=57), UnionRecord(members=57, staff=50)], ids=["staff unknown", "more members than staff"]
)
def test_share_of_members_is_not_told_when(union: UnionRecord) -> None:
    assert facts_of(make_records(union=union)).basics.joining is None


def test_members_who_came_and_left_are_out_of_check_offs() -> None:
    deeds = make_deed(id=1, figures={"members_joined": 2}), make_deed(id=2, figures={"members_joined": 1, "members_left": 4})

    basics = facts_of(make_records(make_duty(title="发展会员", deeds=deeds))).basics

    assert basics.joined is not None
    assert basics.left is not None
    assert (basics.joined.value, basics.joined.sources, basics.left.value) == (3, check_offs(1, 2), 4)


def test_committee_and_its_meetings_are_counted() -> None:
    basics = facts_of(make_records(union=UnionRecord(committee_ids=(1, 2, 3), meeting_ids=(5,)))).basics

    assert basics.committee is not None
    assert basics.meetings is not None
    assert (basics.committee.value, basics.meetings.sources) == (3, (Source("meeting", 5),))


def test_honours_come_highest_level_first_then_by_day() -> None:
    wins = [("二等奖", "unit", 3), ("一等奖", "city", 9), ("优秀奖", "", 1), ("三等奖", "city", 4)]
    records = make_records(
        *(
            make_done(id=n, deed=make_deed(id=n, award=award, award_level=level, done_on=date(2026, month, 1)))
            for n, (award, level, month) in enumerate(wins)
        )
    )

    assert [award.text.text for award in facts_of(records).honours] == ["三等奖", "一等奖", "二等奖", "优秀奖"]
