"""When backups are made by themselves, and where their copies go."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from tests.makers import NOW
from unionboard import db
from unionboard.errors.backups import DataDamaged, FolderNotApart, FolderNotThere
from unionboard.errors.permissions import NotYours
from unionboard.models import AccountRole
from unionboard.services import backup_schedule
from unionboard.services.backup_files import list_backups
from unionboard.services.backup_schedule import back_up_before, back_up_daily, back_up_now, last_trouble, note_drill
from unionboard.services.data_health import inspect_data
from unionboard.services.guard import Actor, bind_actor
from unionboard.services.second_folder import set_second_folder
from unionboard.web.housekeeping import do_chores

CHAIR = Actor(name="陈立群", roles=frozenset({AccountRole.CHAIR}), origin="here", account_id=1)


def labels(folder: Path) -> list[str]:
    return [backup.label for backup in list_backups(folder)]


def set_folder(folder: Path) -> None:
    with db.writing() as session:
        set_second_folder(session, str(folder), who="chair", now_utc=NOW)


@pytest.fixture(autouse=True)
def no_trouble() -> Iterator[None]:
    """What one test leaves behind is no other's."""
    yield
    backup_schedule._trouble.clear()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder on another disk, set as the second one."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_one_backup_a_day(demo: Engine, data_dir: Path) -> None:
    for hours in (0, 1, 5, 20, 24):
        back_up_daily(now_utc=NOW + timedelta(hours=hours))

    assert labels(data_dir / "backups") == ["daily"] * 2


def test_clock_that_was_set_back_gets_a_backup_too(demo: Engine, data_dir: Path) -> None:
    back_up_daily(now_utc=NOW)

    back_up_daily(now_utc=NOW - timedelta(days=300))

    assert [one.made_at_utc for one in list_backups(data_dir / "backups")] == [NOW, NOW - timedelta(days=300)]


def test_data_in_which_nothing_was_done_need_none(engine: Engine, data_dir: Path) -> None:
    assert back_up_daily(now_utc=NOW) is None
    assert back_up_before("before-import", now_utc=NOW, actor=None) is None
    assert not (data_dir / "backups").exists()


def test_before_much_is_changed_a_backup_is_made_unless_there_is_one_of_the_same(demo: Engine, data_dir: Path) -> None:
    first = back_up_before("before-import", now_utc=NOW, actor=None)
    same = back_up_before("before-adopt", now_utc=NOW + timedelta(minutes=1), actor=None)
    (data_dir / "evidence").mkdir()
    (data_dir / "evidence" / "new.jpg").write_bytes(b"one more file")
    with_file = back_up_before("before-adopt", now_utc=NOW + timedelta(minutes=2), actor=None)

    assert (first is not None, same, with_file is not None) == (True, None, True)
    assert labels(data_dir / "backups") == ["before-adopt", "before-import"]


def test_whoever_may_not_make_the_change_makes_no_backup_before_it(demo: Engine, data_dir: Path) -> None:
    with pytest.raises(NotYours):
        back_up_before("before-import", now_utc=NOW, actor=Actor(name="沈一鸣", roles=frozenset({AccountRole.COMMITTEE})))

    assert not (data_dir / "backups").exists()


@pytest.mark.sqlite
def test_backup_that_could_not_be_made_is_told(demo: Engine, data_dir: Path) -> None:
    with demo.connect() as connection:
        connection.connection.execute("PRAGMA foreign_keys=OFF")
        connection.connection.execute("DELETE FROM section WHERE id = 1")

    with pytest.raises(DataDamaged):
        back_up_daily(now_utc=NOW)

    assert isinstance(last_trouble(), DataDamaged)
    with db.reading() as session:
        assert not inspect_data(session, now_utc=NOW).is_good


def test_only_whoever_may_makes_backups(demo: Engine) -> None:
    with pytest.raises(NotYours):
        back_up_now(now_utc=NOW, actor=Actor(roles=frozenset({AccountRole.COMMITTEE})))


