"""Data safety: everything is taken along as open formats, and brought in where nothing is yet."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from tests.makers import NOW, make_account
from unionboard import db, secrecy
from unionboard.config import read_config
from unionboard.models import AccountRole, Activity, Union
from unionboard.services import unions
from unionboard.services.open_export import export_all

OpenPage = Callable[..., AppTest]


@pytest.fixture
def export(demo_file: Path, engine: Engine, tmp_path: Path) -> bytes:
    """The demo year, taken out elsewhere."""
    elsewhere = db.open_engine(f"sqlite:///{demo_file}")
    export_all(elsewhere, read_config(), tmp_path / "e.zip", at=NOW, actor=None)
    elsewhere.dispose()
    return (tmp_path / "e.zip").read_bytes()


def keys_of(at: AppTest) -> set[str | None]:
    return {button.key for button in at.button}


@pytest.mark.usefixtures("demo")
def test_everything_is_put_together_and_offered_with_its_size(open_page: OpenPage) -> None:
    at = open_page("settings", tab="safety")

    at.button(key="open_export_make").click().run()

    assert not at.exception
    save: Any = next(one for one in at.get("download_button") if one.key == "open_export_save")
    assert save.label.startswith("保存全部数据（")
    assert any("其中姓名仍是加密的" in one.value for one in at.markdown)


@pytest.mark.usefixtures("demo")
def test_where_records_are_nothing_is_offered_to_be_brought_in(open_page: OpenPage) -> None:
    at = open_page("settings", tab="safety")

    assert not any((one.key or "") == "open_import_file" for one in at.file_uploader)


@pytest.mark.usefixtures("demo")
def test_audit_committee_takes_nothing_of_this(open_page: OpenPage, sign_in: Callable[..., int]) -> None:
    with db.writing() as session:
        make_account(session, AccountRole.CHAIR, name="王芳")
    sign_in(AccountRole.AUDIT)

    assert "open_export_make" not in keys_of(open_page("settings", tab="safety"))


@pytest.mark.sqlite
def test_export_says_what_is_in_it_and_comes_in(export: bytes, open_page: OpenPage) -> None:
    at = open_page("settings", tab="safety", lang="en")

    at.file_uploader(key="open_import_file").upload("everything.zip", export, "application/zip").run()
    told = [one.value for one in at.markdown]
    assert "In it: 1 plans, 48 activities, 67 ledger entries, 0 files." in told
    assert any("青松小学工会" in one for one in told)

    at.button(key="open_import_go").click().run()

    assert not at.exception
    assert not at.error
    with db.reading() as session:
        assert len(session.exec(select(Activity.id)).all()) == 48


@pytest.mark.sqlite
def test_export_comes_in_over_first_answers_and_says_so(export: bytes, open_page: OpenPage) -> None:
    with db.writing() as session:
        unions.ensure_union(session, name="滨江小学", who="chair", now_utc=NOW)
    at = open_page("settings", tab="safety")
    assert any("以导入的内容为准" in one.value for one in at.markdown)

    at.file_uploader(key="open_import_file").upload("everything.zip", export, "application/zip").run()
    at.button(key="open_import_go").click().run()

    with db.reading() as session:
        assert [row.name for row in session.exec(select(Union))] == ["青松小学工会"]


@pytest.mark.sqlite
def test_file_that_is_no_export_is_refused_in_a_sentence(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("settings", tab="safety")

    at.file_uploader(key="open_import_file").upload("photo.zip", b"PK", "application/zip").run()

    assert [one.value for one in at.error] == ["“photo.zip”不是本程序导出的全部数据，或者已损坏。请选择用“带走全部数据”生成的 .zip。"]
    assert "open_import_go" not in keys_of(at)


@pytest.mark.sqlite
def test_export_sealed_with_another_key_asks_for_that_key(
    export: bytes, open_page: OpenPage, tmp_path: Path, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNIONBOARD_KEY_FILE", str(tmp_path / "own.key"))
    secrecy.create_key()
    at = open_page("settings", tab="safety")

    at.file_uploader(key="open_import_file").upload("everything.zip", export, "application/zip").run()
    assert any("其中的姓名是用另一把钥匙加密的" in one.value.replace("\\", "") for one in at.warning)
    at.file_uploader(key="open_import_key").upload("unionboard.key", key_file.read_bytes(), "text/plain").run()
    at.button(key="open_import_go").click().run()

    assert not at.exception
    assert (tmp_path / "own.key").read_bytes() == key_file.read_bytes()


def test_empty_installation_has_nothing_to_take_along(open_page: OpenPage) -> None:
    assert "open_export_make" not in keys_of(open_page("settings", tab="safety"))
