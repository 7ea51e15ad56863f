"""The sample plans we ship are read completely: every section, measure and activity, nothing left over."""

from collections import Counter
from pathlib import Path

import pytest

from unionboard.reading.draft import IgnoredReason, LineUse, Period, Reading, SectionRole
from unionboard.reading.files import read_file

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


def read_sample(name: str) -> Reading:
    return read_file((SAMPLES / name).read_bytes(), filename=name)


def titles_by_month(reading: Reading) -> dict[tuple[int, ...], list[str]]:
    return {entry.months: [item.title for item in entry.items] for entry in reading.plan().schedule}


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("plan-2026.docx", "青松小学工会2026年工作计划"),
        ("plan-2026.xlsx", "青松小学工会2026年工作计划表"),
        ("plan-2026.txt", "青松小学工会2026年工作要点"),
    ],
)
def test_sample_is_one_plan_of_2026(name: str, title: str) -> None:
    reading = read_sample(name)

    assert [(document.title, document.has_schedule) for document in reading.documents] == [(title, True)]
    assert reading.plan().years == (2026,)


@pytest.mark.parametrize("name", ["plan-2026.docx", "plan-2026.xlsx", "plan-2026.txt"])
def test_every_line_of_a_sample_has_one_fate_and_every_activity_an_area(name: str) -> None:
    reading = read_sample(name)

    plan = reading.plan()
    assert [fate.line for fate in plan.fates] == [line.number for line in reading.lines if line.text.strip()]
    assert [item.title for item in plan.activities if item.area is None] == []


def test_word_sample_has_its_sections_with_their_automatic_numbers() -> None:
    plan = read_sample("plan-2026.docx").plan()

    assert [(section.printed_number, section.heading, section.area, len(section.measures)) for section in plan.sections] == [
        ("一", "指导思想", None, 0),
        ("二", "思想引领，涵养师德师风", "IDEO", 3),
        ("三", "民主管理，做细校务公开", "DEMO", 3),
        ("四", "关爱会员，做实送温暖", "CARE", 4),
        ("五", "文体活动，练出好身体", "CULT", 3),
        ("六", "素质提升，搭好成长台阶", "SKILL", 3),
        ("七", "女教工工作，守护半边天", "WOMEN", 2),
        ("八", "自身建设，管好用好经费", "ORG", 3),
        ("九", "月份安排", None, 0),
    ]
    assert [section.role for section in plan.sections] == [SectionRole.GUIDING, *[SectionRole.WORK] * 7, SectionRole.SCHEDULE]


def test_word_sample_has_its_duties() -> None:
    plan = read_sample("plan-2026.docx").plan()
    duties = [measure.frequency for section in plan.sections for measure in section.measures if measure.frequency]

    assert Counter(duty.period for duty in duties) == {
        Period.TERM: 5,
        Period.YEAR: 3,
        Period.MONTH: 3,
        Period.STANDING: 2,
        Period.ON_EVENT: 1,
        Period.TWO_YEARS: 1,
        Period.WEEK: 1,
        Period.QUARTER: 1,
        Period.FORTNIGHT: 1,
    }
    assert [(duty.times_min, duty.times_max) for duty in duties if duty.times_max > 1] == [(1, 2), (2, 2), (4, 4), (2, 2)]


def test_word_sample_has_its_months_and_its_signature() -> None:
    reading = read_sample("plan-2026.docx")

    plan = reading.plan()
    assert [(entry.months, len(entry.items)) for entry in plan.schedule] == [
        ((1,), 2),
        ((2,), 1),
        ((3,), 2),
        ((4,), 2),
        ((5,), 2),
        ((6,), 2),
        ((7, 8), 2),
        ((9,), 3),
        ((10,), 2),
        ((11,), 2),
        ((12,), 2),
    ]
    assert titles_by_month(reading)[4,] == ["召开五届二次教代会", "举行教工跳绳比赛"]
    assert titles_by_month(reading)[7, 8] == ["组织会员疗休养", "开展送清凉慰问"]
    assert (plan.signed_by, plan.signed_on and plan.signed_on.isoformat()) == ("青松小学工会委员会", "2026-01-06")
    assert plan.ignored == ()


def test_excel_sample_has_its_rows() -> None:
    reading = read_sample("plan-2026.xlsx")

    plan = reading.plan()
    assert [(entry.months, len(entry.items)) for entry in plan.schedule] == [
        ((1,), 2),
        ((2,), 1),
        ((3,), 2),
        ((4,), 3),
        ((5,), 2),
        ((6,), 2),
        ((7, 8), 2),
        ((9,), 2),
        ((10,), 2),
        ((11,), 3),
        ((12,), 3),
    ]
    assert titles_by_month(reading)[4,] == ["五届二次教代会", "读书沙龙", "教工跳绳比赛"]
    assert sum(item.budget_fen or 0 for item in plan.activities) == 9_620_000


def test_excel_sample_row_keeps_what_stands_beside_the_activity() -> None:
    (check_up, _) = read_sample("plan-2026.xlsx").plan().schedule[4].items

    assert (check_up.title, check_up.owner, check_up.audience, check_up.budget_fen, check_up.note, check_up.area) == (
        "会员体检",
        "林知夏",
        "全体会员",
        2_600_000,
        "联系体检中心，分两批进行；两年一次",
        "HEALTH",
    )


def test_excel_sample_leaves_out_header_totals_and_note() -> None:
    plan = read_sample("plan-2026.xlsx").plan()

    assert [fate.reason for fate in plan.ignored] == [IgnoredReason.TABLE_HEADER, IgnoredReason.TOTALS_ROW, IgnoredReason.FORM_TEXT]
    assert Counter(fate.use for fate in plan.fates) == {LineUse.TITLE: 1, LineUse.ACTIVITY: 24, LineUse.IGNORED: 3}


def test_text_sample_has_its_sections_and_months() -> None:
    reading = read_sample("plan-2026.txt")

    plan = reading.plan()
    assert [(section.heading, section.area, len(section.measures)) for section in plan.sections if section.role is SectionRole.WORK] == [
        ("抓学习，立师德", "IDEO", 2),
        ("重民主，促公开", "DEMO", 3),
        ("送温暖，解难题", "CARE", 3),
        ("强体魄，添欢乐", "CULT", 3),
        ("强自身，管经费", "FUND", 2),
    ]
    assert [(entry.months, len(entry.items)) for entry in plan.schedule] == [
        ((1,), 2),
        ((2,), 1),
        ((3,), 2),
        ((4,), 1),
        ((5,), 2),
        ((6,), 2),
        ((7, 8), 1),
        ((9,), 2),
        ((10,), 1),
        ((11,), 2),
        ((12,), 2),
    ]
    assert titles_by_month(reading)[7, 8] == ["组织会员疗休养"]
    assert (plan.signed_by, plan.signed_on and plan.signed_on.isoformat()) == ("青松小学工会", "2026-01-08")
    assert plan.ignored == ()
