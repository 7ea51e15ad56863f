"""The meeting page: begun, gone through point by point, decided on the spot, ended."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest

from tests.makers import NOW, make_activity, make_plan
from unionboard import db
from unionboard.models import Activity, ActivityState, Decision, DecisionKind, DutyKind
from unionboard.services import fund, meetings, unions
from unionboard.services.activities import Status, find_activity
from unionboard.services.meeting_views import MeetingView
from unionboard.services.minutes import read_minutes

TODAY = date(2026, 11, 21)
OpenPage = Callable[..., AppTest]
STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}


@pytest.fixture
def late(engine: Engine) -> int:
    """A plan with one late activity of 何敏 and one of next month; 何敏 and 吴佳 are the committee. The late one's id."""
    with db.writing(engine) as session:
        plan = make_plan(session)
        activity = make_activity(session, plan, title="慰问*何敏*老师", owner="何敏")
        make_activity(session, plan, title="冬季送温暖", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31))
        for name, duty in (("何敏", "主席"), ("吴佳", "文体委员")):
            unions.add_member(session, name=name, duty=duty, **STAMP)
        return activity.id or 0


def open_view(engine: Engine) -> MeetingView:
    """The plan's open meeting."""
    with db.reading(engine) as session:
        meeting = meetings.open_meeting(session, 1)
        assert meeting is not None
        return meetings.read_meeting(session, meeting.id or 0, today=TODAY)


def begin(open_page: OpenPage, **query: str) -> AppTest:
    """The page with a meeting just begun."""
    return open_page("meeting", **query).button("go_meeting_start").click().run()


def at_first_point(open_page: OpenPage, **query: str) -> AppTest:
    """The page at the first point: the late activity."""
    return begin(open_page, **query).button("meeting_next").click().run()


def save(at: AppTest, **typed: Any) -> AppTest:
    """Fill the fields whose keys end so, and save."""
    for widgets in (at.text_input, at.text_area, at.selectbox, at.date_input):
        for widget in widgets:
            name = str(widget.key).rpartition("_")[2]
            if name in typed:
                widget.set_value(typed[name])
    return at.button("meeting_save").click().run()


def shown(at: AppTest) -> list[str]:
    return [str(text.value) for text in at.markdown]


def test_without_a_plan_the_page_says_what_it_will_show(open_page: OpenPage) -> None:
    at = open_page("meeting")

    assert shown(at)[-2:] == ["# 委员会会议", "委员会在这里逐项议事、当场决定。现在还没有计划。"]


@pytest.mark.usefixtures("late")
def test_begun_meeting_lists_the_committee_and_the_agenda_with_its_counts(open_page: OpenPage) -> None:
    at = begin(open_page)

    ticks = [button.label for button in at.button if str(button.key).startswith("attend_")]
    points = [button.label for button in at.button if str(button.key).startswith("title_agenda_")]
    assert ticks == [
        ":gray[:material/radio_button_unchecked:] `1` **何敏** :small[主席]",
        ":gray[:material/radio_button_unchecked:] `2` **吴佳** :small[文体委员]",
    ]
    assert points == ["1. 慰问\\*何敏\\*老师", "2. 冬季送温暖", "3. 经费情况", "4. 其他事项"]


@pytest.mark.usefixtures("late")
def test_one_key_ticks_everybody_and_one_person_is_unticked_again(open_page: OpenPage, engine: Engine) -> None:
    at = begin(open_page)

    at.button("meeting_all_present").click().run()
    at.button("attend_2").click().run()

    assert [(row.name, row.is_present) for row in open_view(engine).attendance] == [("何敏", True), ("吴佳", False)]


@pytest.mark.usefixtures("late")
def test_guest_and_point_are_added_and_a_point_moves_up(open_page: OpenPage, engine: Engine) -> None:
    at = begin(open_page)

    at.text_input("meeting_guest_name").input("方校长")
    at.button("meeting_add_guest").click().run()
    at.text_input("meeting_point_title").input("值班安排")
    at.button("meeting_add_point").click().run()
    at.button(f"move_up_{open_view(engine).items[-1].id}").click().run()

    view = open_view(engine)
    assert [guest.name for guest in view.guests] == ["方校长"]
    assert [item.title for item in view.items] == ["慰问*何敏*老师", "冬季送温暖", "", "值班安排", ""]


