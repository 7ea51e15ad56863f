"""The board: welcome on an empty database, figures and lists on a filled one."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from tests.makers import NOW, make_activity, make_plan
from unionboard import db
from unionboard.models import Activity, DatePrecision, DutyKind
from unionboard.services import checkoffs, meetings, plans, unions
from unionboard.services.activities import list_activities

TODAY = date(2026, 11, 21)
OpenPage = Callable[..., AppTest]


def drawn(at: AppTest) -> dict[str, Any]:
    """What the board's component was given to draw."""
    (found,) = (one for one in at.get("bidi_component") if one.proto.component_name == "unionboard_board")
    return dict(json.loads(found.proto.bytes))


def figures(at: AppTest) -> list[tuple[str, str]]:
    return [(figure["value"], figure["context"]) for figure in drawn(at)["figures"]]


def titles(at: AppTest) -> dict[str, list[str]]:
    return {block["name"]: [row["title"] for row in block["rows"]] for column in drawn(at)["columns"] for block in column}


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
        ("zh_CN", "欢迎", ["读入计划", "用模板起步", "装入示例年度", "从空白开始"]),
        ("en", "Welcome", ["Read a plan", "Begin with a template", "Load the demo year", "Start empty"]),
    ],
)
def test_empty_board_offers_the_ways_to_begin(open_page: OpenPage, lang: str, title: str, labels: list[str]) -> None:
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

    assert figures(at) == [
        ("33%", "竖线为时间进度 89%"),
        ("1", "30 天内"),
        ("1", "最久 174 天"),
        ("1", "0 项在办"),
        ("0/1", "1 次缺材料"),
        ("¥0", "尚无预算"),
    ]


@pytest.mark.usefixtures("filled")
def test_lists_hold_late_next_and_done_ones_letter_for_letter(open_page: OpenPage) -> None:
    at = open_page("board")

    assert titles(at) == {
        "late": ["合理化建议*征集*"],
        "unproven": ["趣味运动会"],
        "next": ["冬季送温暖"],
        "done": ["趣味运动会"],
        "duties": ["探望"],
    }


@pytest.mark.usefixtures("filled")
def test_nobodys_name_is_written_in_full(open_page: OpenPage) -> None:
    on_desk, on_wall = drawn(open_page("board")), drawn(open_page("board", screen="big"))

    assert [row["aside"] for row in on_desk["columns"][0][0]["rows"]] == ["何*"]
    assert "何敏" not in json.dumps([on_desk, on_wall], ensure_ascii=False)


@pytest.mark.usefixtures("filled")
def test_what_one_reads_in_chinese_another_reads_in_english(open_page: OpenPage) -> None:
    labels = [[figure["label"] for figure in drawn(open_page("board", lang=lang))["figures"]][2] for lang in ("zh_CN", "en", "zh_CN")]

    assert labels == ["逾期", "Late", "逾期"]


@pytest.mark.usefixtures("filled")
def test_english_board_leaves_no_chinese_of_ours(open_page: OpenPage) -> None:
    at = open_page("board", lang="en")

    board = drawn(at)
    ours = [
        board["areas"]["title"],
        *(figure["label"] for figure in board["figures"]),
        *(row["note"] for row in board["columns"][0][0]["rows"]),
    ]
    texts = [*ours, *board["words"].values(), *(text.value for text in at.markdown), *(button.label for button in at.button)]
    assert [text for text in texts if any("\u4e00" <= letter <= "\u9fff" for letter in text)] == []


def test_before_the_first_check_off_no_paper_is_praised(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        make_activity(session, make_plan(session))

    assert figures(open_page("board"))[4] == ("0/0", "还没有办结")


@pytest.mark.usefixtures("filled")
def test_button_leads_to_the_meeting(open_page: OpenPage) -> None:
    at = open_page("board")

    at.button("go_meeting").click().run()

    assert at.title[0].value == "第1次委员会会议"


def test_button_says_that_the_meeting_goes_on(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        plan = make_plan(session)
        meetings.start_meeting(session, plan.id or 0, held_on=TODAY, today=TODAY, who="chair", now_utc=NOW)

    assert open_page("board").button("go_meeting").label == "会议进行中 · 继续"


def test_plan_without_activities_says_the_next_step(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        make_plan(session)

    at = open_page("board")

    assert "计划里还没有活动。可以逐项填写，或读入计划文件。" in [text.value for text in at.markdown]


@pytest.mark.usefixtures("filled")
def test_large_screen_names_the_union_and_shows_all_figures(open_page: OpenPage) -> None:
    at = open_page("board", screen="big")

    assert (at.title[0].value, len(drawn(at)["figures"])) == ("青松小学工会 2026年度", 6)
    assert titles(at) == {"late": ["合理化建议*征集*"], "next": ["冬季送温暖"], "weak": ["文体活动"]}
    assert [block["name"] for block in drawn(at)["hidden"]] == ["done", "unproven"]


@pytest.mark.usefixtures("filled")
def test_phone_dialog_says_who_can_open_before_anything_is_shared(open_page: OpenPage) -> None:
    at = open_page("board")

    at.button("go_phone").click().run()

    assert any("扫码的人能看到除慰问对象姓名以外的内容" in text.value for text in at.markdown)
    assert at.button("go_share").disabled


@pytest.mark.usefixtures("filled")
def test_drawer_on_the_large_screen_masks_names_and_offers_no_act_but_the_way_to_the_desk(open_page: OpenPage, engine: Engine) -> None:
    with db.reading(engine) as session:
        owned = session.exec(select(Activity).where(Activity.owner == "何敏")).first()
    assert owned is not None

    at = open_page("board", screen="big", activity=str(owned.id))
    told = " ".join(str(html.proto.body) for html in at.get("html"))
    pressed = [button.key for button in at.button]
    at.button("drawer_to_desk").click().run()

    assert ("何*" in told, "何敏" in told) == (True, False)
    assert pressed == ["drawer_to_desk"]
    assert f"go_report_{owned.id}" in [button.key for button in at.button]