def test_drill_is_signed_and_logged(demo: Engine) -> None:
    backup = back_up_now(now_utc=NOW, actor=CHAIR).backup
    with db.writing() as session:
        bind_actor(session, CHAIR)
        note_drill(session, backup, who="陈立群", now_utc=NOW)

    with db.reading() as session:
        assert inspect_data(session, now_utc=NOW).drill_at_utc == NOW


# --- the second folder -------------------------------------------------------------------------------------------------------


def test_every_backup_has_a_copy_in_the_second_folder(demo: Engine, data_dir: Path, stick: Path) -> None:
    set_folder(stick)

    made = back_up_now(now_utc=NOW, actor=CHAIR)

    assert made.second is None
    assert (stick / made.backup.name).read_bytes() == made.backup.path.read_bytes()


def test_stick_that_is_not_plugged_in_stops_nothing_and_is_told(demo: Engine, data_dir: Path, stick: Path) -> None:
    set_folder(stick)
    stick.rename(stick.with_name("away"))

    made = back_up_now(now_utc=NOW, actor=CHAIR)

    assert (made.backup.path.is_file(), type(made.second)) == (True, FolderNotThere)
    with db.reading() as session:
        second = inspect_data(session, now_utc=NOW).second
    assert second is not None
    assert (second.is_there, second.is_current) == (False, False)


def test_stick_that_is_plugged_in_again_gets_the_newest_within_the_hour(demo: Engine, stick: Path) -> None:
    set_folder(stick)
    away = stick.rename(stick.with_name("away"))
    back_up_daily(now_utc=NOW)
    away.rename(stick)

    back_up_daily(now_utc=NOW + timedelta(hours=1))

    assert labels(stick) == ["daily"]


def test_half_a_copy_is_made_whole(demo: Engine, stick: Path) -> None:
    set_folder(stick)
    made = back_up_now(now_utc=NOW, actor=CHAIR).backup
    (stick / made.name).write_bytes(b"half")

    back_up_daily(now_utc=NOW)

    assert all(one.manifest == made.manifest for one in list_backups(stick) if one.name == made.name)


@pytest.mark.parametrize("told", ["relative/folder", "/nowhere/at/all", "\x00", "/etc/hostname"])
def test_folder_that_cannot_be_written_is_refused(told: str, session: Session) -> None:
    with pytest.raises(FolderNotThere):
        set_second_folder(session, told, who="chair", now_utc=NOW)


def test_folder_of_the_data_or_of_the_key_is_refused(session: Session, data_dir: Path, key_file: Path) -> None:
    (data_dir / "backups").mkdir()
    for folder in (data_dir, data_dir / "backups", data_dir.parent, key_file.parent):
        with pytest.raises(FolderNotApart):
            set_second_folder(session, str(folder), who="chair", now_utc=NOW)


def test_only_whoever_makes_backups_says_where_copies_go(session: Session, stick: Path) -> None:
    bind_actor(session, Actor(roles=frozenset({AccountRole.AUDIT})))

    with pytest.raises(NotYours):
        set_second_folder(session, str(stick), who="x", now_utc=NOW)


# --- by itself ---------------------------------------------------------------------------------------------------------------


def test_running_program_makes_the_backup_of_the_day_by_itself(demo: Engine, data_dir: Path) -> None:
    do_chores()

    assert labels(data_dir / "backups") == ["daily"]


def test_what_goes_wrong_is_written_into_the_log_and_nothing_else(demo: Engine, data_dir: Path) -> None:
    (data_dir / "backups").write_text("a file where the folder should be")

    do_chores()

    assert "CannotWrite" in (data_dir / "unionboard.log").read_text(encoding="utf-8")


def test_line_is_late_after_two_days_without_a_backup(demo: Engine) -> None:
    back_up_daily(now_utc=NOW)

    with db.reading() as session:
        told = [inspect_data(session, now_utc=NOW + timedelta(hours=hours)).is_late for hours in (0, 48, 49)]

    assert told == [False, False, True]
