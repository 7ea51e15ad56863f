"""What an address chooses: read, written, and applied."""

from datetime import date

import pytest
from sqlmodel import Session

from tests.makers import make_activity, make_plan, make_section
from unionboard.errors.plans import ChoiceUnknown
from unionboard.models import DatePrecision
from unionboard.services import plans
from unionboard.services.activities import Status, list_activities
from unionboard.services.timeline import Grouping, Zoom
from unionboard.services.timeline_choice import Listing, TimelineChoice, list_choice, read_choice

TODAY = date(2026, 11, 21)


def test_empty_address_is_the_whole_plan() -> None:
    assert read_choice({"plan": ["3"], "lang": ["en"]}) == TimelineChoice()


def test_every_parameter_is_read() -> None:
    address = {"zoom": ["quarter"], "at": ["2026-04"], "by": ["area"], "in": ["section:7"], "owner": ["何敏"], "find": ["慰问 春节"]}

    assert read_choice(address | {"status": ["late", "postponed", "late"]}) == TimelineChoice(
        Zoom.QUARTER, date(2026, 4, 1), Grouping.AREA, "section:7", "何敏", "慰问 春节", (Status.LATE, Status.POSTPONED)
    )


def test_written_choice_is_read_back() -> None:
    choice = TimelineChoice(Zoom.MONTH, date(2026, 5, 1), Grouping.SECTION, "area:CARE", "吴佳", "走访", (Status.DONE, Status.LATE))
    address: dict[str, list[str]] = {}
    for name, value in choice.write():
        address.setdefault(name, []).append(value)

    assert read_choice(address) == choice


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("zoom", "decade"),
        ("at", "2026-13"),
        ("at", "soon"),
        ("by", "colour"),
        ("status", "lost"),
        ("in", "section:x"),
        ("in", "section:²"),
        ("in", "area:XX"),
        ("in", "7"),
    ],
)
def test_unknown_word_is_refused_and_named(name: str, value: str) -> None:
    with pytest.raises(ChoiceUnknown) as refused:
        read_choice({name: [value]})

    assert refused.value.facts == {"text": value}


def choose(session: Session, **values: object) -> Listing:
    """The listing of a plan with a race in May, a visit in October, and a ball on the fourth of December."""
    plan = make_plan(session)
    sport = make_section(session, plan, position=1)
    care = make_section(session, plan, position=2, printed_number="二", heading="常走访")
    make_activity(session, plan, title="趣味运动会", section_id=sport.id, owner="沈一鸣")
    october = {"starts_on": date(2026, 10, 1), "ends_on": date(2026, 10, 31)}
    make_activity(session, plan, title="走访慰问", section_id=care.id, area="CARE", owner="吴佳", **october)
    december = {"starts_on": date(2026, 12, 4), "ends_on": date(2026, 12, 4), "precision": DatePrecision.DAY}
    make_activity(session, plan, title="迎新联欢", section_id=sport.id, owner="沈一鸣", **december)
    views = list_activities(session, plan.id or 0, today=TODAY)
    sections = plans.list_sections(session, plan.id or 0)
    return list_choice(TimelineChoice(**values), views, plan=plan, sections=sections, today=TODAY)  # type: ignore[arg-type]


def titles(listing: Listing) -> list[list[str]]:
    return [[view.title for view in group.activities] for group in listing.groups]


def test_whole_plan_stands_in_the_order_of_its_sections(session: Session) -> None:
    assert titles(choose(session)) == [["趣味运动会", "迎新联欢"], ["走访慰问"]]


def test_period_without_a_day_is_todays(session: Session) -> None:
    listing = choose(session, zoom=Zoom.QUARTER)

    assert (listing.within, titles(listing)) == ((date(2026, 10, 1), date(2026, 12, 31)), [["趣味运动会", "迎新联欢"], ["走访慰问"]])


def test_owner_status_and_area_are_filters(session: Session) -> None:
    assert titles(choose(session, owner="吴佳", statuses=(Status.LATE,), place="area:CARE")) == [["走访慰问"]]


def test_share_counts_what_a_choice_of_status_hides(session: Session) -> None:
    assert [(group.done, group.total) for group in choose(session, statuses=(Status.COMING,)).groups] == [(0, 2)]


def test_section_of_another_plan_is_refused(session: Session) -> None:
    with pytest.raises(ChoiceUnknown):
        choose(session, place="section:999")