@pytest.mark.usefixtures("late")
def test_particulars_are_kept_when_their_field_is_left(open_page: OpenPage, engine: Engine) -> None:
    at = begin(open_page)

    at.text_input("meeting_1_place").input("教工之家").run()
    at.text_input("meeting_1_recorded_by").input("吴佳").run()

    view = open_view(engine)
    assert (view.place, view.chaired_by, view.recorded_by) == ("教工之家", "", "吴佳")


@pytest.mark.usefixtures("late")
def test_point_says_why_it_is_here_and_who_owns_it(open_page: OpenPage) -> None:
    at = at_first_point(open_page)

    assert at.title[0].value == "慰问\\*何敏\\*老师"
    assert ":orange-badge[:material/warning: 逾期 174 天]" in shown(at)
    assert ":gray[计划：5月　·　负责：何敏　·　文体活动]" in shown(at)


@pytest.mark.usefixtures("late")
def test_big_screen_writes_nobodys_name_in_full(open_page: OpenPage) -> None:
    at = at_first_point(open_page, screen="big")
    at.button("meeting_do_follow_up").click().run()
    save(at, text="何敏联系工会", owner="吴佳")

    texts = [at.title[0].value, *shown(at)]
    assert [text for text in texts if "何敏" in text or "吴佳" in text] == []
    assert at.title[0].value == "慰问\\*何\\*\\*老师"


