"""From damaged or lost data back to the newest good backup: by the button of the page that stands in, and by the command."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.conftest import Run
from tests.faults.damage import DAMAGES, LOSSES, Damage, delete, empty, overwrite_header, replace_by_text, tear_page
from tests.makers import NOW
from unionboard import db
from unionboard.services import backup_schedule, condition, plans
from unionboard.services.backup_files import BackupFile

ALL = pytest.mark.parametrize("damage", DAMAGES + LOSSES, ids=lambda damage: str(damage.__name__))
SOME = pytest.mark.parametrize("damage", [tear_page, delete], ids=lambda damage: str(damage.__name__))


@pytest.fixture
def backup(demo: Engine) -> BackupFile:
    """A good backup of the demo year; no connection is open to the data."""
    made = backup_schedule.back_up_now(now_utc=NOW, actor=None).backup
    demo.dispose()
    return made


@pytest.fixture
def path(data_dir: Path) -> Path:
    return data_dir / "unionboard.sqlite3"


def _spoil(backup: BackupFile) -> None:
    """A bit of what is packed in it is turned; its manifest can still be read."""
    content = bytearray(backup.path.read_bytes())
    content[len(content) // 2] ^= 1
    backup.path.write_bytes(content)


def _has_the_year() -> bool:
    with db.reading() as session:
        return [plan.year for plan in plans.list_plans(session)] == [2026]


@SOME
def test_button_goes_back_to_the_backup(open_page: Callable[..., AppTest], backup: BackupFile, path: Path, damage: Damage) -> None:
    damage(path)
    at = open_page(lang="zh_CN")
    assert [header.value for header in at.header] == ["数据打不开"]

    at.button(key="rescue_restore").click().run()

    assert not at.exception
    assert "数据打不开" not in [header.value for header in at.header]
    assert condition.look().trouble is None
    assert _has_the_year()
    assert len(list(path.parent.glob("replaced-*"))) == (1 if damage is tear_page else 0)


def test_button_refuses_a_backup_that_is_damaged_itself(open_page: Callable[..., AppTest], backup: BackupFile, path: Path) -> None:
    overwrite_header(path)
    _spoil(backup)
    broken = path.read_bytes()
    at = open_page(lang="zh_CN")

    at.button(key="rescue_restore").click().run()

    assert [backup.name in error.value.replace("\\", "") for error in at.error] == [False, True]
    assert [header.value for header in at.header] == ["数据打不开"]
    assert path.read_bytes() == broken
    assert not list(path.parent.glob("replaced-*"))


@pytest.mark.parametrize("damage", [replace_by_text, empty, delete], ids=lambda damage: str(damage.__name__))
def test_command_goes_back_to_the_backup(run: Run, backup: BackupFile, path: Path, damage: Damage) -> None:
    damage(path)

    code, _out, err = run("restore", str(backup.path), "--yes")

    assert (code, err) == (0, "")
    assert run("verify")[0] == 0
    assert _has_the_year()


@SOME
def test_command_names_the_newest_good_backup(run: Run, backup: BackupFile, path: Path, damage: Damage) -> None:
    newer = backup_schedule.back_up_now(now_utc=NOW.replace(hour=NOW.hour + 1), actor=None).backup
    db.current_engine().dispose()
    _spoil(newer)
    damage(path)

    code, _out, err = run("--lang", "en", "activities", "--year", "2026")

    assert (code, err.count("\n")) == (1, 1)
    assert err.endswith(f'To go back to it: python -m unionboard restore "{backup.path}"\n')


def test_command_without_a_backup_says_what_to_do(run: Run, demo: Engine, path: Path) -> None:
    demo.dispose()
    overwrite_header(path)

    assert "No good backup was found. Copy the whole folder" in run("--lang", "en", "activities", "--year", "2026")[2]


@ALL
def test_verifying_tells_it_as_a_fault(run: Run, backup: BackupFile, path: Path, damage: Damage) -> None:
    damage(path)

    code, out, err = run("verify", "--json")

    told = json.loads(out)
    assert (code, err, told["ok"]) == (1, "", False)
    assert [fault["code"] for fault in told["faults"]] == ["database_damaged" if damage in DAMAGES else "database_gone"]
    assert (told["revision"], told["chain"]["lines"], told["counts"]) == ("", 0, {})
    assert told["backup"] == {"last_at_utc": NOW.isoformat(timespec="seconds"), "file": backup.name, "ok": True}


def test_verifying_prints_the_fault_and_the_way_back(run: Run, backup: BackupFile, path: Path) -> None:
    overwrite_header(path)

    code, out, err = run("--lang", "en", "verify")

    told = out.splitlines()
    assert (code, err, len(told)) == (1, "", 2)
    assert told[0] == "The database file is damaged: SQLITE_NOTADB. Go back to the last good backup."
    assert str(backup.path) in told[1]
