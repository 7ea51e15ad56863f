"""What sign-in sheets, visit forms and lists of honours say, and what they keep back."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from tests.makers import NOW, make_activity, make_committee, make_plan, make_union
from unionboard.errors.fund import NoSuchVisit
from unionboard.models import CareVisit, DatePrecision
from unionboard.services import care, checkoffs, meetings
from unionboard.services.checkoffs import Details
from unionboard.services.papers.honours import Honour, gather_honours
from unionboard.services.papers.sign_in import USUAL_LINES, Signer, SignInFacts, gather_meeting, gather_sign_in
from unionboard.services.papers.visit import VisitFacts, gather_blank, gather_visit

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"today": TODAY, "who": "chair", "now_utc": NOW}


def visit(session: Session, kind: str = "hospital", **values: Any) -> CareVisit:
    facts: dict[str, Any] = {
        "recipient": "林小云",
        "amount_fen": 500_00,
        "goods": "水果",
        "visitors": "何敏",
        "visited_on": date(2026, 3, 2),
        "post": False,
    }
    return care.record_visit(session, kind=kind, **(facts | values), **STAMP)


def test_sheet_of_an_activity_has_a_line_for_everybody_expected(session: Session) -> None:
    day = date(2026, 5, 16)
    activity = make_activity(session, make_plan(session), planned_people=3, precision=DatePrecision.DAY, starts_on=day, ends_on=day)

    told = gather_sign_in(session, today=TODAY, language="zh_CN", activity_id=activity.id)

    assert told == SignInFacts("青松小学工会", TODAY, title="趣味运动会", day=day, expected=3, signers=(Signer(),) * 3)


def test_sheet_of_a_month_leaves_the_day_open(session: Session) -> None:
    activity = make_activity(session, make_plan(session))

    told = gather_sign_in(session, today=TODAY, language="zh_CN", activity_id=activity.id)

    assert (told.day, told.expected, len(told.signers)) == (None, None, USUAL_LINES)


def test_sheet_of_what_was_held_counts_those_who_came(session: Session) -> None:
    activity = make_activity(session, make_plan(session), planned_people=80)
    checkoffs.check_off(session, activity.id or 0, done_on=date(2026, 5, 20), details=Details(participants=46), **STAMP)

    told = gather_sign_in(session, today=TODAY, language="zh_CN", activity_id=activity.id)

    assert (told.day, told.expected, len(told.signers)) == (date(2026, 5, 20), 46, 46)


def test_sheet_of_the_next_meeting_names_the_committee(session: Session) -> None:
    plan = make_plan(session)
    make_committee(session, 陈立群="主席", 何敏="副主席")

    told = gather_meeting(session, plan.id or 0, today=TODAY)

    assert (told.meeting, told.day, told.signers) == (1, None, (Signer("陈立群", "主席"), Signer("何敏", "副主席")))


def test_sheet_of_the_open_meeting_has_its_number_and_day(session: Session) -> None:
    plan = make_plan(session)
    make_committee(session, 陈立群="主席")
    meetings.start_meeting(session, plan.id or 0, held_on=TODAY, **STAMP)

    told = gather_meeting(session, plan.id or 0, today=TODAY)

    assert (told.meeting, told.day) == (1, TODAY)


def test_blank_form_has_nothing_but_the_union(session: Session) -> None:
    make_union(session)

    assert gather_blank(session, today=TODAY) == VisitFacts("青松小学工会", TODAY)


def test_form_without_names_tells_neither_whom_nor_the_sum_nor_the_gift(session: Session) -> None:
    make_union(session)
    row = visit(session)
    for name in ("林小风", "林小雨"):
        visit(session, recipient=name)

    told = gather_visit(session, row.id or 0, today=TODAY)

    assert told == VisitFacts("青松小学工会", TODAY, visit_id=row.id, zh="住院探望", en="Hospital", visited_on=date(2026, 3, 2), people=1)


def test_form_of_a_rare_occasion_leaves_it_open(session: Session) -> None:
    make_union(session)
    row = visit(session, "birth")

    told = gather_visit(session, row.id or 0, today=TODAY)

    assert (told.zh, told.en) == ("", "")


def test_form_with_names_is_whole(session: Session) -> None:
    make_union(session)
    row = visit(session, "birth")

    told = gather_visit(session, row.id or 0, today=TODAY, with_names=True)

    assert (told.name, told.amount_fen, told.goods, told.visitors) == ("林小云", 500_00, "水果", "何敏")
    assert told.zh


def test_form_of_a_visit_that_is_none_is_refused(session: Session) -> None:
    with pytest.raises(NoSuchVisit):
        gather_visit(session, 7, today=TODAY)


def test_honours_stand_by_level_and_day(session: Session) -> None:
    plan = make_plan(session)
    for place, (award, level) in enumerate((("合唱二等奖", "district"), ("先进集体", "province"), ("组织奖", "district"))):
        activity = make_activity(session, plan, title=f"活动{place}", position=place)
        details = Details(award=award, award_level=level)
        checkoffs.check_off(session, activity.id or 0, done_on=date(2026, 9, 20 - place), details=details, **STAMP)

    told = gather_honours(session, 2026, today=TODAY, language="zh_CN")

    assert told.honours == (
        Honour("青松小学工会", "先进集体", "province", "活动1", date(2026, 9, 19)),
        Honour("青松小学工会", "组织奖", "district", "活动2", date(2026, 9, 18)),
        Honour("青松小学工会", "合唱二等奖", "district", "活动0", date(2026, 9, 20)),
    )