@pytest.mark.usefixtures("late")
def test_opening_on_the_big_screen_writes_nobodys_name_in_full(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        meetings.start_meeting(session, 1, held_on=TODAY, today=TODAY, chaired_by="何敏", recorded_by="吴佳", place="三楼", **STAMP)

    at = open_page("meeting", screen="big")

    texts = [*shown(at), *(str(button.label) for button in at.button), *(str(field.value) for field in at.text_input)]
    assert [text for text in texts if "何敏" in text or "吴佳" in text] == []
    assert ":gray[地点] 三楼　·　:gray[主持] 何\\*　·　:gray[记录人] 吴\\*" in texts


@pytest.mark.usefixtures("late")
def test_list_of_people_on_the_big_screen_says_their_duty_instead_of_their_name(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        unions.add_member(session, name="何静", duty="", **STAMP)
    at = at_first_point(open_page, screen="big")

    at.button("meeting_do_reassigned").click().run()
    listed = at.selectbox[0].options
    at.selectbox[0].select("吴* 文体委员")
    at.button("meeting_save").click().run()

    assert listed == ["何* 主席", "吴* 文体委员", "何*"]
    assert open_view(engine).decisions[0].owner == "吴佳"


@pytest.mark.usefixtures("late")
def test_done_checks_the_activity_off_and_taking_it_back_unticks_it(open_page: OpenPage, engine: Engine, late: int) -> None:
    at = at_first_point(open_page)

    at.button("meeting_do_done").click().run()
    save(at, day=date(2026, 11, 20))
    with db.reading(engine) as session:
        done = find_activity(session, late, today=TODAY)
    at.button("meeting_undo").click().run()

    assert (done.status, done.done_on) == (Status.DONE, date(2026, 11, 20))
    with db.reading(engine) as session:
        assert find_activity(session, late, today=TODAY).status is Status.LATE


@pytest.mark.parametrize(
    ("typed", "starts_on", "ends_on"),
    [
        ("12月", date(2026, 12, 1), date(2026, 12, 31)),
        ("12月上旬", date(2026, 12, 1), date(2026, 12, 10)),
        ("12月5日", date(2026, 12, 5), date(2026, 12, 5)),
    ],
)
def test_postponed_to_a_time_as_people_write_it(
    open_page: OpenPage, engine: Engine, late: int, typed: str, starts_on: date, ends_on: date
) -> None:
    at = at_first_point(open_page)

    at.button("meeting_do_postponed").click().run()
    save(at, when=typed, reason="场地未定")

    with db.reading(engine) as session:
        row = session.get_one(Activity, late)
    assert (row.starts_on, row.ends_on, row.state_reason) == (starts_on, ends_on, "场地未定")


def test_refused_decision_says_why_and_keeps_the_form_with_its_words(open_page: OpenPage, engine: Engine, late: int) -> None:
    at = at_first_point(open_page)

    at.button("meeting_do_postponed").click().run()
    save(at, when="改天", reason="场地未定")

    assert [error.value for error in at.error] == ["看不懂时间“改天”。请写月份、旬或日期，如 12月、12月上旬、12月5日。"]
    assert [field.value for field in at.text_input] == ["改天", "场地未定"]
    assert open_view(engine).decisions == ()


def test_reassigned_to_somebody_of_the_committee(open_page: OpenPage, engine: Engine, late: int) -> None:
    at = at_first_point(open_page)

    at.button("meeting_do_reassigned").click().run()
    save(at, owner="吴佳")

    with db.reading(engine) as session:
        assert session.get_one(Activity, late).owner == "吴佳"


def test_cancelled_with_a_reason(open_page: OpenPage, engine: Engine, late: int) -> None:
    at = at_first_point(open_page)

    at.button("meeting_do_cancelled").click().run()
    save(at, reason="与体检重复")

    with db.reading(engine) as session:
        row = session.get_one(Activity, late)
    assert (row.state, row.state_reason) == (ActivityState.CANCELLED, "与体检重复")


@pytest.mark.usefixtures("late")
def test_new_activity_stands_in_the_plan(open_page: OpenPage, engine: Engine) -> None:
    at = at_first_point(open_page)

    at.button("meeting_do_added").click().run()
    save(at, title="新春游园会", when="12月下旬", owner="吴佳", area="CULT")

    with db.reading(engine) as session:
        row = session.exec(select(Activity).where(Activity.title == "新春游园会")).one()
    assert (row.starts_on, row.ends_on, row.owner, row.area) == (date(2026, 12, 21), date(2026, 12, 31), "吴佳", "CULT")


@pytest.mark.usefixtures("late")
def test_decision_has_an_owner_and_a_day(open_page: OpenPage, engine: Engine) -> None:
    at = at_first_point(open_page)

    at.button("meeting_do_follow_up").click().run()
    save(at, text="联系校医院", owner="吴佳", due=date(2026, 12, 1))

    with db.reading(engine) as session:
        row = session.exec(select(Decision)).one()
    assert (row.kind, row.text, row.owner, row.due_on) == (DecisionKind.FOLLOW_UP, "联系校医院", "吴佳", date(2026, 12, 1))


@pytest.mark.usefixtures("late")
def test_note_is_kept_when_its_field_is_left(open_page: OpenPage, engine: Engine) -> None:
    at = at_first_point(open_page)

    at.button("meeting_do_note").click().run()
    at.text_area[0].input("先小范围试行").run()

    assert open_view(engine).items[0].note == "先小范围试行"


@pytest.mark.usefixtures("late")
def test_form_left_without_saving_decides_nothing(open_page: OpenPage, engine: Engine) -> None:
    at = at_first_point(open_page)

    at.button("meeting_do_follow_up").click().run()
    at.text_input[0].input("没想好")
    at.button("meeting_leave").click().run()

    assert open_view(engine).decisions == ()
    assert at.button("meeting_do_follow_up").label == "`6` 决定事项"


@pytest.mark.usefixtures("late")
def test_screens_go_from_opening_through_the_points_to_the_end_and_back(open_page: OpenPage) -> None:
    at = begin(open_page)
    titles = []
    for _ in range(5):
        at.button("meeting_next").click().run()
        titles.append(at.title[0].value)
    at.button("meeting_back").click().run()

    assert titles == ["慰问\\*何敏\\*老师", "冬季送温暖", "经费情况", "其他事项", "收尾"]
    assert at.title[0].value == "其他事项"


@pytest.mark.usefixtures("late")
def test_another_screen_shows_the_same_point(open_page: OpenPage) -> None:
    first = at_first_point(open_page)
    second = open_page("meeting", screen="big")

    first.button("meeting_next").click().run()
    second.run()

    assert second.title[0].value == "冬季送温暖"


@pytest.mark.usefixtures("late")
def test_open_form_stays_with_its_point_when_the_meeting_moves_on(open_page: OpenPage, engine: Engine) -> None:
    writing = at_first_point(open_page)
    writing.button("meeting_do_follow_up").click().run()

    open_page("meeting").button("meeting_next").click().run()
    writing.run()
    kept = writing.title[0].value
    save(writing, text="联系校医院")

    assert kept == "慰问\\*何敏\\*老师"
    assert [len(item.decisions) for item in open_view(engine).items] == [1, 0, 0, 0]
    assert writing.title[0].value == "冬季送温暖"


def test_standing_duty_can_be_done_or_reassigned_but_not_moved(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        plan = make_plan(session)
        duty = make_activity(session, plan, title="五必访", duty=DutyKind.STANDING)
        meeting = meetings.start_meeting(session, plan.id or 0, held_on=TODAY, today=TODAY, **STAMP)
        item = meetings.add_item(session, meeting.id or 0, title="五必访", **STAMP)
        item.activity_id = duty.id
        meetings.show_item(session, meeting.id or 0, item.id or 0, **STAMP)

    at = open_page("meeting")

    offered = [str(button.key) for button in at.button if str(button.key).startswith("meeting_do_")]
    assert offered == [f"meeting_do_{name}" for name in ("done", "reassigned", "added", "follow_up", "note")]


@pytest.mark.usefixtures("late")
def test_fund_shows_what_is_left_and_each_item_against_its_budget(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        fund.set_opening(session, year=2026, opening_fen=500_000, **STAMP)
        fund.set_budget(session, year=2026, item="culture_sports", amount_fen=400_000, **STAMP)
    at = at_first_point(open_page)

    for _ in range(2):
        at.button("meeting_next").click().run()

    assert [(metric.label, metric.value) for metric in at.metric] == [("经费结余", "¥5,000"), ("本年已支", "¥0"), ("本年预算", "¥4,000")]


def end(at: AppTest) -> AppTest:
    """From any point to the end of the meeting."""
    at.button("meeting_to_end").click().run()
    at.button("go_meeting_end").click().run()
    return at.button("meeting_save").click().run()


@pytest.mark.usefixtures("late")
def test_ended_meeting_is_locked_and_offers_its_minutes(open_page: OpenPage, session: Session) -> None:
    at = end(at_first_point(open_page))

    meeting = meetings.last_meeting(session, 1)
    assert meeting is not None
    assert [item.title for item in read_minutes(meeting.minutes or {}).not_reached] == ["冬季送温暖", ""]
    assert at.get_by_key("go_minutes_1").proto.label == "会议纪要（Word）"
    assert meetings.open_meeting(session, 1) is None


@pytest.mark.usefixtures("late")
def test_end_asks_once_more_and_can_be_left(open_page: OpenPage, engine: Engine) -> None:
    at = at_first_point(open_page)
    at.button("meeting_to_end").click().run()

    at.button("go_meeting_end").click().run()
    at.button("meeting_leave").click().run()

    assert open_view(engine).ended_at_utc is None


@pytest.mark.usefixtures("late")
def test_what_was_not_reached_stands_first_in_the_next_meeting(open_page: OpenPage) -> None:
    at = end(at_first_point(open_page))

    at.button("go_meeting_start").click().run()

    points = [button.label for button in at.button if str(button.key).startswith("title_agenda_")]
    assert points == ["1. 冬季送温暖", "2. 经费情况", "3. 慰问\\*何敏\\*老师", "4. 其他事项"]


@pytest.mark.usefixtures("late")
def test_english_meeting_leaves_no_chinese_of_ours(open_page: OpenPage) -> None:
    at = at_first_point(open_page, lang="en")
    at.button("meeting_do_added").click().run()

    words = [*shown(at), *(str(button.label) for button in at.button), *(str(field.label) for field in at.text_input)]
    ours = [text for text in words if not any(name in text for name in ("慰问", "冬季"))]
    assert [text.replace("何敏", "") for text in ours if any("\u4e00" <= letter <= "\u9fff" for letter in text.replace("何敏", ""))] == []
