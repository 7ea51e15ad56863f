"""How often duties were kept."""

from datetime import date

from tests.drafting.makers import check_offs, facts_of, make_deed, make_duty, make_entry, make_records
from unionboard.drafting.facts import DutyFacts
from unionboard.drafting.figures import Source, Unit, count
from unionboard.drafting.records import ActivityRecord

MONTHLY = tuple(make_deed(id=n, done_on=date(2026, n, 10), participants=9) for n in range(2, 5))


def duty_of(activity: ActivityRecord) -> DutyFacts:
    return facts_of(make_records(activity)).sections[0].duties[0]


def test_duty_counts_check_offs_against_turns() -> None:
    told = duty_of(make_duty(turns=12, missed=1, deeds=MONTHLY))

    turns = tuple(Source("occurrence", n) for n in range(1, 13))
    assert (told.kept.sources, told.planned, told.missed) == (check_offs(2, 3, 4), count(Unit.TIME, turns), count(Unit.TIME, turns[:1]))


def test_attendances_of_a_duty_are_added_up() -> None:
    told = duty_of(make_duty(deeds=(*MONTHLY, make_deed(id=9))))

    assert told.attended is not None
    assert (told.attended.value, told.counted, told.kept.value) == (27, 3, 4)


def test_figures_of_a_duty_rest_on_the_check_offs_that_told_them() -> None:
    deeds = (make_deed(id=1, figures={"articles_sent": 2}), make_deed(id=2), make_deed(id=3, figures={"articles_sent": 3}))

    told = duty_of(make_duty(deeds=deeds))

    assert {code: (figure.value, figure.sources) for code, figure in told.figures.items()} == {"articles_sent": (5, check_offs(1, 3))}


def test_standing_duty_has_no_turns() -> None:
    told = duty_of(make_duty(duty="standing", deeds=MONTHLY, entries=(make_entry(1, 500),)))

    assert (told.planned, told.missed, told.spent is not None and told.spent.value) == (None, None, 500)


def test_duty_without_a_record_is_silent_unless_it_was_cancelled() -> None:
    records = make_records(make_duty(), make_duty(id=3, title="简报", status="cancelled"), make_duty(id=4, title="台账", deeds=MONTHLY))

    (section,) = facts_of(records).sections

    assert ([duty.title.text for duty in section.silent], len(section.duties)) == (["工会委员例会"], 3)
