"""Going back to a backup: the year is the same, the present data are kept, whatever state they were in."""

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from tests.makers import NOW, make_account
from unionboard import db, secrecy
from unionboard.config import read_config
from unionboard.errors.backups import BackupDamaged, BackupTooNew, BackupUnreadable, DataInUse, KeyNotFitting, NotForServer
from unionboard.errors.permissions import NotYours
from unionboard.models import AccountRole, CareVisit, Change, Member, SignIn
from unionboard.models.changelog import ChangeAction
from unionboard.services import condition, data_swap
from unionboard.services.account_list import list_accounts
from unionboard.services.backup_files import BackupFile, list_backups
from unionboard.services.backups import make_backup
from unionboard.services.changes import record_change, update_row
from unionboard.services.data_swap import finish_swap, sweep
from unionboard.services.guard import Actor
from unionboard.services.migrations import alembic_config, stored_revision
from unionboard.services.restoring import Restored, restore_backup, try_restore
from unionboard.services.verification import verify_data

pytestmark = pytest.mark.sqlite  # a database on a server is restored by its keeper

LATER = NOW + timedelta(hours=1)
PICTURE = b"\xff\xd8\xff a picture"


@pytest.fixture
def backup(demo: Engine, data_dir: Path) -> BackupFile:
    """The demo year with a picture beside it."""
    (data_dir / "evidence").mkdir()
    (data_dir / "evidence" / "a1.jpg").write_bytes(PICTURE)
    return make_backup(demo, folder=data_dir / "backups", label="daily", now_utc=NOW)


def go_back(backup: BackupFile, **options: object) -> Restored:
    return restore_backup(backup.path, who="chair", now_utc=LATER, **{"actor": None, **options})  # type: ignore[arg-type]


def store(path: Path, *, minutes_ago: int) -> None:
    path.write_bytes(b"added later")
    moment = time.time() - minutes_ago * 60
    os.utime(path, (moment, moment))


def add_member(name: str = "方小满") -> None:
    with db.writing() as session:
        member = Member(name=name, duty="委员")
        session.add(member)
        record_change(session, member, action=ChangeAction.CREATE, who="chair", now_utc=NOW)


def member_names() -> list[str]:
    with db.reading() as session:
        return list(session.exec(select(Member.name).order_by(col(Member.id))))


