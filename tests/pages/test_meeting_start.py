"""Between meetings, and how one is left: what was promised is ticked off, a meeting begun by mistake is discarded."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.makers import NOW, make_activity, make_plan
from unionboard import db
from unionboard.models import Plan
from unionboard.services import decisions, meetings, unions
from unionboard.services.agenda import MOST_SINGLE

TODAY = date(2026, 11, 21)
OpenPage = Callable[..., AppTest]
STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}


@pytest.fixture
def plan_id(engine: Engine) -> int:
    """A plan with one late activity; 何敏 is the committee."""
    with db.writing(engine) as session:
        plan = make_plan(session)
        make_activity(session, plan, title="困难教职工建档复核")
        unions.add_member(session, name="何敏", duty="主席", **STAMP)
        return plan.id or 0


def begin(engine: Engine, plan_id: int) -> int:
    """An open meeting's id."""
    with db.writing(engine) as session:
        return meetings.start_meeting(session, plan_id, held_on=TODAY, today=TODAY, **STAMP).id or 0


def promise(engine: Engine, plan_id: int) -> None:
    """An ended meeting that asked 何敏 for a list by the 18th."""
    meeting_id = begin(engine, plan_id)
    with db.writing(engine) as session:
        about: dict[str, Any] = {"text": "整理慰问名单", "owner": "何敏", "due_on": date(2026, 11, 18)}
        decisions.decide_follow_up(session, meeting_id, None, **about, **STAMP)
        meetings.end_meeting(session, meeting_id, today=TODAY, **STAMP)


def shown(at: AppTest) -> list[str]:
    return [str(text.value) for text in at.markdown]


def test_what_a_meeting_left_to_do_is_ticked_off_between_meetings_and_opened_again(
    open_page: OpenPage, engine: Engine, plan_id: int
) -> None:
    promise(engine, plan_id)
    at = open_page("meeting")
    asked = next(text for text in shown(at) if "整理慰问名单" in text)

    at.button("settle_1").click().run()
    settled = next(text for text in shown(at) if "整理慰问名单" in text)
    with db.reading(engine) as session:
        left = meetings.list_open_follow_ups(session, plan_id)
    at.button("reopen_1").click().run()

    assert asked == "整理慰问名单　:gray[何敏　·　:orange[**11月18日前 · 逾期**]]"
    assert settled == "整理慰问名单　:gray[何敏　·　11月18日前　·　:green[11月21日已办结]]"
    assert left == []
    assert at.button("settle_1").label == "已办"


def test_big_screen_masks_who_promised(open_page: OpenPage, engine: Engine, plan_id: int) -> None:
    promise(engine, plan_id)

    at = open_page("meeting", screen="big")

    assert [text for text in shown(at) if "何敏" in text] == []


def test_meeting_begun_by_mistake_is_discarded_and_its_number_used_again(open_page: OpenPage, engine: Engine, plan_id: int) -> None:
    begin(engine, plan_id)
    at = open_page("meeting")

    at.button("meeting_to_end").click().run()
    at.button("go_meeting_end").click().run()
    warned = any("纪要将写明全体缺席" in text for text in shown(at))
    at.button("meeting_discard").click().run()

    assert warned
    assert at.title[0].value == "第1次委员会会议"
    with db.reading(engine) as session:
        assert meetings.list_meetings(session, plan_id) == []


def test_meeting_with_a_decision_offers_no_discarding(open_page: OpenPage, engine: Engine, plan_id: int) -> None:
    meeting_id = begin(engine, plan_id)
    with db.writing(engine) as session:
        decisions.decide_follow_up(session, meeting_id, None, text="整理慰问名单", owner="何敏", due_on=None, **STAMP)
    at = open_page("meeting")

    at.button("meeting_to_end").click().run()
    at.button("go_meeting_end").click().run()

    assert [button.key for button in at.button if button.key == "meeting_discard"] == []


def test_question_of_the_end_is_answered_although_the_meeting_moved_on(open_page: OpenPage, engine: Engine, plan_id: int) -> None:
    begin(engine, plan_id)
    asking, other = open_page("meeting"), open_page("meeting")
    asking.button("meeting_to_end").click().run()
    asking.button("go_meeting_end").click().run()

    other.button("meeting_next").click().run()
    asking.run()
    asking.button("meeting_leave").click().run()

    assert asking.title[0].value == "困难教职工建档复核"


def test_gathered_activity_is_clicked_and_becomes_the_next_point(open_page: OpenPage, engine: Engine, plan_id: int) -> None:
    with db.writing(engine) as session:
        plan = session.get_one(Plan, plan_id)
        for n in range(MOST_SINGLE + 2):
            make_activity(session, plan, title=f"第{n}项", ends_on=date(2026, 11, 1 + n), starts_on=date(2026, 11, 1))
    begin(engine, plan_id)
    at = open_page("meeting")
    for _ in range(MOST_SINGLE + 1):
        at.button("meeting_next").click().run()
    together = [button for button in at.button if str(button.key).startswith("title_gathered_")]

    together[1].click().run()
    at.button("meeting_next").click().run()

    assert len(together) == 3
    assert together[1].label.startswith(at.title[0].value)


def test_meeting_typed_in_later_proposes_days_of_its_own_day(open_page: OpenPage, engine: Engine, plan_id: int) -> None:
    with db.writing(engine) as session:
        meetings.start_meeting(session, plan_id, held_on=date(2026, 11, 2), today=TODAY, **STAMP)
    at = open_page("meeting").button("meeting_next").click().run()

    done_on = at.button("meeting_do_done").click().run().date_input[0].value
    at.button("meeting_leave").click().run()
    due_on = at.button("meeting_do_follow_up").click().run().date_input[0].value

    assert (done_on, due_on) == (date(2026, 11, 2), date(2026, 11, 16))


@pytest.mark.usefixtures("plan_id")
def test_before_a_meeting_the_big_screen_leads_back_to_the_big_board(open_page: OpenPage) -> None:
    at = open_page("meeting", screen="big")

    assert [(link.proto.page, link.proto.query_string) for link in at.get("page_link")] == [("", "screen=big")]
