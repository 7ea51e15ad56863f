"""Settings: the union's facts, its committee, the language, the plan shown, and whether anything is lost."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from tests.makers import NOW, make_plan, make_union
from unionboard import db
from unionboard.models import Member, Union
from unionboard.services import unions

OpenPage = Callable[..., AppTest]


def stored_union() -> Union:
    with db.reading() as session:
        union = unions.find_union(session)
    assert union is not None
    return union


def stored_members() -> list[tuple[str, str, bool]]:
    with db.reading() as session:
        return [(row.name, row.duty, row.is_active) for row in unions.list_members(session, active_only=False)]


def make(change: Callable[[Session], object]) -> None:
    with db.writing() as session:
        change(session)


def test_empty_database_asks_for_the_union_and_warns_that_there_is_no_backup(open_page: OpenPage) -> None:
    at = open_page("settings")

    assert [warning.value for warning in at.warning] == ["刚刚检查过，数据完好。还没有备份，请到“数据安全”里备份一次。"]
    assert at.text_input(key="union_1_name").value == ""


def test_demo_union_fills_the_form(demo: Engine, open_page: OpenPage) -> None:
    at = open_page("settings", lang="en")

    version = stored_union().version
    assert at.title[0].value == "Settings"
    assert at.text_input(key=f"union_{version}_name").value == "青松小学工会"
    assert at.number_input(key=f"union_{version}_women_count").value == 41


def test_first_save_names_the_union(open_page: OpenPage) -> None:
    at = open_page("settings")

    at.text_input(key="union_1_name").set_value("青松小学工会")
    at.number_input(key="union_1_member_count").set_value(58)
    at.button(key="union_1_save").click().run()

    assert not at.exception
    assert (stored_union().name, stored_union().member_count) == ("青松小学工会", 58)


def test_union_without_a_name_is_refused(open_page: OpenPage) -> None:
    at = open_page("settings")

    at.button(key="union_1_save").click().run()

    assert [error.value for error in at.error] == ["请填写姓名或名称。"]


def test_what_the_summary_says_of_the_union_is_kept(open_page: OpenPage) -> None:
    make(make_union)
    at = open_page("settings")

    at.text_input(key="union_1_party_body").set_value("青松小学党支部")
    for name, count in (("staff_count", 60), ("member_count", 58), ("delegate_count", 24), ("group_count", 6)):
        at.number_input(key=f"union_1_{name}").set_value(count)
    at.button(key="union_1_save").click().run()

    union = stored_union()
    assert (union.party_body, union.staff_count, union.member_count) == ("青松小学党支部", 60, 58)
    assert (union.delegate_count, union.group_count) == (24, 6)


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"staff_count": 50, "member_count": 58}, "会员58人，不能多于职工50人：职工是单位全体在岗人员，含未入会的。"),
        ({"member_count": 58, "women_count": 59}, "女会员59人，不能多于会员总数58人。请核对两个数。"),
    ],
)
def test_counts_that_do_not_fit_are_refused(open_page: OpenPage, counts: dict[str, int], sentence: str) -> None:
    make(make_union)
    at = open_page("settings")

    for name, count in counts.items():
        at.number_input(key=f"union_1_{name}").set_value(count)
    at.button(key="union_1_save").click().run()

    assert [error.value for error in at.error] == [sentence]
    assert stored_union().version == 1


def test_save_over_somebody_elses_change_is_refused(open_page: OpenPage) -> None:
    make(make_union)
    at = open_page("settings")
    union = stored_union()
    make(lambda session: unions.save_union(session, union.id or 0, version=1, who="other", now_utc=NOW, name="青松实验小学工会"))

    at.text_input(key="union_1_name").set_value("青松中心小学工会")
    at.button(key="union_1_save").click().run()

    assert stored_union().name == "青松实验小学工会"
    assert len(at.error) == 1


def test_member_is_added_and_another_leaves(open_page: OpenPage) -> None:
    make(lambda session: session.add(Member(name="何敏", duty="副主席", position=1)))
    at = open_page("settings")

    at.session_state["members_1_1"] = {
        "edited_rows": {0: {"is_active": False}},
        "added_rows": [{"name": "吴佳", "duty": "生活委员"}, {}],
        "deleted_rows": [],
    }
    at.button(key="save_members").click().run()

    assert not at.exception
    assert stored_members() == [("何敏", "副主席", False), ("吴佳", "生活委员", True)]


def test_language_is_saved_and_applied_at_once_even_against_the_address(open_page: OpenPage) -> None:
    make(make_union)
    at = open_page("settings", lang="zh_CN")

    at.segmented_control(key="settings_language").set_value("en").run()

    assert (at.title[0].value, stored_union().language) == ("Settings", "en")


def test_language_works_before_there_is_a_union(open_page: OpenPage) -> None:
    at = open_page("settings")

    at.segmented_control(key="settings_language").set_value("en").run()

    assert at.title[0].value == "Settings"


def test_single_plan_needs_no_choice(open_page: OpenPage) -> None:
    make(make_plan)

    assert [box.key for box in open_page("settings").selectbox if box.key == "settings_plan"] == []


def test_chosen_plan_is_the_one_the_pages_show(open_page: OpenPage) -> None:
    make(make_plan)
    make(lambda session: make_plan(session, year=2025, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31)))
    at = open_page("settings")

    at.selectbox(key="settings_plan").set_value(2).run()

    assert at.selectbox(key="settings_plan").value == 2


def test_damaged_database_is_told_in_red(demo: Engine, open_page: OpenPage, engine: Engine) -> None:
    with engine.connect() as connection:
        connection.connection.execute("PRAGMA foreign_keys=OFF")
        connection.connection.execute("DELETE FROM section WHERE id = 1")
        connection.connection.execute("PRAGMA foreign_keys=ON")

    at = open_page("settings", lang="en")

    assert [error.value for error in at.error] == ["The database is damaged. Stop working and go back to the last backup: none."]
