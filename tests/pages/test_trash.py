"""The recycle bin in the settings: what was deleted is there, and a press puts it back."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Engine
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from tests.makers import NOW
from unionboard import db
from unionboard.models import Activity, CheckOff
from unionboard.services import amendments, care, checkoffs, trash

OpenPage = Callable[..., AppTest]
BY: dict[str, Any] = {"who": "何敏", "now_utc": NOW}


def test_empty_bin_says_what_it_is_for(open_page: OpenPage) -> None:
    at = open_page("settings", tab="trash")

    assert [info.value for info in at.info if "回收站" in info.value] == ["回收站是空的：最近30天没有删除任何内容。"]


def test_deleted_activity_check_off_and_visit_are_told_and_put_back(demo: Engine, open_page: OpenPage) -> None:
    with db.writing(demo) as session:
        planned = session.exec(select(Activity).where(Activity.title == "宪法和教师法学习答题")).one()
        amendments.remove_activity(session, planned.id or 0, **BY)
        held = session.exec(select(CheckOff).join(Activity).where(Activity.title == "新学期师德承诺签名")).one()
        checkoffs.undo_check_off(session, held.activity_id, **BY)
        visit = care.record_visit(session, visited_on=date(2026, 3, 5), kind="hospital", recipient="周兰", today=date(2026, 11, 21), **BY)
        care.take_back_visit(session, visit.id or 0, booked_on=date(2026, 11, 21), reason="记错日期", today=date(2026, 11, 21), **BY)

    at = open_page("settings", tab="trash")

    told = " ".join(markdown.value for markdown in at.markdown)
    assert [title for title in ("宪法和教师法学习答题", "新学期师德承诺签名", "何敏 于") if title not in told] == []
    assert "周兰" not in told
    buttons = [button for button in at.button if str(button.key).startswith("restore_")]
    assert len(buttons) == 3
    buttons[-1].click().run()
    assert not at.exception
    with db.reading(demo) as session:
        assert len(trash.list_trash(session, now_utc=NOW)) == 2
