"""The tab on the safety of the data: a backup, a drill, a check of everything, and going back to a backup."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from tests.makers import make_committee
from unionboard import clock, db
from unionboard.models import Member
from unionboard.services.backup_checks import check_backup
from unionboard.services.backup_files import BackupFile, list_backups
from unionboard.services.backup_schedule import back_up_now
from unionboard.services.keys import load_safekeeping

OpenPage = Callable[..., AppTest]


@pytest.fixture
def backup(demo: Engine) -> BackupFile:
    """A backup of the demo year, made just now."""
    return back_up_now(now_utc=clock.now_utc(), actor=None).backup


def test_backup_made_by_the_button_is_whole_and_turns_the_line_green(demo: Engine, open_page: OpenPage, data_dir: Path) -> None:
    at = open_page("settings", tab="safety")

    at.button(key="back_up").click().run()

    assert at.success[0].value.startswith("刚刚检查过，数据完好，没有丢失。最近备份：")
    (made,) = list_backups(data_dir / "backups")
    assert (made.label, made.manifest.rows["activity"]) == ("by-hand", 48)
    assert check_backup(made.path).ok


def test_drill_is_written_down_and_the_check_of_everything_finds_nothing(backup: BackupFile, open_page: OpenPage) -> None:
    at = open_page("settings", tab="safety", lang="en")

    at.button(key="drill").click().run()
    at.button(key="verify_everything").click().run()

    with db.reading() as session:
        row = load_safekeeping(session)
    assert row.drill_backup == backup.name
    assert at.success[-1].value.startswith("Everything agrees: records, change log, books and files.")


def test_going_back_asks_first_and_then_shows_the_data_of_the_backup(backup: BackupFile, open_page: OpenPage, data_dir: Path) -> None:
    with db.writing() as session:
        make_committee(session, 方小满="委员")
    at = open_page("settings", tab="safety")

    at.button(key=f"restore_{backup.path.stem}").click().run()
    at.button(key="restore_now").click().run()

    assert not at.exception
    with db.reading() as session:
        assert "方小满" not in session.exec(select(Member.name)).all()
    (kept,) = data_dir.glob("replaced-*")
    assert (kept / "unionboard.sqlite3").is_file()
