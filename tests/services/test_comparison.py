"""A corrected document against the plan that stands, through the same reader that people use."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from tests.makers import NOW, make_activity, make_plan
from unionboard import db
from unionboard.errors.saving import PlanMovedOn
from unionboard.models import Activity, Change, CheckOff, Direction, DutyKind, FundEntry, Measure, Occurrence, PeriodKind, Plan
from unionboard.reading.draft import PlanDraft
from unionboard.reading.text import read_text
from unionboard.reference import fund_items
from unionboard.services import amendments, checkoffs, comparison, fund, plans, sections
from unionboard.services.comparison import Applied, Difference, FieldChange, Noun, RowDifference
from unionboard.services.plan_rows import PlanRow, list_rows

STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}
TEXT = """青松小学工会2026年工作计划
一、推进民主管理
1、做好提案征集和答复。
2、每月一次校务公开。
二、丰富文体生活
1、办好教工社团。
活动安排：
三月：
1、庆祝三八妇女节
2、召开教代会
五月：
1、教职工趣味运动会
2、青年教师座谈会
九月：
1、教师节表彰
2、中秋慰问
"""


def read(text: str = TEXT) -> PlanDraft:
    return read_text(text).plan()


def adopt(session: Session, text: str = TEXT, rows: list[PlanRow] | None = None) -> Plan:
    draft = read(text)
    span: dict[str, Any] = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    kind = PeriodKind.CALENDAR_YEAR
    return plans.adopt_draft(session, draft, year=2026, period_kind=kind, rows=rows, source_text=text, **span, **STAMP)


def compare(session: Session, plan: Plan, text: str = TEXT) -> list[RowDifference]:
    draft = read(text)
    return comparison.compare(session, plan.id or 0, list_rows(draft), draft)


def apply(session: Session, plan: Plan, text: str, *titles: str) -> Applied:
    differences = compare(session, plan, text)
    chosen = [
        difference.key
        for difference in differences
        if difference.title in titles or (not titles and difference.kind is not Difference.UNCHANGED)
    ]
    return comparison.apply(session, plan.id or 0, differences, chosen=chosen, draft=read(text), source_text=text, **STAMP)


def differing(differences: list[RowDifference]) -> list[tuple[str, str]]:
    return [(difference.kind.value, difference.title) for difference in differences if difference.kind is not Difference.UNCHANGED]


def named(session: Session, title: str) -> Activity:
    return session.exec(select(Activity).where(Activity.title == title)).one()


def state(session: Session) -> list[Any]:
    """All that people see of the plans, and how often it was changed."""
    rows = [row.model_dump(exclude={"as_read"}) for row in session.exec(select(Activity).order_by(col(Activity.id)))]
    turns = [row.model_dump() for row in session.exec(select(Occurrence).order_by(col(Occurrence.id)))]
    outline = [row.model_dump() for plan in session.exec(select(Plan)) for row in plans.list_sections(session, plan.id or 0)]
    return [rows, turns, outline, session.exec(select(func.count()).select_from(Change)).one()]


# --- the same file again ---------------------------------------------------------------------------------------------------------


def assert_nothing_changes(session: Session, plan: Plan, text: str = TEXT) -> None:
    before = state(session)
    differences = compare(session, plan, text)

    comparison.apply(session, plan.id or 0, differences, chosen=[], draft=read(text), source_text=text, **STAMP)

    assert differing(differences) == []
    assert state(session) == before


def test_same_file_again_changes_nothing(session: Session) -> None:
    plan = adopt(session)

    assert_nothing_changes(session, plan)
    assert [difference.kind for difference in compare(session, plan)] == [Difference.UNCHANGED] * 7


def test_same_file_again_after_corrections_before_adopting(session: Session) -> None:
    women, congress, sport, *rest = [row for row in list_rows(read()) if row.duty is DutyKind.ONE_OFF]
    kept = [
        replace(women, title="三八节健步走", owner="女工委员", planned_people=40),
        replace(congress, months=(4,)),
        replace(sport, title="趣味运动会（上）"),
        replace(sport, title="趣味运动会（下）", months=(6,)),
        PlanRow("暑期疗休养", months=(7,)),
        rest[1],
    ]

    plan = adopt(session, rows=kept)

    assert_nothing_changes(session, plan)
    left_out = [difference.title for difference in compare(session, plan) if difference.left_out]
    assert left_out == ["每月一次校务公开", "青年教师座谈会", "中秋慰问"]


def test_same_file_again_keeps_check_offs_and_spending(session: Session) -> None:
    plan = adopt(session)
    women, duty = named(session, "庆祝三八妇女节"), named(session, "每月一次校务公开")
    for activity in (women, duty):
        checkoffs.check_off(session, activity.id or 0, done_on=date(2026, 3, 6), today=date(2026, 11, 21), **STAMP)
    spend_on(session, women)

    assert_nothing_changes(session, plan)
    assert {d.title: d.records for d in compare(session, plan) if d.records} == {"庆祝三八妇女节": 2, "每月一次校务公开": 1}


def spend_on(session: Session, activity: Activity) -> None:
    item = next(code for code, item in fund_items().items() if item.direction == "out")
    spending: dict[str, Any] = {
        "direction": Direction.OUT,
        "item": item,
        "amount_fen": 120_000,
        "purpose": "花束",
        "activity_id": activity.id,
    }
    fund.book_entry(session, booked_on=date(2026, 3, 9), today=date(2026, 11, 21), **spending, **STAMP)


def test_same_file_again_after_people_changed_the_plan(session: Session) -> None:
    plan = adopt(session)
    sport, youth, moon = named(session, "教职工趣味运动会"), named(session, "青年教师座谈会"), named(session, "中秋慰问")
    amendments.save_activity(
        session, sport.id or 0, version=1, title="教工运动会", starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30), **STAMP
    )
    amendments.remove_activity(session, youth.id or 0, **STAMP)
    amendments.postpone_activity(
        session,
        moon.id or 0,
        starts_on=date(2026, 10, 1),
        ends_on=date(2026, 10, 31),
        precision=sport.precision,
        reason="出差",
        version=1,
        **STAMP,
    )
    democracy, culture = plans.list_sections(session, plan.id or 0)
    plans.save_section(session, democracy.id or 0, version=1, heading="民主管理与监督", **STAMP)
    (first, _, third) = plans.list_measures(session, plan.id or 0)
    sections.save_measure(session, first.id or 0, version=1, text="做好提案征集", **STAMP)
    sections.remove_measure(session, third.id or 0, **STAMP)
    sections.remove_section(session, culture.id or 0, **STAMP)

    assert_nothing_changes(session, plan)


def test_correction_is_told_and_the_documents_words_can_be_taken_back(session: Session) -> None:
    plan = adopt(session)
    sport = named(session, "教职工趣味运动会")
    amendments.save_activity(session, sport.id or 0, version=1, title="教工运动会", **STAMP)

    (found,) = [difference for difference in compare(session, plan) if difference.corrections]
    apply(session, plan, TEXT, "教工运动会")

    assert found.corrections == (FieldChange("title", "教工运动会", "教职工趣味运动会", corrected=True),)
    assert sport.title == "教职工趣味运动会"


# --- a corrected file ------------------------------------------------------------------------------------------------------------

CORRECTED = (
    TEXT.replace("1、教职工趣味运动会\n", "").replace("召开教代会", "召开八届二次教代会").replace("九月：", "九月：\n1、新教师欢迎会")
)
CORRECTED = CORRECTED.replace("九月：\n1、新教师欢迎会\n1、教师节表彰\n2、", "九月：\n1、新教师欢迎会\n2、教师节表彰\n十月：\n1、")


def test_corrected_file_shows_new_changed_and_gone(session: Session) -> None:
    plan = adopt(session)

    differences = compare(session, plan, CORRECTED)

    assert differing(differences) == [
        ("changed", "召开教代会"),
        ("new", "新教师欢迎会"),
        ("changed", "中秋慰问"),
        ("gone", "教职工趣味运动会"),
    ]
    assert [change for difference in differences for change in difference.changes] == [
        FieldChange("title", "召开教代会", "召开八届二次教代会"),
        FieldChange("when", "9月", "10月"),
    ]


def test_applied_differences_are_in_the_plan_and_in_its_log(session: Session) -> None:
    plan = adopt(session)
    congress, moon, sport = named(session, "召开教代会"), named(session, "中秋慰问"), named(session, "教职工趣味运动会")

    applied = apply(session, plan, CORRECTED)

    new = named(session, "新教师欢迎会")
    assert applied == Applied(new=1, changed=2, removed=1)
    assert (congress.title, moon.starts_on, moon.ends_on, sport.removed) == (
        "召开八届二次教代会",
        date(2026, 10, 1),
        date(2026, 10, 31),
        True,
    )
    assert (new.starts_on, new.as_read is not None) == (date(2026, 9, 1), True)
    log = session.exec(select(Change).where(Change.noun == "activity").order_by(col(Change.id).desc()).limit(4)).all()
    assert [(change.action, change.row_id) for change in reversed(log)] == [
        ("update", congress.id),
        ("create", new.id),
        ("update", moon.id),
        ("remove", sport.id),
    ]
    assert plan.source_text == CORRECTED


def test_applied_file_read_again_changes_nothing(session: Session) -> None:
    plan = adopt(session)
    apply(session, plan, CORRECTED)

    assert_nothing_changes(session, plan, CORRECTED)


def test_file_applied_in_part_changes_nothing_when_read_again(session: Session) -> None:
    plan = adopt(session)

    applied = apply(session, plan, CORRECTED, "召开教代会")

    assert applied == Applied(changed=1)
    assert named(session, "教职工趣味运动会").removed is False
    assert_nothing_changes(session, plan, CORRECTED)


def test_what_was_not_ticked_can_be_taken_later(session: Session) -> None:
    plan = adopt(session)
    apply(session, plan, CORRECTED, "召开教代会")

    applied = apply(session, plan, CORRECTED, "新教师欢迎会", "中秋慰问")

    assert applied == Applied(changed=2)
    assert named(session, "新教师欢迎会").removed is False
    assert named(session, "中秋慰问").starts_on == date(2026, 10, 1)


def with_reading_circle() -> str:
    """The plan with a further measure, a further section, and a further activity."""
    text = TEXT.replace("1、办好教工社团。", "1、办好教工社团。\n2、组织读书沙龙。")
    text = text.replace("2、青年教师座谈会", "2、青年教师座谈会\n3、登山")
    return text.replace("活动安排：", "三、关心职工生活\n1、做好走访。\n活动安排：")


def test_section_that_we_proposed_is_no_change_of_the_document(session: Session) -> None:
    plan = adopt(session)

    found = differing(compare(session, plan, with_reading_circle()))

    assert found == [("new", "关心职工生活"), ("new", "组织读书沙龙。"), ("new", "做好走访。"), ("new", "登山")]


def test_heading_and_measure_not_ticked_are_not_new_again(session: Session) -> None:
    plan = adopt(session)

    apply(session, plan, with_reading_circle(), "登山")

    assert differing(compare(session, plan, with_reading_circle())) == []
    assert apply(session, plan, with_reading_circle()) == Applied()
    assert differing(compare(session, plan, with_reading_circle())) == []


def test_heading_and_measure_not_ticked_can_be_taken_later(session: Session) -> None:
    plan = adopt(session)
    apply(session, plan, with_reading_circle(), "登山")

    left_out = [(d.noun, d.title) for d in compare(session, plan, with_reading_circle()) if d.left_out]
    apply(session, plan, with_reading_circle(), "关心职工生活", "组织读书沙龙。")

    assert left_out == [(Noun.SECTION, "关心职工生活"), (Noun.MEASURE, "组织读书沙龙。"), (Noun.MEASURE, "做好走访。")]
    assert [section.heading for section in plans.list_sections(session, plan.id or 0)][-1] == "关心职工生活"
    assert "组织读书沙龙。" in [measure.text for measure in plans.list_measures(session, plan.id or 0)]
    assert [d.title for d in compare(session, plan, with_reading_circle()) if d.left_out] == ["做好走访。"]


def test_measure_not_ticked_is_proposed_again_when_the_document_says_something_else(session: Session) -> None:
    plan = adopt(session)
    apply(session, plan, with_reading_circle(), "登山")

    again = with_reading_circle().replace("组织读书沙龙", "每两周组织一次读书沙龙和朗诵会")

    assert ("new", "每两周组织一次读书沙龙和朗诵会。") in differing(compare(session, plan, again))


def test_measure_and_heading_taken_out_by_hand_can_be_taken_back(session: Session) -> None:
    plan = adopt(session)
    measure = plans.list_measures(session, plan.id or 0)[0]
    sections.remove_measure(session, measure.id or 0, **STAMP)

    found = compare(session, plan)
    apply(session, plan, TEXT, measure.text)

    assert differing(found) == []
    assert [d.title for d in found if d.left_out] == [measure.text]
    assert measure.text in [row.text for row in plans.list_measures(session, plan.id or 0)]
    assert [d for d in compare(session, plan) if d.left_out] == []


def test_persons_correction_stands_against_what_the_document_did_not_change(session: Session) -> None:
    plan = adopt(session)
    congress = named(session, "召开教代会")
    amendments.save_activity(
        session, congress.id or 0, version=1, owner="李主席", starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 30), **STAMP
    )

    apply(session, plan, CORRECTED)

    assert (congress.title, congress.owner, congress.starts_on) == ("召开八届二次教代会", "李主席", date(2026, 4, 1))


def test_change_of_what_a_person_corrected_is_marked_and_not_proposed(session: Session) -> None:
    plan = adopt(session)
    moon = named(session, "中秋慰问")
    amendments.save_activity(session, moon.id or 0, version=1, starts_on=date(2026, 8, 1), ends_on=date(2026, 8, 31), **STAMP)

    (found,) = [difference for difference in compare(session, plan, CORRECTED) if difference.title == "中秋慰问"]

    assert (found.changes, found.is_proposed) == ((FieldChange("when", "8月", "10月", corrected=True),), False)


def test_gone_activity_with_records_is_not_proposed(session: Session) -> None:
    plan = adopt(session)
    sport = named(session, "教职工趣味运动会")
    checkoffs.check_off(session, sport.id or 0, done_on=date(2026, 5, 8), today=date(2026, 11, 21), **STAMP)

    (found,) = [difference for difference in compare(session, plan, CORRECTED) if difference.kind is Difference.GONE]

    assert (found.activity_id, found.records, found.is_proposed) == (sport.id, 1, False)


def test_check_offs_and_spending_stay_with_a_changed_activity(session: Session) -> None:
    plan = adopt(session)
    congress = named(session, "召开教代会")
    checkoffs.check_off(session, congress.id or 0, done_on=date(2026, 3, 20), today=date(2026, 11, 21), **STAMP)
    spend_on(session, congress)

    apply(session, plan, CORRECTED)

    assert [row.activity_id for row in session.exec(select(CheckOff))] == [congress.id]
    assert [row.activity_id for row in session.exec(select(FundEntry))] == [congress.id]


def test_turns_already_held_stay_when_the_frequency_changes(session: Session) -> None:
    plan = adopt(session)
    duty = named(session, "每月一次校务公开")
    checkoffs.check_off(session, duty.id or 0, done_on=date(2026, 1, 20), today=date(2026, 11, 21), **STAMP)

    apply(session, plan, TEXT.replace("每月一次校务公开", "每季度一次校务公开"))

    turns = session.exec(select(Occurrence).where(Occurrence.activity_id == duty.id).order_by(col(Occurrence.number))).all()
    assert duty.title == "每季度一次校务公开"
    assert [(turn.due_from.month, turn.due_to.month) for turn in turns] == [(1, 1), (4, 6), (7, 9), (10, 12)]


def test_new_heading_and_measures_are_stored_where_the_document_has_them(session: Session) -> None:
    plan = adopt(session)
    text = TEXT.replace("二、丰富文体生活", "二、关心职工健康\n1、组织教职工体检。\n三、丰富文体生活")

    differences = compare(session, plan, text)
    apply(session, plan, text)

    assert [(d.noun, d.title) for d in differences if d.kind is Difference.NEW] == [
        (Noun.SECTION, "关心职工健康"),
        (Noun.MEASURE, "组织教职工体检。"),
    ]
    assert [row.heading for row in plans.list_sections(session, plan.id or 0)] == ["推进民主管理", "关心职工健康", "丰富文体生活"]
    assert [row.text for row in plans.list_measures(session, plan.id or 0)][2:] == ["组织教职工体检。", "办好教工社团。"]
    assert_nothing_changes(session, plan, text)


def test_reworded_heading_and_measure_are_changed_and_keep_their_activities(session: Session) -> None:
    plan = adopt(session)
    home = named(session, "每月一次校务公开").section_id
    text = TEXT.replace("推进民主管理", "推进学校民主管理").replace("做好提案征集和答复", "做好提案征集、答复和公布")

    differences = compare(session, plan, text)
    apply(session, plan, text)

    assert differing(differences) == [("changed", "推进民主管理"), ("changed", "做好提案征集和答复。")]
    assert plans.list_sections(session, plan.id or 0)[0].heading == "推进学校民主管理"
    assert session.exec(select(Measure).where(Measure.text == "做好提案征集、答复和公布。")).one().section_id == home
    assert named(session, "每月一次校务公开").section_id == home
    assert_nothing_changes(session, plan, text)


def test_heading_gone_from_the_document_stays_while_it_holds_anything(session: Session) -> None:
    plan = adopt(session)
    culture = plans.list_sections(session, plan.id or 0)[1]
    make_activity(session, plan, title="教工合唱排练", position=20, section_id=culture.id)
    text = TEXT.replace("二、丰富文体生活\n1、办好教工社团。\n", "")

    apply(session, plan, text)

    assert [row.heading for row in plans.list_sections(session, plan.id or 0)] == ["推进民主管理", "丰富文体生活"]
    assert "办好教工社团。" not in [row.text for row in plans.list_measures(session, plan.id or 0)]


def test_emptied_heading_gone_from_the_document_goes(session: Session) -> None:
    text = TEXT.replace("活动安排：", "三、其他事项\n1、订阅报刊。\n活动安排：")
    plan = adopt(session, text)

    apply(session, plan, TEXT)

    assert [row.heading for row in plans.list_sections(session, plan.id or 0)] == ["推进民主管理", "丰富文体生活"]


def test_activity_that_the_document_brings_back_is_put_back(session: Session) -> None:
    plan = adopt(session)
    sport = named(session, "教职工趣味运动会")
    apply(session, plan, CORRECTED)

    differences = compare(session, plan, TEXT)
    apply(session, plan, TEXT)

    assert [(d.title, d.activity_id) for d in differences if d.kind is Difference.NEW] == [("教职工趣味运动会", sport.id)]
    assert (sport.removed, sport.starts_on) == (False, date(2026, 5, 1))


def test_activity_added_by_hand_is_not_gone(session: Session) -> None:
    plan = adopt(session)
    make_activity(session, plan, title="暑期疗休养", position=20)

    assert differing(compare(session, plan)) == []


def test_activity_added_by_hand_and_then_written_into_the_document_is_no_second_one(session: Session) -> None:
    plan = adopt(session)
    added = make_activity(session, plan, title="新教师欢迎会", position=20, starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 30))

    (found,) = [difference for difference in compare(session, plan, CORRECTED) if difference.title == "新教师欢迎会"]

    assert (found.kind, found.activity_id) == (Difference.UNCHANGED, added.id)


def test_reworded_left_out_row_is_proposed_again(session: Session) -> None:
    rows = [row for row in list_rows(read()) if row.title != "青年教师座谈会"]
    plan = adopt(session, rows=rows)

    differences = compare(session, plan, TEXT.replace("青年教师座谈会", "青年教师五四座谈会"))

    assert differing(differences) == [("new", "青年教师五四座谈会")]


def test_same_title_twice_is_told_apart_by_the_month(session: Session) -> None:
    text = TEXT.replace("青年教师座谈会", "走访慰问").replace("中秋慰问", "走访慰问")
    plan = adopt(session, text)
    (may, september) = session.exec(select(Activity).where(Activity.title == "走访慰问").order_by(col(Activity.starts_on))).all()

    differences = compare(session, plan, text.replace("九月：\n1、教师节表彰\n2、走访慰问", "九月：\n1、教师节表彰\n十月：\n1、走访慰问"))

    assert [(d.kind, d.activity_id) for d in differences if d.title == "走访慰问"] == [
        (Difference.UNCHANGED, may.id),
        (Difference.CHANGED, september.id),
    ]


def test_occasions_of_one_title_are_told_apart_by_their_festivals(session: Session) -> None:
    text = TEXT.replace("1、办好教工社团。", "1、推进“六一”助学、“八一”拥军、重阳敬老等志愿服务。")
    rows = list_rows(read(text))
    occasions = [row for row in rows if "志愿服务" in row.title]

    plan = adopt(session, text, rows=[row for row in rows if row is not occasions[0]])

    assert [row.title for row in occasions] == [occasions[0].title] * 3
    assert_nothing_changes(session, plan, text)


# --- plans from before, refusals ------------------------------------------------------------------------------------------------------


def as_before(session: Session, plan: Plan) -> None:
    """As an earlier version adopted it: without what was read."""
    for activity in session.exec(select(Activity).where(Activity.plan_id == plan.id)):
        activity.as_read = None
    for row in (*plans.list_sections(session, plan.id or 0), *plans.list_measures(session, plan.id or 0)):
        row.as_read = ""
    session.flush()


def test_plan_of_an_earlier_version_is_compared_with_what_is_stored(session: Session) -> None:
    plan = adopt(session)
    as_before(session, plan)

    assert_nothing_changes(session, plan)
    assert differing(compare(session, plan, CORRECTED)) == [
        ("changed", "召开教代会"),
        ("new", "新教师欢迎会"),
        ("changed", "中秋慰问"),
        ("gone", "教职工趣味运动会"),
    ]


def test_plan_that_was_never_read_loses_nothing(session: Session) -> None:
    plan = make_plan(session)
    make_activity(session, plan)

    assert Difference.GONE not in {difference.kind for difference in compare(session, plan)}


def test_comparison_that_the_plan_has_overtaken_is_refused_and_stores_nothing(session: Session) -> None:
    plan = adopt(session)
    differences = compare(session, plan, CORRECTED)
    congress = named(session, "召开教代会")
    amendments.save_activity(session, congress.id or 0, version=1, title="教代会", **STAMP)
    before = state(session)

    with pytest.raises(PlanMovedOn):
        comparison.apply(session, plan.id or 0, differences, chosen=[d.key for d in differences], draft=read(CORRECTED), **STAMP)

    assert state(session) == before


def test_long_plan_is_compared_quickly(session: Session) -> None:
    months = "一二三四五六七八九十"
    lines = [f"{month}月：\n" + "\n".join(f"{n}、第{n}小组{month}月份的主题活动之{n}" for n in range(1, 31)) for month in months]
    text = "2026年工会工作计划\n活动安排：\n" + "\n".join(lines)
    plan = adopt(session, text)

    differences = compare(session, plan, text.replace("主题活动之", "主题教育实践活动"))

    assert {difference.kind for difference in differences} == {Difference.CHANGED}
    assert all(difference.activity_id for difference in differences)
    assert len(differences) == 300


def test_failure_half_way_leaves_nothing(engine: Engine) -> None:
    with db.writing(engine) as session:
        plan = adopt(session)
    with db.reading(engine) as session:
        before = state(session)

    def fail_half_way() -> None:
        with db.writing(engine) as session:
            apply(session, plan, CORRECTED)
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        fail_half_way()

    with db.reading(engine) as session:
        assert state(session) == before
