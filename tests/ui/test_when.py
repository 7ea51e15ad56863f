"""The planned time as people read it, as sure as it was planned."""

from datetime import date

import pytest
import streamlit as st

from unionboard.models import DatePrecision
from unionboard.ui.text import LANGUAGE_KEY, when


@pytest.mark.parametrize(
    ("first", "last", "precision", "chinese", "english"),
    [
        (date(2026, 3, 8), date(2026, 3, 10), DatePrecision.DAY, "3月8日–10日", "8 Mar–10 Mar"),
        (date(2026, 3, 1), date(2026, 3, 10), DatePrecision.THIRD, "3月上旬", "early Mar"),
        (date(2026, 3, 11), date(2026, 3, 20), DatePrecision.THIRD, "3月中旬", "mid Mar"),
        (date(2026, 2, 21), date(2026, 2, 28), DatePrecision.THIRD, "2月下旬", "late Feb"),
        (date(2026, 2, 16), date(2026, 2, 20), DatePrecision.THIRD, "2月中旬", "mid Feb"),  # the term begins on the 16th
        (date(2026, 7, 1), date(2026, 8, 31), DatePrecision.MONTH, "7–8月", "Jul–Aug"),
        (date(2026, 1, 1), date(2026, 6, 30), DatePrecision.HALF_YEAR, "上半年", "First half"),
        (date(2026, 1, 1), date(2026, 12, 31), DatePrecision.PERIOD, "全年", "All year"),
    ],
)
def test_time_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, first: date, last: date, precision: DatePrecision, chinese: str, english: str
) -> None:
    monkeypatch.setattr(st, "session_state", {LANGUAGE_KEY: "zh_CN"})
    in_chinese = when(first, last, precision)
    monkeypatch.setattr(st, "session_state", {LANGUAGE_KEY: "en"})

    assert (in_chinese, when(first, last, precision)) == (chinese, english)
