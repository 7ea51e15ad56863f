"""A corrected version of the plan: shown line by line, taken over where ticked; check-offs and spending stay."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from tests.conftest import TODAY
from tests.makers import NOW
from unionboard import db
from unionboard.config import PROJECT_DIR
from unionboard.models import Activity, Direction, PeriodKind
from unionboard.reading.text import read_text
from unionboard.services import activities, amendments, checkoffs, fund, plan_table, plans
from unionboard.writing.plan_table import write_plan_table

OpenPage = Callable[..., AppTest]
BY: dict[str, Any] = {"who": "chair", "now_utc": NOW}
TEXT = """青松小学工会2026年工作计划
一、推进民主管理
1、坚持每月一次校务公开。
2、做好提案征集工作。
活动安排
三月：
1、举办插花沙龙
2、组织学雷锋志愿服务
五月：
1、举行教职工趣味运动会
"""
CORRECTED = TEXT.replace("1、举办插花沙龙", "1、3月12日举办插花沙龙").replace("五月：", "四月：\n1、开展防溺水安全宣讲\n五月：")
CORRECTED = CORRECTED.replace("2、组织学雷锋志愿服务\n", "")


@pytest.fixture
def adopted(engine: Engine) -> None:
    """``TEXT`` adopted; the salon was held and cost 560 yuan."""
    with db.writing(engine) as session:
        draft = read_text(TEXT, filename="").plan()
        bounds: dict[str, Any] = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
        plan = plans.adopt_draft(session, draft, year=2026, period_kind=PeriodKind.CALENDAR_YEAR, **bounds, **BY)
        salon = next(view.id for view in activities.list_activities(session, plan.id or 0, today=TODAY) if "插花" in view.title)
        checkoffs.check_off(session, salon, done_on=date(2026, 3, 6), today=TODAY, **BY)
        fund.book_entry(
            session,
            booked_on=date(2026, 3, 6),
            direction=Direction.OUT,
            item="culture_sports",
            amount_fen=56_000,
            purpose="花材",
            activity_id=salon,
            today=TODAY,
            **BY,
        )


def compare(open_page: OpenPage, text: str = CORRECTED) -> AppTest:
    """The comparison of the plan with ``text``."""
    at = open_page("plan")
    at.button("read_corrected").click().run()
    at.text_area("plan_text").input(text)
    return at.button("go_read_text").click().run()


def ticks(at: AppTest) -> dict[str, bool]:
    """The lines on offer with their ticks."""
    return {box.label: box.value for box in at.checkbox if str(box.key).startswith("compare_tick")}


def stored(engine: Engine) -> list[tuple[str, date, date]]:
    with db.reading(engine) as session:
        rows = session.exec(select(Activity).where(Activity.removed == False).order_by(Activity.id)).all()  # type: ignore[arg-type] # noqa: E712
        return [(row.title, row.starts_on, row.ends_on) for row in rows]


def shown(at: AppTest) -> str:
    return "\n".join(text.value for text in at.markdown)


def test_new_and_changed_lines_are_ticked_gone_ones_are_not(open_page: OpenPage, adopted: None) -> None:
    at = compare(open_page)

    assert ticks(at) == {"开展防溺水安全宣讲": True, "举办插花沙龙": True, "组织学雷锋志愿服务": False}
    assert at.button("go_apply").label == "应用 2 处：新增 1，修改 1"
    assert ":gray[时间]　**3月** :gray[→] **3月12日**" in shown(at)


def test_line_that_was_held_and_paid_for_says_so(open_page: OpenPage, adopted: None) -> None:
    at = compare(open_page)

    assert ":small[:green[:material/task_alt:] 已办结 1 次，支出 560 元" in shown(at)


def test_nothing_is_stored_before_it_is_applied(open_page: OpenPage, engine: Engine, adopted: None) -> None:
    before = stored(engine)

    compare(open_page)

    assert stored(engine) == before


def test_applied_lines_are_taken_over_and_records_kept(open_page: OpenPage, engine: Engine, adopted: None) -> None:
    at = compare(open_page)

    at.button("go_apply").click().run()

    assert [row for row in stored(engine) if row[1].month in {3, 4}] == [
        ("举办插花沙龙", date(2026, 3, 12), date(2026, 3, 12)),
        ("组织学雷锋志愿服务", date(2026, 3, 1), date(2026, 3, 31)),
        ("开展防溺水安全宣讲", date(2026, 4, 1), date(2026, 4, 30)),
    ]
    with db.reading(engine) as session:
        salon = next(view for view in activities.list_activities(session, 1, today=TODAY) if "插花" in view.title)
    assert (salon.done_on, salon.spent_fen) == (date(2026, 3, 6), 56_000)
    assert "**修改稿已应用：新增 1，修改 1。**" in shown(at)


def test_gone_line_leaves_the_plan_when_ticked_and_can_be_put_back(open_page: OpenPage, engine: Engine, adopted: None) -> None:
    at = compare(open_page)
    at.button("compare_all_gone").click().run()
    at.button("go_apply").click().run()
    assert "组织学雷锋志愿服务" not in [title for title, _, _ in stored(engine)]

    restore = next(button for button in at.button if str(button.key).startswith("restore_"))
    restore.click().run()

    assert "组织学雷锋志愿服务" in [title for title, _, _ in stored(engine)]


def test_unticked_line_stays_as_it_was(open_page: OpenPage, engine: Engine, adopted: None) -> None:
    at = compare(open_page)
    box = next(box for box in at.checkbox if box.label == "举办插花沙龙")

    box.uncheck().run()
    at.button("go_apply").click().run()

    assert ("举办插花沙龙", date(2026, 3, 1), date(2026, 3, 31)) in stored(engine)


def test_nothing_ticked_cannot_be_applied(open_page: OpenPage, adopted: None) -> None:
    at = compare(open_page)

    for kind in ("new", "changed"):
        at.button(f"compare_all_{kind}").click().run()

    assert (at.button("go_apply").disabled, at.button("go_apply").label) == (True, "还没有勾选")


def test_same_document_again_changes_nothing(open_page: OpenPage, adopted: None) -> None:
    at = compare(open_page, TEXT)

    assert [note.value for note in at.success] == ["与现有计划一致，没有变化。"]
    assert "go_apply" not in {button.key for button in at.button}


def test_own_correction_stands_when_the_document_did_not_change_there(open_page: OpenPage, engine: Engine, adopted: None) -> None:
    with db.writing(engine) as session:
        row = session.exec(select(Activity).where(Activity.title == "举行教职工趣味运动会")).one()
        amendments.save_activity(session, row.id or 0, version=1, owner="陈立群", **BY)

    at = compare(open_page, TEXT)

    assert [note.value for note in at.success] == ["与现有计划一致，没有变化。"]


def test_another_plan_altogether_is_questioned(open_page: OpenPage, adopted: None) -> None:
    months = "\n".join(f"{month}月：\n1、{what}" for month, what in enumerate(("植树", "登山", "合唱比赛", "读书会", "书画展"), start=1))

    at = compare(open_page, f"翠湖医院工会2026年工作计划\n{months}")

    assert [note.value for note in at.warning] == ["和2026年度计划几乎都对不上，是不是选错了文件？"]
    assert set(ticks(at).values()) == {False}


def test_document_of_another_year_is_questioned(open_page: OpenPage, adopted: None) -> None:
    at = compare(open_page, CORRECTED.replace("2026", "2025"))

    assert [note.value for note in at.warning] == ["文件里写的是2025年，这份计划是2026年度的，是不是选错了文件？"]


def test_file_with_several_documents_lets_one_choose(open_page: OpenPage, adopted: None) -> None:
    other = CORRECTED.replace("青松小学工会2026年工作计划", "篇二：青松小学工会2026年工作计划（修改）")
    at = compare(open_page, "篇一：青松小学工会2026年工作计划\n" + TEXT.partition("\n")[2] + other)

    choice = next(box for box in at.selectbox if str(box.key).startswith("compare_document"))
    choice.select(2).run()

    assert "开展防溺水安全宣讲" in ticks(at)


def test_somebody_elses_change_in_between_is_shown_before_it_is_overwritten(open_page: OpenPage, engine: Engine, adopted: None) -> None:
    at = compare(open_page)
    with db.writing(engine) as session:
        row = session.exec(select(Activity).where(Activity.title == "举办插花沙龙")).one()
        amendments.save_activity(
            session, row.id or 0, version=1, starts_on=date(2026, 3, 5), ends_on=date(2026, 3, 5), precision="day", **BY
        )

    at.button("go_apply").click().run()

    assert [error.value for error in at.error] == ["刚才有人改动了计划，已重新比较。请再看一眼，然后应用。"]
    assert ("举办插花沙龙", date(2026, 3, 5), date(2026, 3, 5)) in stored(engine)


def test_own_correction_can_be_given_up_for_the_words_of_the_document(open_page: OpenPage, engine: Engine, adopted: None) -> None:
    with db.writing(engine) as session:
        row = session.exec(select(Activity).where(Activity.title == "举行教职工趣味运动会")).one()
        amendments.save_activity(session, row.id or 0, version=1, title="师生趣味运动会", **BY)
    at = compare(open_page, TEXT)
    at.session_state["compare_same"] = True
    at.run()

    next(box for box in at.checkbox if box.label == "师生趣味运动会").check().run()
    at.button("go_apply").click().run()

    assert "举行教职工趣味运动会" in [title for title, _, _ in stored(engine)]


def test_text_without_a_plan_is_refused_and_the_field_stays(open_page: OpenPage, adopted: None) -> None:
    at = compare(open_page, "今天天气很好。")

    assert len(at.error) == 1
    assert at.text_area("plan_text").value == "今天天气很好。"


def test_way_back_leaves_the_plan_alone(open_page: OpenPage, engine: Engine, adopted: None) -> None:
    before = stored(engine)
    at = compare(open_page)

    at.button("leave_comparison").click().run()

    assert (at.title[0].value, stored(engine)) == ("青松小学工会2026年工作计划", before)


# --- the plan table from Excel ---------------------------------------------------------------------------------------------------


def edited_table(engine: Engine, edits: dict[str, str]) -> bytes:
    """The plan table as exported, with some cells typed over."""
    with db.reading(engine) as session:
        data = write_plan_table(plan_table.build_table(session, 1, today=TODAY))
    book = openpyxl.load_workbook(BytesIO(data))
    for cell, text in edits.items():
        book["工作计划表"][cell] = text
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def line_of(engine: Engine, title: str) -> int:
    """The line of the table an activity stands in."""
    with db.reading(engine) as session:
        titles = [line.title for line in plan_table.build_table(session, 1, today=TODAY).lines]
    return titles.index(title) + 3


def bring_back(open_page: OpenPage, data: bytes) -> AppTest:
    at = open_page("plan")
    at.button("read_corrected").click().run()
    return at.file_uploader[0].upload("计划表.xlsx", data).run()


def test_table_edited_in_excel_shows_its_differences_and_is_taken_over(open_page: OpenPage, engine: Engine, adopted: None) -> None:
    line = line_of(engine, "举行教职工趣味运动会")
    at = bring_back(open_page, edited_table(engine, {f"C{line}": "5月20日", f"F{line}": "陈立群"}))
    assert at.button("go_apply").label == "应用 1 处：修改 1"

    at.button("go_apply").click().run()

    assert ("举行教职工趣味运动会", date(2026, 5, 20), date(2026, 5, 20)) in stored(engine)


def test_untouched_table_changes_nothing(open_page: OpenPage, engine: Engine, adopted: None) -> None:
    at = bring_back(open_page, edited_table(engine, {}))

    assert [note.value for note in at.success] == ["与现有计划一致，没有变化。"]


def test_cell_nobody_understands_is_named_and_nothing_can_be_applied(open_page: OpenPage, engine: Engine, adopted: None) -> None:
    line = line_of(engine, "举行教职工趣味运动会")
    other = line_of(engine, "举办插花沙龙")

    at = bring_back(open_page, edited_table(engine, {f"C{line}": "下周", f"F{other}": "陈立群"}))

    assert [f"C{line}" in error.value for error in at.error] == [True]
    assert at.button("go_apply").disabled


def test_plan_in_excel_that_is_not_our_table_is_read_as_a_document(open_page: OpenPage, adopted: None) -> None:
    sample = PROJECT_DIR / "data" / "samples" / "plan-2026.xlsx"

    at = bring_back(open_page, sample.read_bytes())

    assert len(at.error) == 0
    assert len(ticks(at)) > 10


# --- from the reading desk ---------------------------------------------------------------------------------------------------------


def read_as_new(open_page: OpenPage, text: str) -> AppTest:
    """``text`` on the desk, as if it were a plan of its own."""
    at = open_page("plan")
    at.menu_button("plan_more").click("read_another").run()
    at.text_area("plan_text").input(text)
    return at.button("go_read_text").click().run()


def test_document_of_a_year_that_has_a_plan_can_be_compared_instead(open_page: OpenPage, adopted: None) -> None:
    at = read_as_new(open_page, CORRECTED)

    at.button("compare_instead").click().run()

    assert ticks(at) == {"开展防溺水安全宣讲": True, "举办插花沙龙": True, "组织学雷锋志愿服务": False}


def test_document_of_another_year_is_no_corrected_version(open_page: OpenPage, adopted: None) -> None:
    at = read_as_new(open_page, CORRECTED.replace("2026", "2027"))

    assert "compare_instead" not in {button.key for button in at.button}


def test_applied_version_is_undone_as_a_whole(adopted: None, open_page: OpenPage, engine: Engine) -> None:
    before = stored(engine)
    at = compare(open_page)
    at.button("go_apply").click().run()

    at.button("undo_applied").click().run()

    assert stored(engine) == before
    assert [toast.value for toast in at.toast] == ["已撤销，计划恢复到应用之前。"]
    assert not [button for button in at.button if button.key in {"undo_applied", "close_applied"}]


def test_applied_version_is_not_undone_over_somebody_elses_change(adopted: None, open_page: OpenPage, engine: Engine) -> None:
    at = compare(open_page)
    at.button("go_apply").click().run()
    with db.writing(engine) as session:
        salon = session.exec(select(Activity).where(Activity.title == "举办插花沙龙")).one()
        amendments.save_activity(session, salon.id or 0, version=salon.version, owner="文体委员", **BY)
    after = stored(engine)

    at.button("undo_applied").click().run()

    assert stored(engine) == after
    assert [error.value for error in at.error] == ["之后计划又有改动，不能整批撤销了。请在计划里逐项改回。"]
