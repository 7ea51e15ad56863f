"""A meeting from its start to its end: who is there, the agenda, one open meeting a plan, nothing changed afterwards."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.makers import NOW, make_activity, make_plan
from unionboard import db
from unionboard.errors.checkoffs import DateInFuture
from unionboard.errors.entries import NameMissing
from unionboard.errors.meetings import AgendaTitleMissing, MeetingClosed, MeetingNotEmpty, NoSuchMeeting
from unionboard.errors.saving import StaleSave
from unionboard.models import AgendaItem, AgendaKind, Attendance, Change, DatePrecision, Meeting, Plan
from unionboard.services import amendments, decisions, meetings, unions
from unionboard.services.meeting_views import MeetingView

TODAY = date(2026, 11, 21)
LATER = NOW + timedelta(hours=1)
STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}


@pytest.fixture
def plan(session: Session) -> Plan:
    """A plan whose committee are 何敏 and 吴佳."""
    plan = make_plan(session)
    for name, duty in (("何敏", "主席"), ("吴佳", "生活委员")):
        unions.add_member(session, name=name, duty=duty, **STAMP)
    return plan


def start(session: Session, plan: Plan, **options: Any) -> Meeting:
    return meetings.start_meeting(session, plan.id or 0, **{"held_on": TODAY, "today": TODAY, **STAMP, **options})


def end(session: Session, meeting: Meeting) -> Meeting:
    return meetings.end_meeting(session, meeting.id or 0, today=TODAY, who="chair", now_utc=LATER)


def look(session: Session, meeting: Meeting) -> MeetingView:
    return meetings.read_meeting(session, meeting.id or 0, today=TODAY)


def titles(view: MeetingView) -> list[tuple[AgendaKind, str]]:
    return [(item.kind, item.title) for item in view.items]


# --- beginning ----------------------------------------------------------------------------------------------------------------------


def test_meeting_starts_with_the_active_members_none_of_them_ticked(session: Session, plan: Plan) -> None:
    former = unions.add_member(session, name="顾海平", **STAMP)
    unions.save_member(session, former.id or 0, is_active=False, version=1, **STAMP)

    view = look(session, start(session, plan))

    assert [(row.name, row.duty, row.is_present) for row in view.attendance] == [("何敏", "主席", False), ("吴佳", "生活委员", False)]
    assert (view.number, view.present, view.due, view.current, view.is_ended) == (1, 0, 2, 0, False)


def test_meeting_starts_with_the_proposed_agenda(session: Session, plan: Plan) -> None:
    make_activity(session, plan, title="趣味运动会")

    view = look(session, start(session, plan))

    assert titles(view) == [(AgendaKind.LATE, "趣味运动会"), (AgendaKind.FUND, ""), (AgendaKind.OTHER, "")]
    assert view.items[0].activity is not None
    assert [item.is_reached for item in view.items] == [False, False, False]


def test_starting_again_takes_up_the_open_meeting(session: Session, plan: Plan) -> None:
    first = start(session, plan, place="会议室")

    again = start(session, plan, place="教工之家", held_on=TODAY - timedelta(days=1))

    assert (again.id, again.place, again.held_on) == (first.id, "会议室", TODAY)


def test_two_people_who_start_at_once_are_in_the_same_meeting(engine: Engine) -> None:
    with db.writing(engine) as session:
        plan_id = make_plan(session).id or 0

    ids = []
    for who in ("chair", "secretary"):
        with db.writing(engine) as session:
            ids.append(meetings.start_meeting(session, plan_id, held_on=TODAY, today=TODAY, who=who, now_utc=NOW).id)

    assert ids[0] == ids[1]


def test_meeting_cannot_be_held_tomorrow(session: Session, plan: Plan) -> None:
    with pytest.raises(DateInFuture):
        start(session, plan, held_on=TODAY + timedelta(days=1))


def test_next_meeting_is_where_the_last_one_was_and_counts_on(session: Session, plan: Plan) -> None:
    end(session, start(session, plan, place="教工之家", chaired_by="何敏", recorded_by="吴佳"))

    meeting = start(session, plan, recorded_by="孙晓岚")

    assert (meeting.number, meeting.place, meeting.chaired_by, meeting.recorded_by) == (2, "教工之家", "何敏", "孙晓岚")


def test_meetings_are_listed_newest_first_and_the_last_is_the_last_that_ended(session: Session, plan: Plan) -> None:
    first = end(session, start(session, plan))
    second = start(session, plan)

    assert meetings.list_meetings(session, plan.id or 0) == [second, first]
    assert meetings.last_meeting(session, plan.id or 0) == first
    assert meetings.open_meeting(session, plan.id or 0) == second


def test_meeting_nobody_held_is_not_found(session: Session) -> None:
    with pytest.raises(NoSuchMeeting):
        meetings.find_meeting(session, 5)


# --- people -------------------------------------------------------------------------------------------------------------------------


def test_who_is_present_is_ticked_and_counted(session: Session, plan: Plan) -> None:
    meeting = start(session, plan)
    first, second = look(session, meeting).attendance

    meetings.mark_all_present(session, meeting.id or 0, **STAMP)
    meetings.mark_present(session, second.id or 0, is_present=False, **STAMP)
    guest = meetings.add_guest(session, meeting.id or 0, " 李校长 ", **STAMP)

    view = look(session, meeting)
    assert [(row.name, row.is_present) for row in view.attendance] == [("何敏", True), ("吴佳", False), ("李校长", True)]
    assert (view.present, view.due, view.guests) == (1, 2, (guest,))
    assert first.member_id is not None


def test_guest_without_a_name_is_refused(session: Session, plan: Plan) -> None:
    with pytest.raises(NameMissing):
        meetings.add_guest(session, start(session, plan).id or 0, " ", **STAMP)


def test_union_without_members_meets_as_guests(session: Session) -> None:
    meeting = start(session, make_plan(session))
    meetings.add_guest(session, meeting.id or 0, "何敏", **STAMP)

    view = look(session, meeting)

    assert (view.present, view.due, [row.name for row in view.guests]) == (0, 0, ["何敏"])


def test_stale_particulars_are_refused_and_showing_a_point_makes_none_stale(session: Session, plan: Plan) -> None:
    meeting = start(session, plan)
    told: dict[str, Any] = {"place": "会议室", "chaired_by": "何敏", "recorded_by": "吴佳"}
    meetings.show_item(session, meeting.id or 0, look(session, meeting).items[0].id, **STAMP)

    meetings.save_particulars(session, meeting.id or 0, **told, version=1, **STAMP)

    with pytest.raises(StaleSave):
        meetings.save_particulars(session, meeting.id or 0, **{**told, "place": "食堂"}, version=1, **STAMP)


# --- agenda -------------------------------------------------------------------------------------------------------------------------


def test_point_on_the_screen_is_current_and_reached(session: Session, plan: Plan) -> None:
    meeting = start(session, plan)
    meetings.show_item(session, meeting.id or 0, look(session, meeting).items[1].id, **STAMP)

    view = look(session, meeting)

    assert (view.current, [item.is_reached for item in view.items]) == (1, [False, True])


def test_note_makes_a_point_reached_and_a_stale_one_is_refused(session: Session, plan: Plan) -> None:
    item = look(session, start(session, plan)).items[0]
    meetings.save_note(session, item.id, note=" 支出正常 ", version=item.version, **STAMP)

    row = meetings.load_item(session, item.id)
    assert (row.note, row.reached_at_utc) == ("支出正常", NOW)
    with pytest.raises(StaleSave):
        meetings.save_note(session, item.id, note="支出偏多", version=item.version, **STAMP)


def test_point_is_added_at_the_end_and_moved_among_its_neighbours(session: Session, plan: Plan) -> None:
    meeting = start(session, plan)
    item = meetings.add_item(session, meeting.id or 0, title=" 换届 ", **STAMP)

    meetings.move_item(session, item.id or 0, up=False, **STAMP)
    assert titles(look(session, meeting)) == [(AgendaKind.FUND, ""), (AgendaKind.OTHER, ""), (AgendaKind.OTHER, "换届")]
    for _ in range(3):
        meetings.move_item(session, item.id or 0, up=True, **STAMP)
    assert titles(look(session, meeting)) == [(AgendaKind.OTHER, "换届"), (AgendaKind.FUND, ""), (AgendaKind.OTHER, "")]


def test_point_without_a_title_is_refused(session: Session, plan: Plan) -> None:
    with pytest.raises(AgendaTitleMissing):
        meetings.add_item(session, start(session, plan).id or 0, title=" ", **STAMP)


def test_gathered_activity_is_taken_out_once_and_the_last_one_takes_the_place(session: Session, plan: Plan) -> None:
    late = [make_activity(session, plan, title=f"活动{number}") for number in range(1, 15)]
    meeting = start(session, plan)
    group = look(session, meeting).items[12]
    assert [view.title for view in group.gathered] == ["活动13", "活动14"]

    for _ in range(2):  # two people press at once
        meetings.single_out(session, group.id, late[13].id or 0, **STAMP)
    meetings.single_out(session, group.id, late[12].id or 0, **STAMP)

    view = look(session, meeting)
    assert [item.title for item in view.items[11:]] == ["活动12", "活动13", "活动14", "", ""]
    assert [item.gathered for item in view.items] == [()] * 16


def test_activity_taken_out_of_the_plan_keeps_its_name_on_the_agenda(session: Session, plan: Plan) -> None:
    activity = make_activity(session, plan, title="趣味运动会")
    meeting = start(session, plan)

    amendments.remove_activity(session, activity.id or 0, **STAMP)

    item = look(session, meeting).items[0]
    assert (item.title, item.activity) == ("趣味运动会", None)


# --- from meeting to meeting ----------------------------------------------------------------------------------------------------------


def test_what_was_not_reached_is_first_next_time(session: Session, plan: Plan) -> None:
    make_activity(session, plan, title="七月的", starts_on=date(2026, 7, 1), ends_on=date(2026, 7, 31))
    make_activity(session, plan, title="五月的")
    first = start(session, plan)
    meetings.add_item(session, first.id or 0, title="换届", **STAMP)
    meetings.show_item(session, first.id or 0, look(session, first).items[0].id, **STAMP)
    end(session, first)

    assert titles(look(session, start(session, plan))) == [
        (AgendaKind.CARRIED, "七月的"),
        (AgendaKind.FUND, ""),
        (AgendaKind.CARRIED, "换届"),
        (AgendaKind.LATE, "五月的"),
        (AgendaKind.OTHER, ""),
    ]


def test_open_follow_ups_are_asked_after_until_they_are_settled(session: Session, plan: Plan) -> None:
    first = start(session, plan)
    told = {"owner": "吴佳", **STAMP}
    late = decisions.decide_follow_up(session, first.id or 0, None, text="无期限的", due_on=None, **told)
    soon = decisions.decide_follow_up(session, first.id or 0, None, text="周末前的", due_on=date(2026, 11, 28), **told)
    assert meetings.list_open_follow_ups(session, plan.id or 0) == []
    end(session, first)
    assert meetings.list_open_follow_ups(session, plan.id or 0) == [soon, late]

    decisions.settle_follow_up(session, soon.id or 0, settled_on=TODAY, today=TODAY, **STAMP)

    view = look(session, start(session, plan))
    asked = [item.follow_up for item in view.items if item.follow_up]
    assert [(one.id, one.text, one.owner) for one in asked] == [(late.id, "无期限的", "吴佳")]
    assert (AgendaKind.FOLLOW_UP, "无期限的") in titles(view)


def test_new_years_first_meeting_takes_up_what_the_old_year_left(session: Session, plan: Plan) -> None:
    make_activity(session, plan, title="旧年活动")
    last = start(session, plan)
    meetings.add_item(session, last.id or 0, title="换届", **STAMP)
    decisions.decide_follow_up(session, last.id or 0, None, text="整理台账", owner="吴佳", due_on=None, **STAMP)
    end(session, last)
    new = make_plan(session, year=2027, starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))

    day = date(2027, 1, 8)
    view = meetings.read_meeting(session, start(session, new, held_on=day, today=day).id or 0, today=day)

    assert (view.number, titles(view)) == (
        1,
        [(AgendaKind.FUND, ""), (AgendaKind.CARRIED, "换届"), (AgendaKind.FOLLOW_UP, "整理台账"), (AgendaKind.OTHER, "")],
    )
    assert meetings.list_open_follow_ups(session, plan.id or 0) != []


# --- the end ------------------------------------------------------------------------------------------------------------------------

MONTH = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 31), "precision": DatePrecision.MONTH}
WRITES: dict[str, Callable[[Session, MeetingView, int], object]] = {
    "particulars": lambda s, m, _: meetings.save_particulars(s, m.id, place="", chaired_by="", recorded_by="", version=1, **STAMP),
    "present": lambda s, m, _: meetings.mark_present(s, m.attendance[0].id or 0, is_present=True, **STAMP),
    "all present": lambda s, m, _: meetings.mark_all_present(s, m.id, **STAMP),
    "guest": lambda s, m, _: meetings.add_guest(s, m.id, "李校长", **STAMP),
    "show": lambda s, m, _: meetings.show_item(s, m.id, m.items[0].id, **STAMP),
    "note": lambda s, m, _: meetings.save_note(s, m.items[0].id, note="晚了", version=1, **STAMP),
    "add": lambda s, m, _: meetings.add_item(s, m.id, title="换届", **STAMP),
    "move": lambda s, m, _: meetings.move_item(s, m.items[0].id, up=False, **STAMP),
    "single out": lambda s, m, _: meetings.single_out(s, m.items[0].id, 1, **STAMP),
    "done": lambda s, m, _: decisions.decide_done(s, m.items[0].id, done_on=TODAY, today=TODAY, **STAMP),
    "postponed": lambda s, m, _: decisions.decide_postponed(s, m.items[0].id, **MONTH, reason="下雨", **STAMP),  # type: ignore[arg-type]
    "reassigned": lambda s, m, _: decisions.decide_reassigned(s, m.items[0].id, owner="吴佳", **STAMP),
    "cancelled": lambda s, m, _: decisions.decide_cancelled(s, m.items[0].id, reason="停办", **STAMP),
    "added": lambda s, m, _: decisions.decide_added(s, m.id, None, title="讲座", area="CULT", owner="", **MONTH, **STAMP),  # type: ignore[arg-type]
    "follow-up": lambda s, m, _: decisions.decide_follow_up(s, m.id, None, text="报名", owner="", due_on=None, **STAMP),
    "take back": lambda s, _, decision_id: decisions.take_back(s, decision_id, **STAMP),
    "end": lambda s, m, _: meetings.end_meeting(s, m.id, today=TODAY, **STAMP),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_ended_meeting_refuses_every_change(session: Session, plan: Plan, write: Callable[[Session, MeetingView, int], object]) -> None:
    make_activity(session, plan)
    meeting = start(session, plan)
    decision = decisions.decide_follow_up(session, meeting.id or 0, None, text="整理台账", owner="", due_on=None, **STAMP)
    end(session, meeting)
    pulse = session.exec(select(Change.id)).all()

    with pytest.raises(MeetingClosed):
        write(session, look(session, meeting), decision.id or 0)

    assert session.exec(select(Change.id)).all() == pulse


def test_point_of_an_ended_meeting_is_not_shown_in_the_next(session: Session, plan: Plan) -> None:
    ended = start(session, plan)
    end(session, ended)
    following = start(session, plan)

    with pytest.raises(MeetingClosed):
        meetings.show_item(session, following.id or 0, look(session, ended).items[0].id, **STAMP)


def test_everything_of_a_meeting_is_in_the_change_log(session: Session, plan: Plan) -> None:
    before = len(session.exec(select(Change)).all())
    meeting = start(session, plan)
    meetings.mark_present(session, session.exec(select(Attendance.id)).first() or 0, is_present=True, **STAMP)
    meetings.show_item(session, meeting.id or 0, look(session, meeting).items[0].id, **STAMP)
    decisions.decide_follow_up(session, meeting.id or 0, None, text="整理台账", owner="", due_on=None, **STAMP)
    end(session, meeting)

    told = [(change.noun, change.action) for change in session.exec(select(Change).order_by(Change.id))][before:]  # type: ignore[arg-type]

    assert told == [
        ("meeting", "create"),
        ("attendance", "create"),
        ("attendance", "create"),
        ("agenda_item", "create"),
        ("agenda_item", "create"),
        ("attendance", "update"),
        ("meeting", "update"),
        ("agenda_item", "update"),
        ("decision", "create"),
        ("meeting", "update"),
    ]


def test_meeting_begun_by_mistake_is_discarded_with_its_people_and_points(session: Session, plan: Plan) -> None:
    meeting = start(session, plan)
    meetings.show_item(session, meeting.id or 0, look(session, meeting).items[0].id, **STAMP)

    meetings.discard_meeting(session, meeting.id or 0, **STAMP)

    assert [session.exec(select(table)).all() for table in (Meeting, Attendance, AgendaItem)] == [[], [], []]
    assert start(session, plan).number == 1


def test_meeting_that_decided_something_is_not_discarded(session: Session, plan: Plan) -> None:
    meeting = start(session, plan)
    decision = decisions.decide_follow_up(session, meeting.id or 0, None, text="整理台账", owner="", due_on=None, **STAMP)
    decisions.take_back(session, decision.id or 0, **STAMP)

    with pytest.raises(MeetingNotEmpty):
        meetings.discard_meeting(session, meeting.id or 0, **STAMP)


def test_follow_up_settled_today_is_listed_when_asked_for(session: Session, plan: Plan) -> None:
    meeting = start(session, plan)
    decision = decisions.decide_follow_up(session, meeting.id or 0, None, text="整理台账", owner="", due_on=None, **STAMP)
    end(session, meeting)
    decisions.settle_follow_up(session, decision.id or 0, settled_on=TODAY, today=TODAY, **STAMP)

    assert meetings.list_open_follow_ups(session, plan.id or 0) == []
    assert meetings.list_open_follow_ups(session, plan.id or 0, or_settled_on=TODAY) == [decision]
