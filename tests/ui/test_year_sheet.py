"""The year in words for paper: Chinese and English, whatever session there is."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from tests.makers import NOW, make_activity, make_plan, make_section
from unionboard.models import ActivityState, CheckOff, DatePrecision, DutyKind, Occurrence, PeriodKind, Plan
from unionboard.services.activities import OccurrenceStatus, Status
from unionboard.services.timeline_choice import TimelineChoice
from unionboard.ui.text import language, speak
from unionboard.ui.year_sheet import load_sheet, name_file
from unionboard.writing.sheet import SheetRow, Turn, YearSheet

TODAY = date(2026, 11, 21)


def load(session: Session, plan: Plan, *, language: str = "zh_CN") -> YearSheet:
    with speak(language):
        return load_sheet(session, plan, TimelineChoice(), today=TODAY)


def only_row(session: Session, *, done_on: date | None = None, **values: Any) -> SheetRow:
    """The row of a plan's one activity."""
    plan = make_plan(session)
    row = make_activity(session, plan, **values)
    if done_on:
        session.add(CheckOff(activity_id=row.id or 0, done_on=done_on, participants=62, who="chair", created_at_utc=NOW))
    return next(load(session, plan).rows)


def test_words_are_those_of_the_language_spoken_and_end_with_it(session: Session) -> None:
    plan = make_plan(session)
    make_activity(session, plan)

    chinese, english = (load(session, plan, language=spoken) for spoken in ("zh_CN", "en"))

    assert (chinese.choice, chinese.printed) == ("全部计划，共1项活动。", "打印于2026年11月21日")
    assert (english.choice, english.printed) == ("All of the plan: 1 activity.", "Printed on 21 Nov 2026")
    assert language() == "zh_CN"


def test_title_names_the_union_once(session: Session) -> None:
    plan = make_plan(session)

    assert load(session, plan).title == "青松小学工会 · 2026年工会工作计划"
    plan.title = "青松小学工会2026年工作计划"
    assert load(session, plan).title == "青松小学工会2026年工作计划"


def test_done_one_tells_its_day_and_who_came(session: Session) -> None:
    row = only_row(session, done_on=date(2026, 5, 20))

    assert (row.status, row.when, row.done, row.people, row.people_planned) == (
        Status.DONE,
        "5月",
        ((date(2026, 5, 20), date(2026, 5, 20)),),
        62,
        False,
    )


def test_late_one_is_owed_until_today(session: Session) -> None:
    row = only_row(session, starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 13), precision=DatePrecision.DAY)

    assert (row.status_text, row.when, row.late_until, row.is_exact) == ("逾期 8 天", "11月2日–13日", TODAY, True)


def test_postponed_one_keeps_its_first_plan(session: Session) -> None:
    may = (date(2026, 5, 1), date(2026, 5, 31))
    december: dict[str, Any] = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 31), "state": ActivityState.POSTPONED}
    row = only_row(session, original_starts_on=may[0], original_ends_on=may[1], **december)

    assert (row.status_text, row.first_plan, row.when) == ("推至12月", may, "12月")


def test_duty_has_its_frequency_and_its_turns(session: Session) -> None:
    plan = make_plan(session)
    duty = make_activity(session, plan, duty=DutyKind.RECURRING, frequency="每季度一次", starts_on=plan.starts_on, ends_on=plan.ends_on)
    for number, month in enumerate((1, 4, 7, 10), start=1):
        due: dict[str, Any] = {"due_from": date(2026, month, 1), "due_to": date(2026, month + 2, 28)}
        session.add(Occurrence(activity_id=duty.id or 0, number=number, **due))
    session.flush()

    row = next(load(session, plan).rows)

    assert (row.when, row.is_duty, [turn.status for turn in row.turns]) == (
        "每季度一次",
        True,
        [OccurrenceStatus.MISSED] * 3 + [OccurrenceStatus.DUE],
    )


def test_entries_of_a_standing_duty_are_its_turns(session: Session) -> None:
    row = only_row(session, done_on=date(2026, 3, 5), duty=DutyKind.STANDING, frequency="常年")

    assert (row.when, row.turns, row.done) == ("全年", (Turn(date(2026, 3, 5), OccurrenceStatus.DONE),), ())


def test_rows_are_numbered_through_all_sections(session: Session) -> None:
    plan = make_plan(session)
    sections = [make_section(session, plan, position=at, printed_number=number) for at, number in enumerate("一二")]
    for section in sections:
        make_activity(session, plan, section_id=section.id)

    assert [[row.number for row in part.rows] for part in load(session, plan).parts] == [[1], [2]]


def test_school_year_says_where_a_year_begins(session: Session) -> None:
    plan = make_plan(session, period_kind=PeriodKind.SCHOOL_YEAR, starts_on=date(2026, 9, 1), ends_on=date(2027, 2, 28))

    assert [month.name for month in load(session, plan).months] == ["2026年9月", "10月", "11月", "12月", "2027年1月", "2月"]
    assert [month.name for month in load(session, plan, language="en").months][::4] == ["Sep 2026", "Jan 2027"]


def test_school_has_terms_within_the_paper(session: Session) -> None:
    sheet = load(session, make_plan(session))

    assert [(name, span[0].month, span[1].month) for span, name in sheet.terms] == [
        ("秋季学期", 1, 1),
        ("春季学期", 2, 7),
        ("秋季学期", 9, 12),
    ]


@pytest.mark.parametrize(("spoken", "name"), [("zh_CN", "2026年工会工作计划-甘特图"), ("en", "2026 union work plan - Gantt chart")])
def test_file_is_named_in_the_readers_language(session: Session, spoken: str, name: str) -> None:
    with speak(spoken):
        assert name_file(make_plan(session)) == name