def read_year(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the log, as it is stored."""
    with closing(sqlite3.connect(file)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in names if name != "change"}


def faults() -> list[str]:
    config = read_config()
    with db.reading() as session:
        report = verify_data(
            session, evidence_folder=config.evidence_dir, form_folder=config.form_dir, backup_folders=[config.backup_dir], now_utc=LATER
        )
    return [fault.code for fault in report.faults]


def test_data_are_those_of_the_backup_and_what_was_there_is_kept(backup: BackupFile, data_dir: Path) -> None:
    before = member_names()
    add_member()
    (data_dir / "evidence" / "a1.jpg").unlink()
    store(data_dir / "evidence" / "b2.jpg", minutes_ago=60)

    done = go_back(backup)

    assert member_names() == before
    assert [path.name for path in (data_dir / "evidence").iterdir()] == ["a1.jpg"]
    assert (data_dir / "evidence" / "a1.jpg").read_bytes() == PICTURE
    assert done.kept_in == data_dir / "replaced-20261121-030000"
    assert sorted(path.name for path in done.kept_in.iterdir()) == ["evidence", "unionboard.sqlite3"]
    assert (done.kept_in / "evidence" / "b2.jpg").read_bytes() == b"added later"
    with closing(sqlite3.connect(done.kept_in / "unionboard.sqlite3")) as kept:
        assert kept.execute("SELECT count(*) FROM member WHERE name = '方小满'").fetchone() == (1,)


def test_empty_folder_shows_the_same_year(backup: BackupFile, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONBOARD_DATA_DIR", str(tmp_path / "elsewhere"))

    done = go_back(backup)

    assert (done.kept_in, done.names_readable) == (None, True)
    there, here = read_year(tmp_path / "elsewhere" / "unionboard.sqlite3"), read_year(data_dir / "unionboard.sqlite3")
    assert there.pop("safekeeping") != here.pop("safekeeping")  # it says that it was restored
    assert there == here
    assert (tmp_path / "elsewhere" / "evidence" / "a1.jpg").read_bytes() == PICTURE
    assert faults() == []


def test_log_says_who_went_back_to_what_and_the_check_finds_nothing_wrong(backup: BackupFile) -> None:
    add_member()
    newer = make_backup(db.current_engine(), folder=backup.path.parent, label="by-hand", now_utc=NOW + timedelta(minutes=5))
    add_member("江一帆")

    go_back(backup)

    with db.reading() as session:
        last = session.exec(select(Change).order_by(col(Change.id).desc())).first()
    assert last is not None
    assert (last.who, last.action, last.noun, (last.after or {})["file"]) == ("chair", "restore", "backup", backup.name)
    assert newer.manifest.chain_id >= (last.id or 0)  # a head the log no longer has, and the check knows why
    assert faults() == []


def test_present_data_are_backed_up_first(backup: BackupFile) -> None:
    add_member()

    go_back(backup)

    labels = [one.label for one in list_backups(backup.path.parent)]
    assert labels == ["before-restore", "daily"]


def test_going_back_can_be_undone_and_the_check_finds_nothing_wrong(backup: BackupFile, data_dir: Path) -> None:
    add_member()
    go_back(backup)
    add_member("高远")
    undo = next(one for one in list_backups(data_dir / "backups") if one.label == "before-restore")

    restore_backup(undo.path, who="chair", now_utc=LATER + timedelta(minutes=5), actor=None)

    assert {"方小满", "高远"} & set(member_names()) == {"方小满"}
    assert faults() == []


def test_going_back_again_leaves_longer_logs_behind_and_that_is_no_fault(backup: BackupFile) -> None:
    for name in ("方小满", "高远", "苏晴"):
        add_member(name)
    go_back(backup)

    restore_backup(backup.path, who="chair", now_utc=LATER + timedelta(minutes=5), actor=None)

    assert faults() == []


def test_twice_in_a_second_keeps_both(backup: BackupFile, data_dir: Path) -> None:
    add_member()
    first = go_back(backup).kept_in
    add_member("江一帆")
    second = go_back(backup).kept_in

    assert first is not None
    assert second is not None
    assert (second.name, (first / "unionboard.sqlite3").is_file()) == ("replaced-20261121-030000-2", True)


@pytest.mark.parametrize("present", [b"", b"not a database" * 500, None])
def test_present_data_may_be_in_any_state(present: bytes | None, backup: BackupFile, data_dir: Path) -> None:
    file = data_dir / "unionboard.sqlite3"
    db.current_engine().dispose()
    if present is None:
        file.unlink()
    else:
        file.write_bytes(present)

    done = go_back(backup)

    assert len(member_names()) == backup.manifest.rows["member"]
    assert (done.kept_in is not None) is True  # evidence at least
    assert faults() == []


def test_old_journal_is_not_left_beside_the_new_database(backup: BackupFile, data_dir: Path) -> None:
    """SQLite would take it for the new one's own, and play it back into it."""
    db.current_engine().dispose()
    (data_dir / "unionboard.sqlite3").write_bytes(b"torn" * 1000)
    (data_dir / "unionboard.sqlite3-journal").write_bytes(b"left behind by a crash")

    go_back(backup)

    assert not (data_dir / "unionboard.sqlite3-journal").exists()
    assert faults() == []


def test_backup_of_an_older_program_is_brought_up_to_date(demo: Engine, data_dir: Path) -> None:
    with db.reading() as session:
        names = session.exec(select(CareVisit.recipient).order_by(col(CareVisit.id))).all()
    command.downgrade(alembic_config(demo), "0005")
    backup = make_backup(demo, folder=data_dir / "backups", label="before-0006", now_utc=NOW)

    go_back(backup)

    assert stored_revision(db.current_engine()) == "0008"
    with db.reading() as session:
        assert session.exec(select(CareVisit.recipient).order_by(col(CareVisit.id))).all() == names
    with closing(sqlite3.connect(data_dir / "unionboard.sqlite3")) as connection:
        stored = [told for (told,) in connection.execute("SELECT recipient FROM care_visit WHERE recipient <> ''")]
    assert all(told.startswith(secrecy.MARK) for told in stored)
    assert faults() == []


def test_whoever_was_signed_in_when_it_was_made_is_signed_in_no_more(demo: Engine, data_dir: Path) -> None:
    with db.writing() as session:
        account = make_account(session, AccountRole.CHAIR)
        row = SignIn(
            account_id=account.id or 0, token_sha256="ab", created_at_utc=NOW, expires_at_utc=NOW + timedelta(days=30), seen_at_utc=NOW
        )
        session.add(row)
    backup = make_backup(demo, folder=data_dir / "backups", label="daily", now_utc=NOW)

    go_back(backup)

    with db.reading() as session:
        assert session.exec(select(SignIn.ended_at_utc)).all() == [LATER]


def test_accounts_stay_what_they_are_now(demo: Engine, data_dir: Path) -> None:
    with db.writing() as session:
        for name, role in (("陈立群", AccountRole.CHAIR), ("何敏", AccountRole.CHAIR), ("罗文静", AccountRole.TREASURER)):
            account = make_account(session, role, name=name, password_hash="old")
            record_change(session, account, action=ChangeAction.CREATE, who="chair", now_utc=NOW)
    backup = make_backup(demo, folder=data_dir / "backups", label="daily", now_utc=NOW)
    with db.writing() as session:
        chair, other, treasurer = list_accounts(session)
        update_row(session, chair, version=1, who="chair", now_utc=NOW, password_hash="new")
        update_row(session, other, version=1, who="chair", now_utc=NOW, roles=[AccountRole.COMMITTEE.value])
        update_row(session, treasurer, version=1, who="chair", now_utc=NOW, is_active=False)
        account = make_account(session, AccountRole.AUDIT, name="方小满", password_hash="his")
        record_change(session, account, action=ChangeAction.CREATE, who="chair", now_utc=NOW)

    go_back(backup)

    with db.reading() as session:
        assert {row.name: (row.roles, row.password_hash, row.is_active) for row in list_accounts(session)} == {
            "陈立群": (["chair"], "new", True),
            "何敏": (["committee"], "old", True),
            "罗文静": (["treasurer"], "old", False),
            "方小满": (["audit"], "his", True),
        }
    assert faults() == []


def test_account_that_only_the_backup_knows_is_closed(demo: Engine, data_dir: Path) -> None:
    with db.writing() as session:
        account = make_account(session, AccountRole.CHAIR, name="外来人", password_hash="theirs")
        record_change(session, account, action=ChangeAction.CREATE, who="chair", now_utc=NOW)
    backup = make_backup(demo, folder=data_dir / "backups", label="daily", now_utc=NOW)
    with db.writing() as session:  # as if the backup came from elsewhere
        session.execute(text("UPDATE account SET name = '陈立群', name_key = '陈立群'"))

    go_back(backup)

    with db.reading() as session:
        assert {row.name: row.is_active for row in list_accounts(session)} == {"陈立群": True, "外来人": False}


def test_damaged_backup_is_refused_and_nothing_touched(backup: BackupFile, data_dir: Path) -> None:
    add_member()
    before = (data_dir / "unionboard.sqlite3").read_bytes()
    content = backup.path.read_bytes()
    at = content.index(PICTURE)
    backup.path.write_bytes(content[:at] + PICTURE.upper() + content[at + len(PICTURE) :])

    with pytest.raises((BackupDamaged, BackupUnreadable)):
        go_back(backup)

    assert (data_dir / "unionboard.sqlite3").read_bytes() == before
    assert sorted(path.name for path in data_dir.iterdir()) == ["backups", "evidence", "unionboard.sqlite3"]


def test_what_is_no_backup_is_refused(demo: Engine, data_dir: Path) -> None:
    (data_dir / "some.zip").write_text("no zip")

    with pytest.raises(BackupUnreadable):
        restore_backup(data_dir / "some.zip", who="chair", now_utc=LATER, actor=None)


@pytest.mark.parametrize(
    "rule",
    [
        "CREATE TRIGGER helper AFTER INSERT ON sign_in BEGIN UPDATE account SET password_hash = 'theirs'; END",
        "CREATE TRIGGER change_no_more BEFORE INSERT ON change BEGIN DELETE FROM member; SELECT RAISE(ABORT, 'change is append-only'); END",
        "CREATE VIEW members AS SELECT * FROM member",
    ],
)
def test_backup_that_would_do_something_by_itself_is_refused(demo: Engine, data_dir: Path, rule: str) -> None:
    with demo.begin() as connection:
        connection.exec_driver_sql(rule)
    backup = make_backup(demo, folder=data_dir / "backups", label="daily", now_utc=NOW)

    with pytest.raises(BackupDamaged):
        go_back(backup)


def test_backup_of_a_newer_program_is_refused(demo: Engine, data_dir: Path) -> None:
    with demo.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    backup = make_backup(demo, folder=data_dir / "backups", label="daily", now_utc=NOW)

    with pytest.raises(BackupTooNew):
        go_back(backup)


@pytest.mark.parametrize("role", [role for role in AccountRole if role is not AccountRole.CHAIR])
def test_only_the_chair_goes_back(role: AccountRole, backup: BackupFile) -> None:
    with pytest.raises(NotYours):
        go_back(backup, actor=Actor(name="罗文静", roles=frozenset({role})))


def test_data_on_a_server_are_not_ours_to_restore(backup: BackupFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONBOARD_DATABASE_URL", "postgresql+psycopg://nobody@localhost/nothing")

    with pytest.raises(NotForServer):
        go_back(backup)


# --- the key -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def other_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new computer: the data lie elsewhere, with another key."""
    monkeypatch.setenv("UNIONBOARD_DATA_DIR", str(tmp_path / "new"))
    monkeypatch.setenv("UNIONBOARD_KEY_FILE", str(tmp_path / "new" / "unionboard.key"))
    secrecy.create_key()
    return tmp_path / "new" / "unionboard.key"


def names_read() -> set[str]:
    with db.reading() as session:
        return set(session.exec(select(CareVisit.recipient).where(col(CareVisit.recipient) != "")))


def test_without_its_key_everything_but_the_names_is_there(backup: BackupFile, other_key: Path) -> None:
    assert go_back(backup).names_readable is False
    assert names_read() <= {secrecy.UNREADABLE}
    assert len(member_names()) == backup.manifest.rows["member"]


def test_with_its_key_the_names_are_there_and_the_other_key_is_kept(backup: BackupFile, key_file: Path, other_key: Path) -> None:
    replaced = other_key.read_bytes()

    done = go_back(backup, key_path=key_file)

    assert done.names_readable is True
    assert secrecy.UNREADABLE not in names_read()
    assert other_key.read_bytes() == key_file.read_bytes()
    assert other_key.stat().st_mode & 0o777 == 0o600
    assert done.kept_in is not None
    assert (done.kept_in / "unionboard.key").read_bytes() == replaced


def test_another_key_is_refused(backup: BackupFile, other_key: Path) -> None:
    with pytest.raises(KeyNotFitting):
        go_back(backup, key_path=other_key)


# --- while others work, and in the middle of it --------------------------------------------------------------------------------


def test_data_that_somebody_holds_are_not_replaced(backup: BackupFile, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_swap, "_LOCK_S", 0.05)
    with closing(sqlite3.connect(data_dir / "unionboard.sqlite3", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM member").fetchone()

        with pytest.raises(DataInUse):
            go_back(backup)

    assert not list(data_dir.glob(".restoring-*"))
    assert (data_dir / "unionboard.sqlite3").is_file()


class Stopped(BaseException):
    """As if the process had been killed: nothing of ours handles it."""


@pytest.mark.parametrize("stop_at", range(4))
def test_swap_that_was_killed_in_the_middle_is_carried_through_at_the_next_start(
    stop_at: int, backup: BackupFile, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_member()
    done = 0
    replace_path, rename_path = Path.replace, Path.rename

    def counted(act: Callable[[Path, str | Path], Path]) -> Callable[[Path, str | Path], Path]:
        def move(self: Path, target: str | Path) -> Path:
            nonlocal done
            if ".restoring-" in str(self) or "replaced-" in str(target):
                done += 1
                if done > stop_at:
                    raise Stopped
            return act(self, target)

        return move

    monkeypatch.setattr(Path, "replace", counted(replace_path))
    monkeypatch.setattr(Path, "rename", counted(rename_path))
    with pytest.raises(Stopped):
        go_back(backup)
    monkeypatch.undo()
    monkeypatch.setenv("UNIONBOARD_DATA_DIR", str(data_dir))
    db.engine_for.cache_clear()

    assert finish_swap(read_config()) is True
    assert finish_swap(read_config()) is False

    assert "方小满" not in member_names()
    assert (data_dir / "evidence" / "a1.jpg").read_bytes() == PICTURE
    assert not list(data_dir.glob(".restoring-*"))
    with closing(sqlite3.connect(data_dir / "replaced-20261121-030000" / "unionboard.sqlite3")) as kept:
        assert kept.execute("SELECT count(*) FROM member WHERE name = '方小满'").fetchone() == (1,)


@pytest.fixture
def half_done(backup: BackupFile, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database is that of the backup, and then the process that restored was killed."""
    with monkeypatch.context() as patch:
        patch.setattr(data_swap, "_carry_through", lambda _plan, _moves: (_ for _ in ()).throw(Stopped))
        with pytest.raises(Stopped):
            go_back(backup)
    assert (data_dir / "restoring.json").is_file()
    return data_dir


def test_program_that_runs_on_carries_a_killed_swap_through_at_the_next_page(half_done: Path) -> None:
    store(half_done / "evidence" / "b2.jpg", minutes_ago=0)

    assert condition.look().is_open

    assert not (half_done / "restoring.json").exists()
    assert sorted(path.name for path in (half_done / "evidence").iterdir()) == ["a1.jpg", "b2.jpg"]


def test_after_a_killed_swap_one_may_go_back_again(half_done: Path, backup: BackupFile) -> None:
    add_member()

    go_back(backup)

    assert "方小满" not in member_names()
    assert not (half_done / "restoring.json").exists()


def test_folder_that_was_made_anew_in_between_is_taken_in(half_done: Path) -> None:
    (half_done / "evidence").rename(half_done / "replaced-20261121-030000" / "evidence")
    (half_done / "evidence" / "small").mkdir(parents=True)
    for name in ("a1.jpg", "b2.jpg"):
        (half_done / "evidence" / name).write_bytes(PICTURE)

    finish_swap(read_config())

    assert sorted(path.name for path in (half_done / "evidence").iterdir()) == ["a1.jpg", "b2.jpg"]
    assert finish_swap(read_config()) is False


def test_file_that_was_stored_a_moment_before_is_there_for_the_row_that_follows(backup: BackupFile, data_dir: Path) -> None:
    store(data_dir / "evidence" / "b2.jpg", minutes_ago=1)

    go_back(backup)

    assert (data_dir / "evidence" / "b2.jpg").read_bytes() == b"added later"


def test_nobody_writes_into_the_new_data_before_all_is_in_place(
    backup: BackupFile, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = []
    carry_through = data_swap._carry_through

    def try_to_write(plan: Path, moves: Sequence[data_swap.Move]) -> None:
        with closing(sqlite3.connect(data_dir / "unionboard.sqlite3", timeout=0, isolation_level=None)) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                refused.append(str(error))
        carry_through(plan, moves)

    monkeypatch.setattr(data_swap, "_carry_through", try_to_write)
    go_back(backup)

    assert refused == ["database is locked"]


def test_key_may_lie_on_another_disk(
    backup: BackupFile, other_key: Path, key_file: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == data_dir.stat().st_dev:
        pytest.skip("there is no second disk here")
    with tempfile.TemporaryDirectory(dir=memory) as disk:
        elsewhere = Path(disk) / "union.key"
        elsewhere.write_bytes(other_key.read_bytes())
        monkeypatch.setenv("UNIONBOARD_KEY_FILE", str(elsewhere))

        done = go_back(backup, key_path=key_file)

        assert done.names_readable
        assert elsewhere.read_bytes() == key_file.read_bytes()
        assert elsewhere.stat().st_mode & 0o777 == 0o600
        kept = Path(disk) / "replaced-20261121-030000" / "union.key"
        assert kept.read_bytes() == other_key.read_bytes()
        assert sorted(path.name for path in Path(disk).iterdir()) == [kept.parent.name, "union.key"]


def test_disk_without_second_names_for_a_file_will_do(backup: BackupFile, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_old: object, _new: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    add_member()

    done = go_back(backup)

    assert "方小满" not in member_names()
    assert done.kept_in is not None
    assert (done.kept_in / "unionboard.sqlite3").is_file()


# --- the drill ---------------------------------------------------------------------------------------------------------------


def test_drill_changes_nothing(backup: BackupFile, data_dir: Path) -> None:
    add_member()
    before = read_year(data_dir / "unionboard.sqlite3")

    assert try_restore(backup.path, actor=None).ok

    assert read_year(data_dir / "unionboard.sqlite3") == before
    assert sorted(path.name for path in data_dir.iterdir()) == ["backups", "evidence", "unionboard.sqlite3"]


def test_drill_tells_of_a_damaged_backup(backup: BackupFile) -> None:
    backup.path.write_bytes(backup.path.read_bytes()[:3000])

    assert not try_restore(backup.path, actor=None).ok


def test_drill_is_for_whoever_makes_backups(backup: BackupFile) -> None:
    with pytest.raises(NotYours):
        try_restore(backup.path, actor=Actor(name="何敏", roles=frozenset({AccountRole.COMMITTEE})))


def test_restored_line_is_signed_by_whoever_did_it(backup: BackupFile) -> None:
    actor = Actor(name="陈立群", roles=frozenset({AccountRole.CHAIR}), origin="10.0.0.7", account_id=1)

    restore_backup(backup.path, who="陈立群", now_utc=LATER, actor=replace(actor))

    with db.reading() as session:
        last = session.exec(select(Change).order_by(col(Change.id).desc())).first()
    assert last is not None
    assert (last.who, last.origin) == ("陈立群", "10.0.0.7")


def test_session_of_before_reads_the_restored_data(backup: BackupFile, session: Session) -> None:
    add_member()
    go_back(backup)

    assert "方小满" not in session.exec(select(Member.name)).all()


def test_what_a_crash_left_behind_is_swept_away_after_a_day(data_dir: Path) -> None:
    old, new = data_dir / ".restoring-20261119-000000-000000", data_dir / ".restoring-20261121-000000-000000"
    for folder in (old, new):
        folder.mkdir()
        (folder / "unionboard.sqlite3").write_bytes(b"half unpacked")
    os.utime(old, (NOW.timestamp() - 100_000,) * 2)
    os.utime(new, (NOW.timestamp() - 100,) * 2)

    sweep(data_dir, now_utc=NOW)

    assert sorted(path.name for path in data_dir.iterdir()) == [new.name, "unionboard.sqlite3"]
