"""The pages around what is private: the key's card, who looked, files that are written down, and the lock with accounts."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from sqlalchemy import Engine
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from tests.conftest import TODAY
from tests.makers import NOW
from unionboard import db, secrecy
from unionboard.models import AccountRole, Change
from unionboard.services import care, keys

OpenPage = Callable[..., AppTest]


@pytest.fixture
def visited(engine: Engine) -> Engine:
    """One visit with a name."""
    with db.writing(engine) as session:
        told: dict[str, Any] = {"visited_on": date(2026, 11, 18), "kind": "birth", "today": TODAY, "who": "chair", "now_utc": NOW}
        care.record_visit(session, recipient="林小雨", **told)
    return engine


def open_tab(open_page: OpenPage, name: str, key: str, value: str) -> AppTest:
    at = open_page(name)
    at.query_params[key] = value
    return at.run()


def words(at: AppTest) -> str:
    return " ".join(str(one.value) for one in (*at.markdown, *at.error, *at.text))


def keys_of(at: AppTest) -> set[str | None]:
    return {button.key for button in at.button}


def test_key_card_says_what_losing_it_means_and_notes_that_a_copy_is_kept(open_page: OpenPage, engine: Engine) -> None:
    at = open_tab(open_page, "settings", "tab", "safety")
    assert "钥匙丢了，这些内容就再也读不出来" in words(at)

    at.button(key="key_kept").click().run()

    assert "已确认另存一份" in words(at)
    assert "key_kept" not in keys_of(at)


def test_missing_key_is_a_red_line_on_every_tab_and_the_page_goes_on(
    open_page: OpenPage, visited: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNIONBOARD_KEY_FILE", str(tmp_path / "gone.key"))

    at = open_page("settings")

    assert "**姓名钥匙不见了。** 把原来的钥匙放回原处之前，姓名显示为 ******，也不能登记新的姓名；其他功能照常。" in [
        one.value for one in at.error
    ]


def test_lost_key_is_given_up_after_a_second_thought(
    open_page: OpenPage, visited: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNIONBOARD_KEY_FILE", str(tmp_path / "gone.key"))
    at = open_tab(open_page, "settings", "tab", "safety")
    assert at.button(key="begin_anew").disabled

    at.checkbox(key="key_lost_sure").check().run()
    at.button(key="begin_anew").click().run()

    with db.reading(visited) as session:
        assert keys.inspect_key(session).fits
    assert secrecy.has_key()


def test_names_open_with_the_lock_of_the_account(open_page: OpenPage, visited: Engine, sign_in: Callable[..., int]) -> None:
    sign_in(AccountRole.TREASURER)
    at = open_tab(open_page, "fund", "view", "care")

    assert "show_names" not in keys_of(at)
    assert "林小雨" not in words(at)


def test_committee_member_is_told_for_whom_names_are(open_page: OpenPage, visited: Engine, sign_in: Callable[..., int]) -> None:
    sign_in(AccountRole.COMMITTEE)
    at = open_tab(open_page, "fund", "view", "care")

    assert "姓名只给主席和财务委员看。" in words(at)
    assert "show_names" not in keys_of(at)


def test_who_looked_is_told_to_the_chair(open_page: OpenPage, visited: Engine, sign_in: Callable[..., int]) -> None:
    sign_in(AccountRole.CHAIR)
    assert "查看姓名、打开含姓名的单据、导出文件的记录" in words(open_tab(open_page, "settings", "tab", "safety"))

    sign_in(AccountRole.TREASURER, name="罗文静")
    assert "查看姓名、打开含姓名的单据、导出文件的记录" not in words(open_tab(open_page, "settings", "tab", "safety"))


def offered(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """What the buttons drawn from now on would give, by their keys."""
    found: dict[str, Callable[[], bytes]] = {}

    def take(_label: str, give: Callable[[], bytes], *, key: str, **_look: Any) -> None:
        found[key] = give

    monkeypatch.setattr(st, "download_button", take)
    return found


def test_file_is_written_down_when_it_is_taken(open_page: OpenPage, visited: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    files = offered(monkeypatch)
    open_tab(open_page, "fund", "view", "care")
    assert exported(visited) == []

    files["export_care"]()

    assert exported(visited) == [{"what": "care_register", "names": False}]
    assert "export_care_names" not in files


def test_register_with_names_is_offered_while_they_are_open(open_page: OpenPage, visited: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    at = open_tab(open_page, "fund", "view", "care")
    files = offered(monkeypatch)

    at.button(key="show_names").click().run()

    assert len(files["export_care_names"]()) > 1000
    assert exported(visited) == [{"what": "care_register", "names": True}]


def exported(engine: Engine) -> list[dict[str, Any] | None]:
    with db.reading(engine) as session:
        return [line.after for line in session.exec(select(Change).where(Change.action == "export"))]
