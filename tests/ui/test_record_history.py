"""The story of a record in people's words, and the button that puts a version back."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest

from unionboard import db
from unionboard.models import Activity, Change
from unionboard.services import amendments
from unionboard.services.record_changes import FieldChange, RecordChange
from unionboard.ui.record_history import name_of, tell_changes_of_days, tell_deed_of

OpenPage = Callable[..., AppTest]


def change(**values: object) -> RecordChange:
    usual: dict[str, object] = {
        "change_id": 1,
        "noun": "claim",
        "row_id": 1,
        "action": "update",
        "at_utc": datetime(2026, 5, 8, 2, 5, tzinfo=UTC),
        "who": "何敏",
        "title": "奖品",
        "activity_id": None,
        "fields": (),
    }
    return RecordChange(**{**usual, **values})  # type: ignore[arg-type]


def test_states_of_claims_are_told_in_words() -> None:
    told = change(fields=(FieldChange("state", "draft", "submitted"),))

    assert tell_deed_of(told) == "状态“草稿”→“待审批”"


@pytest.mark.parametrize(("action", "words"), [("reveal", "查看了姓名"), ("sign_in", "登录"), ("unlock", "解锁了个人信息")])
def test_who_looked_and_came_is_told(action: str, words: str) -> None:
    assert tell_deed_of(change(noun="care_visit", action=action)) == words


def test_record_without_a_name_is_called_by_its_kind() -> None:
    assert [name_of(change(title="")), name_of(change(title="", noun="fund_paper"))] == ["报销单", "附件"]


def test_lines_stand_below_their_day_with_where_they_came_from() -> None:
    told = tell_changes_of_days([change(origin="10.0.0.7"), change(origin="this computer", title="*粗*")])

    assert [(day, len(lines)) for day, lines in told] == [("2026年5月8日", 2)]
    assert "10\\.0\\.0\\.7" in told[0][1][0]
    assert "**\\*粗\\***" in told[0][1][1]


@pytest.fixture
def changed(demo: Engine) -> int:
    """An activity whose owner was changed from 孙晓岚 to 何敏."""
    with db.writing(demo) as session:
        row = session.get_one(Activity, 5)
        amendments.save_activity(session, 5, version=row.version, owner="何敏", who="何敏", now_utc=datetime(2026, 11, 20, tzinfo=UTC))
    return 5


def owner(session: Session) -> str:
    return session.get_one(Activity, 5).owner


def test_version_is_put_back_by_its_button(demo: Engine, changed: int, open_page: OpenPage) -> None:
    at = open_page("timeline", activity=str(changed))
    [back] = [button for button in at.button if str(button.key).endswith("_back") and str(button.key).startswith("history_")]

    back.click().run()

    with db.reading(demo) as session:
        newest = session.exec(select(Change).order_by(Change.id.desc())).first()  # type: ignore[union-attr]
        assert (owner(session), newest and newest.before) == ("孙晓岚", {"owner": "何敏"})


def test_settings_list_all_changes(demo: Engine, open_page: OpenPage) -> None:
    at = open_page("settings", tab="history")

    assert not at.exception
    assert any("青松小学工会2026年工作总结" in str(line.value) for line in at.markdown)
    at.selectbox("changes_group").set_value("care").run()
    assert not any("青松小学工会2026年工作总结" in str(line.value) for line in at.markdown)
