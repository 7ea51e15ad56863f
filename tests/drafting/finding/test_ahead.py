"""What goes over into the next period."""

from collections.abc import Sequence
from datetime import date

import pytest

from tests.drafting.makers import facts_of, make_deed, make_done, make_duty, make_records, make_section, make_undone
from unionboard.drafting.facts import NextFacts, QuotedText
from unionboard.drafting.figures import Source
from unionboard.drafting.records import PromiseRecord, YearRecords

OVER = date(2026, 12, 31)


def ahead_of(records: YearRecords) -> NextFacts:
    return facts_of(records).ahead


def texts(told: Sequence[QuotedText]) -> list[str]:
    return [one.text for one in told]


@pytest.mark.parametrize(("as_of", "waiting"), [(date(2026, 12, 20), ["签订集体合同"]), (OVER, [])])
def test_open_activities_wait_until_the_period_is_over(as_of: date, waiting: list[str]) -> None:
    assert texts(ahead_of(make_records(make_undone("coming"), as_of=as_of)).waiting) == waiting


def test_duties_go_on_unless_they_were_cancelled() -> None:
    records = make_records(make_duty(), make_duty(id=3, title="编印简报", status="cancelled"), make_done())

    assert texts(ahead_of(records).duties) == ["工会委员例会"]


@pytest.mark.parametrize(("deeds", "due"), [((), ["教职工体检"]), ((make_deed(),), [])])
def test_what_every_second_year_brings_is_due_again_unless_it_was_held(deeds: tuple[object, ...], due: list[str]) -> None:
    ahead = ahead_of(make_records(make_duty(title="教职工体检", frequency="两年一次", deeds=deeds)))

    assert (texts(ahead.biennial), texts(ahead.duties)) == (due, [])


def test_promises_of_meetings_rest_on_their_decision() -> None:
    (promise,) = ahead_of(make_records(promises=(PromiseRecord(6, "提出3个方案"),))).promises

    assert (promise.text, promise.source, promise.figures[0][2].field) == ("提出3个方案", Source("decision", 6), "decision.text")


def test_outline_carries_over_what_is_left_undone_with_the_days_it_had() -> None:
    records = make_records(
        make_undone("late", starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 31), area="ORG"),
        make_duty(),
        make_done(area="ORG"),
        as_of=OVER,
    )

    (part,) = ahead_of(records).outline

    assert [(item.title.text, item.from_on and item.from_on.value) for item in part.carried_over] == [("签订集体合同", date(2026, 10, 1))]
    assert [(item.title.text, item.frequency and item.frequency.text) for item in part.going_on] == [("工会委员例会", "每月一次")]


@pytest.mark.parametrize(("as_of", "carried"), [(date(2026, 12, 20), []), (OVER, ["签订集体合同"])])
def test_what_may_still_be_done_is_not_carried_over_yet(as_of: date, carried: list[str]) -> None:
    outline = ahead_of(make_records(make_undone("postponed"), as_of=as_of)).outline

    assert [item.title.text for part in outline for item in part.carried_over] == carried


def test_what_was_cancelled_is_weighed_anew_not_carried_over() -> None:
    records = make_records(make_undone("cancelled", section_id=5), sections=(make_section(),))

    assert facts_of(records).ahead.outline == ()
