"""Adopting, copying and correcting plans."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.makers import NOW, make_plan, make_section
from unionboard.errors.activities import DatesReversed
from unionboard.errors.plans import NothingToAdopt, PlanExists, YearOutOfRange
from unionboard.errors.saving import StaleSave
from unionboard.models import Activity, Change, DatePrecision, DutyKind, Measure, Occurrence, PeriodKind, Plan, Union
from unionboard.reading.draft import (
    ActivityDraft,
    DocumentKind,
    Frequency,
    MeasureDraft,
    Period,
    PlanDraft,
    ScheduleEntry,
    SectionDraft,
    SectionRole,
)
from unionboard.services import plans
from unionboard.services.plan_rows import PlanRow, list_rows, row_of_measure

MONTHLY = Frequency(Period.MONTH, phrase="每月一次")
STANDING = Frequency(Period.STANDING, phrase="常年")


def make_measure(text: str = "做好提案征集", **values: Any) -> MeasureDraft:
    return MeasureDraft(**{"text": text, "line": 5, **values})


def make_draft_section(*measures: MeasureDraft, **values: Any) -> SectionDraft:
    return SectionDraft(**{"number": 1, "printed_number": "一", "heading": "推进民主管理", "line": 4, "measures": measures, **values})


def make_entry(*titles: str, months: tuple[int, ...] = (3,), **values: Any) -> ScheduleEntry:
    return ScheduleEntry(months, tuple(ActivityDraft(title, 20, **values) for title in titles))


def make_draft(**values: Any) -> PlanDraft:
    return PlanDraft(**{"n": 1, "title": "青松小学工会2026年工作计划", "kind": DocumentKind.PLAN, **values})


def adopt(session: Session, draft: PlanDraft, **values: Any) -> Plan:
    year = values.get("year", 2026)
    defaults = {"year": year, "period_kind": PeriodKind.CALENDAR_YEAR, "starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
    return plans.adopt_draft(session, draft, **{**defaults, "who": "chair", "now_utc": NOW, **values})


def stored_activities(session: Session) -> list[Activity]:
    return list(session.exec(select(Activity).order_by(Activity.id)))  # type: ignore[arg-type]


# --- adopting ----------------------------------------------------------------------------------------------------------------


def test_adopted_plan_keeps_title_period_and_texts(session: Session) -> None:
    draft = make_draft(guiding="围绕学校中心工作", closing="扎实推进", schedule=(make_entry("三八节活动"),), signed_by="青松小学工会")

    plan = adopt(session, draft, source_name="plan.docx", source_text="全文")

    assert (plan.title, plan.year, plan.starts_on, plan.ends_on, plan.guiding, plan.closing, plan.source_name, plan.source_text) == (
        "青松小学工会2026年工作计划",
        2026,
        date(2026, 1, 1),
        date(2026, 12, 31),
        "围绕学校中心工作",
        "扎实推进",
        "plan.docx",
        "全文",
    )
    assert [union.name for union in session.exec(select(Union))] == ["青松小学工会"]


def test_scheduled_activity_spans_the_days_of_its_months(session: Session) -> None:
    adopt(session, make_draft(schedule=(make_entry("暑期疗休养", months=(7, 8)),)))

    (activity,) = stored_activities(session)
    assert (activity.title, activity.starts_on, activity.ends_on, activity.precision, activity.duty) == (
        "暑期疗休养",
        date(2026, 7, 1),
        date(2026, 8, 31),
        DatePrecision.MONTH,
        DutyKind.ONE_OFF,
    )


def test_school_year_puts_september_first_and_january_after_it(session: Session) -> None:
    draft = make_draft(schedule=(make_entry("教师节座谈", months=(9,)), make_entry("迎新联欢", months=(1,))))

    adopt(session, draft, period_kind=PeriodKind.SCHOOL_YEAR, starts_on=date(2026, 9, 1), ends_on=date(2027, 8, 31))

    assert [activity.starts_on for activity in stored_activities(session)] == [date(2026, 9, 1), date(2027, 1, 1)]


def test_january_after_december_stays_in_the_calendar_year(session: Session) -> None:
    adopt(session, make_draft(schedule=(make_entry("总结评比", months=(12,)), make_entry("走访慰问", months=(1,)))))

    assert [activity.starts_on for activity in stored_activities(session)] == [date(2026, 12, 1), date(2026, 1, 1)]


def test_day_in_the_text_counts_but_not_its_year(session: Session) -> None:
    entry = make_entry("教代会", starts_on=date(2016, 3, 12), ends_on=date(2016, 3, 13))

    adopt(session, make_draft(schedule=(entry,)))

    (activity,) = stored_activities(session)
    assert (activity.starts_on, activity.ends_on, activity.precision) == (date(2026, 3, 12), date(2026, 3, 13), DatePrecision.DAY)


def test_measure_with_a_count_becomes_a_recurring_duty_with_turns_and_stays_a_measure(session: Session) -> None:
    measure = make_measure("坚持每月一次政治学习，做到有记录。", frequency=MONTHLY, area="IDEO")

    adopt(session, make_draft(sections=(make_draft_section(measure),)))

    (activity,) = stored_activities(session)
    (stored,) = session.exec(select(Measure)).all()
    assert (activity.title, activity.duty, activity.precision, activity.frequency, activity.measure_id, activity.section_id) == (
        "坚持每月一次政治学习，做到有记录",
        DutyKind.RECURRING,
        DatePrecision.PERIOD,
        "每月一次",
        stored.id,
        stored.section_id,
    )
    assert stored.text == "坚持每月一次政治学习，做到有记录。"
    assert len(session.exec(select(Occurrence).where(Occurrence.activity_id == activity.id)).all()) == 12


def test_measure_without_a_count_becomes_a_standing_duty_without_turns(session: Session) -> None:
    adopt(session, make_draft(sections=(make_draft_section(make_measure(frequency=STANDING)),)))

    (activity,) = stored_activities(session)
    assert (activity.duty, activity.precision) == (DutyKind.STANDING, DatePrecision.PERIOD)
    assert session.exec(select(Occurrence)).all() == []


def test_measure_without_a_frequency_is_only_a_measure(session: Session) -> None:
    adopt(session, make_draft(sections=(make_draft_section(make_measure()),)))

    assert stored_activities(session) == []
    assert [row.text for row in session.exec(select(Measure))] == ["做好提案征集"]


def test_yearly_measure_whose_month_was_read_is_not_a_duty_twice(session: Session) -> None:
    measure = make_measure("每年3月召开一次教代会", frequency=Frequency(Period.YEAR, phrase="每年3月召开一次"))
    entry = ScheduleEntry((3,), (ActivityDraft("召开一次教代会", 5, section=0),))

    adopt(session, make_draft(sections=(make_draft_section(measure),), schedule=(entry,)))

    assert [(activity.title, activity.duty) for activity in stored_activities(session)] == [("召开一次教代会", DutyKind.ONE_OFF)]


def test_long_measure_gives_its_duty_the_clause_that_names_the_frequency() -> None:
    text = (
        "进一步健全完善教职工各项学习制度和管理办法，切实加强职业道德建设，坚持每月一次政治学习，做到有计划、有记录、有交流、有小结、有反思"
    )

    row = row_of_measure(make_draft(sections=(make_draft_section(make_measure(text, frequency=MONTHLY)),)), 0)

    assert row.title == "坚持每月一次政治学习，做到有计划、有记录、有交流、有小结、有反思"


def test_duty_of_a_long_sentence_names_what_is_done_after_its_hours() -> None:
    text = "每天7:00-7:40，16:00-16:40及双休日开放健身房、乒乓室，由各组轮流值班，做好登记，保持整洁，注意安全"
    draft = make_draft(sections=(make_draft_section(make_measure(text, frequency=Frequency(Period.DAY, phrase="每天"))),))

    (row,) = list_rows(draft)

    assert row.title == "每天7:00-7:40，16:00-16:40及双休日开放健身房、乒乓室"


def test_guiding_and_schedule_headings_are_no_sections(session: Session) -> None:
    aims = make_draft_section(make_measure("创建先进职工之家"), heading="工作目标", role=SectionRole.GUIDING)
    schedule = make_draft_section(heading="月份安排", role=SectionRole.SCHEDULE)

    plan = adopt(session, make_draft(guiding="围绕中心", sections=(aims, make_draft_section(), schedule)))

    assert [section.heading for section in plans.list_sections(session, plan.id or 0)] == ["推进民主管理"]
    assert plan.guiding == "围绕中心\n创建先进职工之家"


def test_section_without_an_area_takes_the_one_most_of_its_measures_have(session: Session) -> None:
    section = make_draft_section(make_measure(area="CARE"), make_measure(area="DEMO"), make_measure(area="CARE"), make_measure())

    plan = adopt(session, make_draft(sections=(section,)))

    assert [section.area for section in plans.list_sections(session, plan.id or 0)] == ["CARE"]
    assert [measure.area for measure in plans.list_measures(session, plan.id or 0)] == ["CARE", "DEMO", "CARE", "CARE"]


def test_scheduled_activity_goes_to_the_section_whose_area_fits_best(session: Session) -> None:
    mixed = make_draft_section(make_measure(area="CULT"), area="ORG", heading="自身建设")
    culture = make_draft_section(area="CULT", heading="文体活动")
    entry = ScheduleEntry(
        (3,), (ActivityDraft("乒乓球赛", 20, "CULT"), ActivityDraft("例会", 21, "ORG"), ActivityDraft("体检", 22, "HEALTH"))
    )

    plan = adopt(session, make_draft(sections=(mixed, culture), schedule=(entry,)))

    headings = {section.id: section.heading for section in plans.list_sections(session, plan.id or 0)}
    assert [headings.get(activity.section_id) for activity in stored_activities(session)] == ["文体活动", "自身建设", None]


def test_row_that_people_left_without_a_section_stays_without_one(session: Session) -> None:
    draft = make_draft(sections=(make_draft_section(area="CULT"),))

    adopt(session, draft, rows=[PlanRow("乒乓球赛", months=(3,), area="CULT")])

    assert [activity.section_id for activity in stored_activities(session)] == [None]


def test_activity_without_an_area_takes_its_sections(session: Session) -> None:
    entry = ScheduleEntry((3,), (ActivityDraft("评选活动", 5, section=0), ActivityDraft("其他活动", 6)))

    adopt(session, make_draft(sections=(make_draft_section(area="DEMO"),), schedule=(entry,)))

    assert [activity.area for activity in stored_activities(session)] == ["DEMO", "OTHER"]


def test_corrected_rows_replace_what_was_read(session: Session) -> None:
    draft = make_draft(schedule=(make_entry("三八节活动", "植树"),))
    row = PlanRow(
        "三八妇女节座谈", months=(3,), day_from=(3, 8), owner="女工委员", planned_people=62, planned_budget_fen=310000, area="WOMEN"
    )

    adopt(session, draft, rows=[row])

    (activity,) = stored_activities(session)
    assert (activity.title, activity.starts_on, activity.owner, activity.planned_people, activity.planned_budget_fen, activity.area) == (
        "三八妇女节座谈",
        date(2026, 3, 8),
        "女工委员",
        62,
        310000,
        "WOMEN",
    )


def test_recurring_row_without_a_count_has_one_turn(session: Session) -> None:
    adopt(session, make_draft(), rows=[PlanRow("例会", duty=DutyKind.RECURRING)])

    (turn,) = session.exec(select(Occurrence)).all()
    assert (turn.due_from, turn.due_to) == (date(2026, 1, 1), date(2026, 12, 31))


def test_everything_adopted_is_in_the_change_log(session: Session) -> None:
    adopt(session, make_draft(sections=(make_draft_section(make_measure()),), schedule=(make_entry("三八节活动"),)))

    log = [(change.noun, change.action, change.who) for change in session.exec(select(Change).order_by(Change.id))]  # type: ignore[arg-type]
    assert log == [(noun, "create", "chair") for noun in ("union", "plan", "section", "measure", "activity")]


def test_rows_follow_the_order_of_the_text() -> None:
    section = make_draft_section(make_measure("每月一次例会", line=7, frequency=MONTHLY))
    draft = make_draft(sections=(section,), schedule=(ScheduleEntry((3,), (ActivityDraft("评比", 9), ActivityDraft("动员会", 3))),))

    assert [(row.line, row.title) for row in list_rows(draft)] == [(3, "动员会"), (7, "每月一次例会"), (9, "评比")]


def test_second_plan_of_a_year_is_refused(session: Session) -> None:
    make_plan(session)

    with pytest.raises(PlanExists):
        adopt(session, make_draft(schedule=(make_entry("三八节活动"),)))


def test_two_terms_of_one_year_stand_side_by_side(session: Session) -> None:
    spring = {"period_kind": PeriodKind.TERM, "starts_on": date(2026, 2, 16), "ends_on": date(2026, 7, 10)}
    autumn = {"period_kind": PeriodKind.TERM, "starts_on": date(2026, 9, 1), "ends_on": date(2026, 12, 31)}
    draft = make_draft(schedule=(make_entry("评比"),))
    adopt(session, draft, **spring)

    adopt(session, draft, **autumn)

    assert [plan.starts_on for plan in plans.list_plans(session)] == [date(2026, 9, 1), date(2026, 2, 16)]


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"rows": []}, NothingToAdopt),
        ({"year": 1999}, YearOutOfRange),
        ({"ends_on": date(2025, 12, 31)}, DatesReversed),
    ],
)
def test_plan_that_cannot_be_is_refused(session: Session, values: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        adopt(session, make_draft(schedule=(make_entry("三八节活动"),)), **values)


# --- starting ------------------------------------------------------------------------------------------------------


def test_empty_plan_spans_the_calendar_year(session: Session) -> None:
    plan = plans.start_empty_plan(session, year=2026, who="chair", now_utc=NOW)

    assert (plan.title, plan.starts_on, plan.ends_on) == ("2026年度工会工作计划", date(2026, 1, 1), date(2026, 12, 31))


# --- correcting ----------------------------------------------------------------------------------------------------------------


def test_section_heading_is_kept_word_for_word(session: Session) -> None:
    section = make_section(session, make_plan(session))

    plans.save_section(session, section.id or 0, version=1, who="chair", now_utc=NOW, heading=" 凝心聚力， 办实事 ")

    assert section.heading == " 凝心聚力， 办实事 "


def test_stale_section_is_refused_with_both_values(session: Session) -> None:
    section = make_section(session, make_plan(session))
    plans.save_section(session, section.id or 0, version=1, who="chair", now_utc=NOW, heading="新的标题")

    with pytest.raises(StaleSave) as refused:
        plans.save_section(session, section.id or 0, version=1, who="deputy", now_utc=NOW, heading="另一个标题")

    assert refused.value.facts == {"field": "heading", "theirs": "新的标题", "yours": "另一个标题"}


def test_new_section_stands_last(session: Session) -> None:
    plan = make_plan(session)
    make_section(session, plan)

    plans.add_section(session, plan.id or 0, heading="关心教职工健康", area="HEALTH", who="chair", now_utc=NOW)

    assert [(row.position, row.heading) for row in plans.list_sections(session, plan.id or 0)] == [
        (1, "丰富文体生活"),
        (2, "关心教职工健康"),
    ]
