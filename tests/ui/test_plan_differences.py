"""What a comparison found, in words."""

import pytest
import streamlit as st

from unionboard.models import DutyKind
from unionboard.reading.draft import Frequency, Period
from unionboard.services.comparison import Difference, FieldChange, Noun, RowDifference
from unionboard.services.plan_rows import PlanRow
from unionboard.ui.plan_differences import count_words, is_ticked_first, tell_change, tell_facts
from unionboard.ui.text import LANGUAGE_KEY


@pytest.fixture(params=["zh_CN", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(st, "session_state", {LANGUAGE_KEY: request.param})
    return str(request.param)


@pytest.mark.parametrize(
    ("change", "chinese", "english"),
    [
        (FieldChange("when", "3月", "3月12日"), ":gray[时间]　**3月** :gray[→] **3月12日**", ":gray[Time]　**Mar** :gray[→] **12 Mar**"),
        (
            FieldChange("duty", "one_off", "recurring"),
            ":gray[性质]　**活动** :gray[→] **定期**",
            ":gray[Kind]　**One\\-off** :gray[→] **Recurring**",
        ),
        (
            FieldChange("area", "CULT", "CARE"),
            ":gray[工作方面]　**文体活动** :gray[→] **送温暖与帮扶**",
            ":gray[Area]　**Culture and sports** :gray[→] **Care and hardship aid**",
        ),
        (
            FieldChange("budget", "", "800"),
            ":gray[预算]　:gray[空] :gray[→] **800元**",
            ":gray[Planned money]　:gray[empty] :gray[→] **800 yuan**",
        ),
        (
            FieldChange("owner", "陈立群", ""),
            ":gray[负责人]　**陈立群** :gray[→] :gray[空]",
            ":gray[Owner]　**陈立群** :gray[→] :gray[empty]",
        ),
        (
            FieldChange("title", "组织疗休养", "组织分批疗休养"),
            ":gray[名称]　组织疗休养 :gray[→] 组织:green-background[分批]疗休养",
            ":gray[Name]　组织疗休养 :gray[→] 组织:green-background[分批]疗休养",
        ),
    ],
)
def test_change_says_what_it_was_and_what_it_becomes(language: str, change: FieldChange, chinese: str, english: str) -> None:
    assert tell_change(change) == (chinese if language == "zh_CN" else english)


def test_change_of_what_a_person_corrected_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {LANGUAGE_KEY: "zh_CN"})

    assert tell_change(FieldChange("owner", "顾海平", "陈立群", corrected=True)).endswith(":orange[:material/edit: 您在这里改过]")


def test_words_of_the_document_are_never_read_as_markup() -> None:
    assert tell_change(FieldChange("owner", "", "**陈** :red[立]群")) == (
        ":gray[负责人]　:gray[空] :gray[→] **\\*\\*陈\\*\\* :\u2060red\\[立\\]群**"
    )


def test_facts_of_a_new_row_are_its_time_section_owner_people_and_money(language: str) -> None:
    row = PlanRow("登山", section=0, months=(10,), owner="陈立群", planned_people=60, planned_budget_fen=120_050)

    told = tell_facts(RowDifference("n1", Difference.NEW, row, None), None, ["丰富文体生活"])

    chinese = "10月 · 丰富文体生活 · 陈立群 · 60 人 · 1200.50元"
    assert told == (chinese if language == "zh_CN" else "Oct · 丰富文体生活 · 陈立群 · 60 people · 1200.50 yuan")


def test_facts_of_a_duty_are_how_often(language: str) -> None:
    row = PlanRow("例会", duty=DutyKind.RECURRING, frequency=Frequency(Period.MONTH))

    told = tell_facts(RowDifference("n1", Difference.NEW, row, None), None)

    assert told == ("每月一次" if language == "zh_CN" else "1× per month")


def test_measure_has_no_facts() -> None:
    assert tell_facts(RowDifference("m1", Difference.NEW, PlanRow("组建社团。"), None, noun=Noun.MEASURE), None) == ""


def test_counts_name_only_what_there_is(language: str) -> None:
    assert count_words(2, 0, 1) == ("新增 2，移出 1" if language == "zh_CN" else "new 2, taken out 1")


@pytest.mark.parametrize(
    ("difference", "ticked"),
    [
        (RowDifference("a", Difference.NEW, PlanRow("登山"), None), True),
        (RowDifference("b", Difference.CHANGED, PlanRow("登山"), 1, (FieldChange("when", "3月", "4月"),)), True),
        (RowDifference("c", Difference.CHANGED, PlanRow("登山"), 1, (FieldChange("when", "3月", "4月", corrected=True),)), False),
        (RowDifference("d", Difference.GONE, None, 1), False),
        (RowDifference("e", Difference.UNCHANGED, PlanRow("登山"), 1), False),
    ],
)
def test_nothing_leaves_the_plan_and_no_correction_is_undone_unless_ticked(difference: RowDifference, ticked: bool) -> None:
    assert is_ticked_first(difference) is ticked
