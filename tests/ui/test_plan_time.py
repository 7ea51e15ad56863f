"""The time cell of the plan's grid, written and read in both languages."""

import pytest
import streamlit as st

from unionboard.models import DutyKind
from unionboard.reading.draft import FestivalTime, Frequency, Period
from unionboard.reading.plan_time import PlanTime, read_time
from unionboard.ui.plan_time import write_time
from unionboard.ui.text import LANGUAGE_KEY

TIMES = [
    (PlanTime(months=(3,)), "3月", "Mar"),
    (PlanTime(months=(7, 8)), "7–8月", "Jul–Aug"),
    (PlanTime(day_from=(3, 8), day_to=(3, 8)), "3月8日", "8 Mar"),
    (PlanTime(day_from=(12, 30), day_to=(1, 2)), "12月30日–1月2日", "30 Dec–2 Jan"),
    (PlanTime(half_year=2), "下半年", "Second half"),
    (PlanTime(months=(3,), third=2), "3月中旬", "mid Mar"),
    (PlanTime(festival=FestivalTime("MID_AUTUMN", eve=True)), "中秋前夕", "before Mid-Autumn Festival"),
    (PlanTime(), "未定", "No month yet"),
    (PlanTime(frequency=Frequency(Period.MONTH)), "每月一次", "1× per month"),
    (PlanTime(frequency=Frequency(Period.FORTNIGHT)), "每两周一次", "1× per two weeks"),
    (PlanTime(frequency=Frequency(Period.TERM, 2, 2)), "每学期两次", "2× per term"),
    (PlanTime(frequency=Frequency(Period.YEAR, 1, 2)), "每年1–2次", "1–2× per year"),
    (PlanTime(frequency=Frequency(Period.STANDING)), "全年", "All year"),
    (PlanTime(frequency=Frequency(Period.ON_EVENT)), "有事即办", "As it arises"),
]


@pytest.fixture(params=["zh_CN", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(st, "session_state", {LANGUAGE_KEY: request.param})
    return str(request.param)


def without_words(time: PlanTime | None) -> PlanTime | None:
    """The time without the phrase its frequency was read from."""
    if time is None or time.frequency is None:
        return time
    found = time.frequency
    return PlanTime(frequency=Frequency(found.period, found.times_min, found.times_max))


@pytest.mark.parametrize(("time", "chinese", "english"), TIMES)
def test_written_time_is_read_back(language: str, time: PlanTime, chinese: str, english: str) -> None:
    written = write_time(time)

    assert written == (chinese if language == "zh_CN" else english)
    assert without_words(read_time(written)) == time


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("３月", PlanTime(months=(3,))),
        ("3-5", PlanTime(months=(3, 4, 5))),
        ("11月至1月", PlanTime(months=(11, 12, 1))),
        ("3.8", PlanTime(day_from=(3, 8), day_to=(3, 8))),
        ("3月12日—13日", PlanTime(day_from=(3, 12), day_to=(3, 13))),
        ("March", PlanTime(months=(3,))),
        ("", PlanTime()),
    ],
)
def test_typed_time_is_understood(typed: str, time: PlanTime) -> None:
    assert read_time(typed) == time


@pytest.mark.parametrize("typed", ["下周", "13月", "尽快", "soon"])
def test_time_that_names_no_place_in_the_plan_is_not_understood(typed: str) -> None:
    assert read_time(typed) is None


def test_frequency_typed_in_english_is_kept_in_words_the_reader_knows() -> None:
    time = read_time("2 times a month")

    assert time == PlanTime(frequency=Frequency(Period.MONTH, 2, 2, phrase="每月2次"))


def test_standing_duty_without_words_reads_all_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {LANGUAGE_KEY: "zh_CN"})

    assert write_time(PlanTime(), DutyKind.STANDING) == "全年"
