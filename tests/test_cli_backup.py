"""Backups on the command line."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.conftest import Run
from unionboard.services.backup_files import BackupFile, list_backups


@pytest.fixture
def backup(demo: Engine, run: Run, data_dir: Path) -> BackupFile:
    run("backup")
    (made,) = list_backups(data_dir / "backups")
    return made


def test_backup_says_where_it_is(demo: Engine, run: Run, data_dir: Path) -> None:
    code, out, err = run("--lang", "en", "backup")

    (made,) = list_backups(data_dir / "backups")
    assert (code, out, err) == (0, f"Backed up and checked: {made.path}\n", "")


def test_backup_into_a_folder_of_ones_own(demo: Engine, run: Run, tmp_path: Path) -> None:
    assert run("backup", "-o", str(tmp_path / "stick"))[0] == 0
    assert [one.label for one in list_backups(tmp_path / "stick")] == ["by-hand"]


def test_restore_asks_and_without_a_terminal_does_nothing(backup: BackupFile, run: Run, data_dir: Path) -> None:
    code, _out, err = run("--lang", "en", "restore", str(backup.path))

    assert (code, err) == (1, "Nothing was restored. Say --yes to go back to this backup without being asked.\n")
    assert not list(data_dir.glob("replaced-*"))


def test_restore_says_what_is_in_it_and_where_the_old_data_are(backup: BackupFile, run: Run, data_dir: Path) -> None:
    code, out, err = run("--lang", "en", "restore", str(backup.path), "--yes")

    (kept,) = data_dir.glob("replaced-*")
    told = out.splitlines()
    assert (code, err) == (0, "")
    assert told[1] == "In it: 1 plans, 48 activities, 67 ledger entries, 0 files."
    assert told[3] == f"What was there before is kept in {kept}."


def test_restored_data_verify(backup: BackupFile, run: Run) -> None:
    run("restore", str(backup.path), "--yes")

    assert run("verify")[0] == 0


def test_restore_without_the_key_says_so(backup: BackupFile, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("UNIONBOARD_KEY_FILE", str(tmp_path / "lost.key"))

    code, _out, err = run("--lang", "en", "restore", str(backup.path), "--yes")

    assert (code, err) == (0, f"The key to the names in it is not here: they read ******. Put its copy at {tmp_path / 'lost.key'}.\n")


@pytest.mark.parametrize("wrong", ["nowhere.zip", "a folder"])
def test_restore_of_what_is_not_there_is_refused(wrong: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "a folder").mkdir()

    code, out, err = run("--lang", "en", "restore", str(tmp_path / wrong), "--yes")

    assert (code, out, err) == (1, "", f"There is no file “{tmp_path / wrong}”. Check the path and the name.\n")


def test_import_is_preceded_by_a_backup(demo: Engine, run: Run, data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("2027年工会工作计划\n一、文体活动\n3月：举行趣味运动会。\n", encoding="utf-8")

    assert run("import", str(tmp_path / "plan.txt"), "--year", "2027")[0] == 0

    assert [one.label for one in list_backups(data_dir / "backups")] == ["before-adopt"]


def test_dry_run_of_an_import_makes_none(demo: Engine, run: Run, data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "book.csv").write_text("日期,摘要,收入,支出\n2026-11-05,会费收入,500,\n", encoding="utf-8")

    run("import-ledger", str(tmp_path / "book.csv"), "--year", "2026", "--dry-run")

    assert not (data_dir / "backups").exists()
