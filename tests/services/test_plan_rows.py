"""The rows a plan is adopted from: what measures and schedules become, how sure that is, and on which days it lies."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import Session, select

from tests.makers import NOW
from unionboard.models import Activity, DatePrecision, DutyKind, Occurrence, PeriodKind
from unionboard.reading.draft import ActivityDraft, DocumentKind, Doubt, FestivalTime, Frequency, Period, PlanDraft, Target, TargetOp
from unionboard.reading.text import read_text
from unionboard.reference.relations import Relation
from unionboard.services import plans
from unionboard.services.periods import Placement, Span
from unionboard.services.plan_rows import (
    PlanRow,
    as_read,
    find_doubts,
    list_rows,
    placement_of,
    row_of_measure,
    rows_of_measure,
)

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
LAST_YEAR = (date(2025, 1, 1), date(2025, 12, 31))
SCHOOL_YEAR = (date(2026, 9, 1), date(2027, 8, 31))
SPRING, AUTUMN = FestivalTime("SPRING_FESTIVAL"), FestivalTime("MID_AUTUMN")


def read(*lines: str) -> PlanDraft:
    """The plan with ``lines`` below its one section."""
    return read_text("\n".join(["青松小学工会2026年工作计划", "一、关心会员", *lines])).plan()


def adopt(session: Session, draft: PlanDraft, rows: list[PlanRow]) -> Sequence[Activity]:
    """The activities of ``draft`` adopted for 2026."""
    kind = PeriodKind.CALENDAR_YEAR
    plans.adopt_draft(session, draft, rows=rows, year=2026, period_kind=kind, starts_on=YEAR[0], ends_on=YEAR[1], who="chair", now_utc=NOW)
    return session.exec(select(Activity)).all()


# --- measures ----------------------------------------------------------------------------------------------------------------


def test_sentence_with_two_frequencies_is_two_duties() -> None:
    rows = list_rows(read("1、每年组织好女教工妇科检查和两年一次的全体教工体检。", "2、建好档案。"))

    assert [(row.title, row.frequency) for row in rows] == [
        ("每年组织好女教工妇科检查", Frequency(Period.YEAR, phrase="每年")),
        ("两年一次的全体教工体检", Frequency(Period.TWO_YEARS, phrase="两年一次")),
    ]


def test_duties_of_two_clauses_take_their_clauses() -> None:
    rows = list_rows(read("1、每月召开一次例会，工会小组每学期总结一次。", "2、建好档案。"))

    assert [row.title for row in rows] == ["每月召开一次例会", "工会小组每学期总结一次"]


def test_measure_that_names_festivals_is_an_occasion_for_each() -> None:
    rows = list_rows(read("1、春节、中秋节走访慰问困难会员。", "2、建好档案。"))

    assert [(row.title, row.festival, row.duty, row.measure) for row in rows] == [
        ("春节走访慰问困难会员", SPRING, DutyKind.ONE_OFF, 0),
        ("中秋节走访慰问困难会员", AUTUMN, DutyKind.ONE_OFF, 0),
    ]


def test_yearly_visits_at_a_festival_have_its_day_instead_of_the_year() -> None:
    (row,) = list_rows(read("1、每年中秋节前夕慰问退休教师。", "2、建好档案。"))

    assert (row.duty, row.frequency, row.festival) == (DutyKind.ONE_OFF, None, FestivalTime("MID_AUTUMN", eve=True))


def test_festival_the_schedule_has_is_not_proposed_twice() -> None:
    rows = list_rows(
        read("1、教师节、中秋节慰问会员。", "2、建好档案。", "二、活动安排", "九月：", "1、庆祝教师节。", "十月：", "1、登山。")
    )

    assert [row.title for row in rows] == ["中秋节慰问会员", "庆祝教师节", "登山"]


def test_long_measure_gives_its_occasions_the_clause_with_the_festivals() -> None:
    text = "把组织的关怀送到每一位会员的心坎上是工会组织义不容辞的责任，我们将在春节、中秋节前夕走访慰问困难会员，听取大家的意见"
    rows = list_rows(read(f"1、{text}。", "2、建好档案。"))

    assert [row.title for row in rows] == ["我们将在春节前夕走访慰问困难会员", "我们将在中秋节前夕走访慰问困难会员"]


def test_each_occasion_takes_the_clause_that_names_it() -> None:
    text = "丰富会员的业余文化生活，增进彼此的了解，工会将举行迎新年扑克比赛，并以“三八”妇女节为契机，带女教工走进自然，放松身心"
    rows = list_rows(read(f"1、{text}。", "2、建好档案。"))

    assert [row.title for row in rows] == ["工会将举行迎新年扑克比赛，并以“三八”妇女节为契机", "并以“三八”妇女节为契机，带女教工走进自然"]


def test_festivals_listed_in_brackets_belong_to_the_sentence_before_them() -> None:
    rows = list_rows(read("1、做好节日慰问。（护士节、中秋节等）", "2、建好档案。"))

    assert [row.title for row in rows] == ["做好节日慰问（护士节等）", "做好节日慰问（中秋节等）"]


def test_row_takes_over_all_that_was_read() -> None:
    draft = read("1、各工会小组每月上报2篇信息。", "2、建好档案。", "二、活动安排", "三月下旬：", "参加区教育工会羽毛球赛。")
    duty, event = list_rows(draft)

    assert (duty.owner, duty.relation, duty.targets) == (
        "各工会小组",
        Relation.LEAD,
        (Target(TargetOp.EXACTLY, 2, 2, "篇", "group", "各工会小组每月上报2篇"),),
    )
    assert (event.months, event.third, event.owner, event.relation) == ((3,), 3, "区教育工会", Relation.JOIN)
    assert (duty.area_share, event.area_share) == (1.0, 1.0)


def test_measure_taken_in_by_hand_has_no_time() -> None:
    draft = read("1、做好提案征集。", "2、建好档案。")

    assert rows_of_measure(draft, 0) == []
    assert row_of_measure(draft, 0).doubts == (Doubt.NO_TIME,)


# --- from the text to the turns ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "turns"),
    [
        ("坚持两周一次的主席例会", [26]),
        ("每周一次的班组学习", [53]),
        ("校务每月一公开，特殊事情随时公开", [12]),
        ("平均每月二篇宣传稿件", [24]),
        ("每月推荐“身边好人”", [12]),
        ("每季度开展一次道德讲堂", [4]),
        ("每一季度的健康讲座", [4]),
        ("每学期末组织一次交流会", [2]),
        ("学期初按时召开一次教代会", [2]),
        ("坚持每学年召开1－2次教代会", [1]),
        ("每学年向会员公布一次会费", [1]),
        ("每年组织好女教工妇科检查和两年一次的全体教工体检", [1, 1]),
        ("体检工作（2年一次）", [1]),
        ("每年至少两次教代会和每年一次民主评议", [2, 1]),
        ("每半年公布一次账目", [2]),
        ("一年一度的总结评比", [1]),
        ("年内组织一次疗休养", [1]),
        ("每學期召開一次座談會", [2]),
        ("每天7：00-7：30开放健身房", [0]),
        ("活动室常年开放", [0]),
        ("做好“五必访”", [0]),
        ("撰写论文，做到每人一篇", []),  # a target
        ("做好提案征集，每位代表一案", []),
    ],
)
def test_measure_is_adopted_with_the_turns_of_a_calendar_year(session: Session, measure: str, turns: list[int]) -> None:
    draft = read(f"1、{measure}。", "2、建好档案。", "3、办好食堂。")

    adopted = adopt(session, draft, list_rows(draft))

    counts = [len(session.exec(select(Occurrence).where(Occurrence.activity_id == activity.id)).all()) for activity in adopted]
    assert counts == turns


def test_adopted_days_are_those_the_preview_shows(session: Session) -> None:
    draft = read(
        "1、春节前夕走访会员。", "2、每月一次例会。", "二、活动安排", "三月下旬：", "登山。", "九月：", "1、庆祝教师节。", "2、教师节评优。"
    )
    rows = list_rows(draft)
    shown = [placement_of(row, YEAR) for row in rows]

    adopted = adopt(session, draft, rows)

    assert [Placement(activity.starts_on, activity.ends_on, activity.precision) for activity in adopted] == shown
    assert [(placed.starts_on, placed.precision) for placed in shown] == [
        (date(2026, 2, 10), DatePrecision.DAY),
        (date(2026, 1, 1), DatePrecision.PERIOD),
        (date(2026, 3, 21), DatePrecision.THIRD),
        (date(2026, 9, 10), DatePrecision.DAY),
        (date(2026, 9, 1), DatePrecision.MONTH),
    ]


# --- doubts ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "doubts"),
    [
        ("召开xx届教代会", (Doubt.HOLE,)),
        ("学习“”精神", (Doubt.HOLE,)),
        ("全年培训人次", (Doubt.HOLE,)),
        ("慰问**会员", (Doubt.HOLE,)),
        ("召开三届二次教代会", ()),
        ("培训30人次", ()),
        ("Excel 培训", ()),
        ("走进课堂、走进班级、走进会员的心里，" * 4, (Doubt.LONG,)),
    ],
)
def test_doubts_about_the_words_of_a_row(title: str, doubts: tuple[Doubt, ...]) -> None:
    assert find_doubts(PlanRow(title, months=(3,))) == doubts


def test_duty_every_two_years_may_not_be_due() -> None:
    row = PlanRow("体检", duty=DutyKind.RECURRING, frequency=Frequency(Period.TWO_YEARS, phrase="两年一次"))

    assert find_doubts(row) == (Doubt.EVERY_TWO_YEARS,)
    assert find_doubts(replace(row, title="体检今年继续")) == ()


@pytest.mark.parametrize(
    ("title", "festival", "months", "within", "is_doubted"),
    [
        ("中秋联欢", AUTUMN, (9,), YEAR, False),  # 25 September
        ("中秋联欢", AUTUMN, (9,), LAST_YEAR, True),  # 6 October
        ("元宵灯谜", FestivalTime("LANTERN"), (2,), YEAR, True),  # 3 March
        ("春节慰问", SPRING, (1,), YEAR, False),  # visits come before it
        ("春节联欢", SPRING, (1,), YEAR, True),
        ("春节慰问", SPRING, (5,), YEAR, True),
        ("迎新春联欢", SPRING, (12,), YEAR, False),  # 6 February 2027
        ("庆元旦", FestivalTime("NEW_YEAR"), (12,), YEAR, False),
        ("庆祝教师节", FestivalTime("TEACHERS_DAY"), (3,), YEAR, True),
        ("迎国庆", FestivalTime("NATIONAL_DAY", eve=True), (10,), YEAR, False),
        ("春节慰问", SPRING, (), YEAR, False),
        ("中秋联欢", AUTUMN, (9,), SCHOOL_YEAR, False),
    ],
)
def test_festival_outside_its_months_is_doubted(
    title: str, festival: FestivalTime, months: tuple[int, ...], within: Span, is_doubted: bool
) -> None:
    row = PlanRow(title, months=months, festival=festival)

    assert find_doubts(row, within=within) == (Doubt.FESTIVAL_ELSEWHERE,) * is_doubted


def test_festivals_are_doubted_only_when_the_period_is_known() -> None:
    draft = read("1、建好档案。", "2、办好食堂。", "二、活动安排", "二月：", "1、元宵猜灯谜。", "三月：", "1、登山。")

    assert [row.doubts for row in list_rows(draft)] == [(), ()]
    assert [row.doubts for row in list_rows(draft, within=YEAR)] == [(Doubt.FESTIVAL_ELSEWHERE,), ()]


# --- days --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "placement"),
    [
        (PlanRow("登山", months=(3,), third=1), Placement(date(2026, 3, 1), date(2026, 3, 10), DatePrecision.THIRD)),
        (PlanRow("中秋慰问", festival=AUTUMN), Placement(date(2026, 9, 25), date(2026, 9, 25), DatePrecision.DAY)),
        (
            PlanRow("庆祝教师节", months=(9,), festival=FestivalTime("TEACHERS_DAY")),
            Placement(date(2026, 9, 10), date(2026, 9, 10), DatePrecision.DAY),
        ),
        (
            PlanRow("教师节评优", months=(9,), festival=FestivalTime("TEACHERS_DAY")),
            Placement(date(2026, 9, 1), date(2026, 9, 30), DatePrecision.MONTH),
        ),
        (PlanRow("例会", duty=DutyKind.RECURRING, frequency=Frequency(Period.MONTH)), Placement(*YEAR, DatePrecision.PERIOD)),
    ],
)
def test_days_of_a_row(row: PlanRow, placement: Placement) -> None:
    assert placement_of(row, YEAR) == placement


# --- what the document said ----------------------------------------------------------------------------------------------------


def test_what_was_read_is_plain_data() -> None:
    draft = read("1、建好档案。", "2、春节、中秋节慰问3名会员。")
    row = list_rows(draft)[1]

    assert as_read(row, draft) == {
        "title": "中秋节慰问3名会员",
        "months": [],
        "half_year": None,
        "day_from": None,
        "day_to": None,
        "third": None,
        "festival": {"code": "MID_AUTUMN", "eve": False},
        "duty": "one_off",
        "frequency": "",
        "section": "关心会员",
        "area": "CARE",
        "owner": "",
        "audience": "",
        "people": None,
        "budget_fen": None,
        "note": "",
        "relation": "lead",
        "targets": [{"op": "exactly", "low": 3.0, "high": 3.0, "unit": "名", "per": "", "phrase": "3名"}],
    }


def test_rows_know_their_place_in_the_reading_whatever_becomes_of_them() -> None:
    draft = PlanDraft(
        1, "计划", DocumentKind.PLAN, schedule=read("1、建档。", "2、登山。", "三月：", "登山。", "四月：", "唱歌。").schedule
    )

    assert [row.origin for row in list_rows(draft)] == [0, 1]
    assert isinstance(draft.activities[0], ActivityDraft)
