"""The board: welcome on an empty database, figures and lists on a filled one."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.makers import NOW, make_activity, make_plan
from unionboard import db
from unionboard.models import DatePrecision, DutyKind
from unionboard.services import checkoffs, plans, unions
from unionboard.services.activities import list_activities

TODAY = date(2026, 11, 21)
OpenPage = Callable[..., AppTest]


def keys(at: AppTest, start: str) -> list[str]:
    return [button.key for button in at.button if button.key and button.key.startswith(start)]


@pytest.fixture
def filled(engine: Engine) -> None:
    with db.writing(engine) as session:
        plan = make_plan(session)
        done = make_activity(session, plan, title="趣味运动会", starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30))
        checkoffs.check_off(session, done.id or 0, done_on=date(2026, 11, 6), today=TODAY, who="chair", now_utc=NOW)
        make_activity(session, plan, title="合理化建议*征集*", owner="何敏")
        make_activity(session, plan, title="冬季送温暖", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31))
        make_activity(session, plan, title="探望", duty=DutyKind.STANDING, precision=DatePrecision.PERIOD)


@pytest.mark.parametrize(
    ("lang", "title", "labels"),
    [
        ("zh_CN", "欢迎", ["读入计划", "装入示例年度", "从空白开始"]),
        ("en", "Welcome", ["Read a plan", "Load the demo year", "Start empty"]),
    ],
)
def test_empty_board_offers_three_ways_to_begin(open_page: OpenPage, lang: str, title: str, labels: list[str]) -> None:
    at = open_page("board", lang=lang)

    assert at.title[0].value == title
    assert [button.label for button in at.button] == labels


def test_start_empty_makes_this_years_plan_and_keeps_the_unions_name(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("board")

    at.text_input("welcome_name").input("青松小学工会")
    at.button("welcome_empty").click().run()

    with db.reading(engine) as session:
        union = unions.find_union(session)
        assert [plan.year for plan in plans.list_plans(session)] == [2026]
        assert union is not None
        assert union.name == "青松小学工会"
    assert at.title[0].value == "看板"


def test_demo_button_fills_the_board(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("board")

    at.button("welcome_demo").click().run()

    assert not at.exception
    with db.reading(engine) as session:
        (plan,) = plans.list_plans(session)
        views = list_activities(session, plan.id or 0, today=TODAY)
    assert len(views) >= 40
    assert at.title[0].value == "看板"


@pytest.mark.usefixtures("filled")
def test_figures_say_where_the_year_stands(open_page: OpenPage) -> None:
    at = open_page("board")

    assert [(metric.value, metric.delta) for metric in at.metric] == [
        ("33%", ""),
        ("1", "最久 174 天"),
        ("1", "0 项在办"),
        ("0/1", "1 次缺材料"),
        ("¥0", "尚无预算"),
    ]


@pytest.mark.usefixtures("filled")
def test_lists_hold_late_next_and_done_ones_with_user_text_escaped(open_page: OpenPage) -> None:
    at = open_page("board")

    titles = {key: at.button(key).label for key in keys(at, "title_")}
    assert titles == {
        "title_late_2": "合理化建议\\*征集\\*",
        "title_unproven_1": "趣味运动会",
        "title_next_3": "冬季送温暖",
        "title_done_1": "趣味运动会",
        "title_duties_4": "探望",
    }


@pytest.mark.usefixtures("filled")
def test_english_board_leaves_no_chinese_of_ours(open_page: OpenPage) -> None:
    at = open_page("board", lang="en")

    ours = [text.value for text in at.markdown if not any(name in text.value for name in ("何", "趣味"))]
    assert [text for text in ours if any("\u4e00" <= letter <= "\u9fff" for letter in text)] == []


@pytest.mark.usefixtures("filled")
def test_title_opens_the_drawer(open_page: OpenPage) -> None:
    at = open_page("board")

    at.button("title_late_2").click().run()

    assert at.button("go_form_2_0").label == "保存并办结"


def test_more_than_seven_rows_fold_and_unfold(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        plan = make_plan(session)
        for number in range(9):
            make_activity(session, plan, title=f"第{number}项")
    at = open_page("board")
    folded = len(keys(at, "title_late_")), at.button("more_late").label

    at.button("more_late").click().run()

    assert folded == (6, "还有 3 项")
    assert len(keys(at, "title_late_")) == 9


def test_before_the_first_check_off_no_paper_is_praised(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        make_activity(session, make_plan(session))

    at = open_page("board")

    assert [(metric.value, metric.delta) for metric in at.metric if metric.label == "佐证齐全"] == [("0/0", "还没有办结")]


def test_plan_without_activities_says_the_next_step(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        make_plan(session)

    at = open_page("board")

    assert "计划里还没有活动。可以逐项填写，或读入计划文件。" in [text.value for text in at.markdown]


@pytest.mark.usefixtures("filled")
def test_meeting_screen_shows_the_unions_name_and_large_lists(open_page: OpenPage) -> None:
    at = open_page("board", screen="big")

    assert at.title[0].value == "青松小学工会　:red[2026年度]"
    assert keys(at, "title_") == ["title_late_2", "title_next_3"]
    assert [metric.value for metric in at.metric] == ["33%", "1", "1", "¥0"]
