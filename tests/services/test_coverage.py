"""What proves what was done, by work area."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.makers import NOW, make_activity, make_plan
from unionboard.models import DutyKind, Evidence, EvidenceKind, Occurrence, Plan
from unionboard.services import activities, checkoffs, evidence
from unionboard.services.coverage import Coverage, make_coverage

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}


@pytest.fixture
def plan(session: Session) -> Plan:
    return make_plan(session)


def hold(session: Session, activity_id: int | None, day: date, *kinds: EvidenceKind) -> list[Evidence]:
    row = checkoffs.check_off(session, activity_id or 0, done_on=day, today=TODAY, **STAMP)
    return [evidence.note_paper(session, row.id or 0, kind=kind, name="材料", **STAMP) for kind in kinds]


def cover(session: Session) -> Coverage:
    return make_coverage(activities.list_activities(session, 1, today=TODAY), list(session.exec(select(Evidence))))


def test_areas_stand_in_their_usual_order_with_what_was_held_and_proven(session: Session, plan: Plan) -> None:
    sports = [make_activity(session, plan, title=title, area="CULT") for title in ("运动会", "棋赛")]
    congress = make_activity(session, plan, title="教代会", area="DEMO")
    hold(session, sports[0].id, date(2026, 5, 8), EvidenceKind.PHOTO)
    hold(session, sports[1].id, date(2026, 5, 9))
    hold(session, congress.id, date(2026, 5, 10), EvidenceKind.SIGN_IN, EvidenceKind.MINUTES)

    areas = cover(session).areas

    assert [(area.code, len(area.deeds), area.proven, area.share_pct) for area in areas] == [("DEMO", 1, 1, 100), ("CULT", 2, 1, 50)]
    assert [deed.view.title for deed in areas[1].unproven] == ["棋赛"]


def test_kinds_count_the_check_offs_that_show_them(session: Session, plan: Plan) -> None:
    for day in (8, 9):
        activity = make_activity(session, plan, title="活动")
        hold(session, activity.id, date(2026, 5, day), EvidenceKind.PHOTO, EvidenceKind.PHOTO)

    (area,) = cover(session).areas

    assert area.kinds == {EvidenceKind.PHOTO: 2}
    assert [deed.kinds for deed in area.deeds] == [{EvidenceKind.PHOTO: 2}] * 2


def test_every_turn_of_a_duty_needs_its_own_papers(session: Session, plan: Plan) -> None:
    duty = make_activity(session, plan, title="例会", duty=DutyKind.RECURRING)
    for number, month in enumerate((9, 10), start=1):
        session.add(Occurrence(activity_id=duty.id or 0, number=number, due_from=date(2026, month, 1), due_to=date(2026, month, 28)))
    session.flush()
    hold(session, duty.id, date(2026, 9, 8), EvidenceKind.MINUTES)
    hold(session, duty.id, date(2026, 10, 8))

    whole = cover(session).whole

    assert [(deed.turn.number if deed.turn else 0, deed.is_proven) for deed in whole.deeds] == [(1, True), (2, False)]
    assert whole.share_pct == 50


def test_removed_paper_proves_nothing(session: Session, plan: Plan) -> None:
    (paper,) = hold(session, make_activity(session, plan).id, date(2026, 5, 8), EvidenceKind.PHOTO)
    evidence.remove_evidence(session, paper.id or 0, **STAMP)

    assert cover(session).whole.proven == 0


def test_area_where_nothing_was_held_has_no_share(session: Session, plan: Plan) -> None:
    make_activity(session, plan)

    (area,) = cover(session).areas

    assert (area.deeds, area.share_pct) == ((), None)


def test_share_is_rounded_down(session: Session, plan: Plan) -> None:
    for day in range(1, 4):
        hold(session, make_activity(session, plan, title="活动").id, date(2026, 5, day), *[EvidenceKind.PHOTO] * (day > 1))

    assert cover(session).whole.share_pct == 66
