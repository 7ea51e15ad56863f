"""A backup holds everything and no key, shows nobody's name, and gets its name only when it was checked."""

import json
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from alembic import command
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.makers import NOW, make_union
from unionboard import db, secrecy
from unionboard.errors.backups import BackupDamaged, BackupNotThere, BackupUnreadable, DataDamaged
from unionboard.errors.database import DatabaseBusy
from unionboard.errors.entries import CannotWrite
from unionboard.errors.permissions import NotYours
from unionboard.models import AccountRole, CareVisit, Change, Union
from unionboard.services import database_image
from unionboard.services.backup_checks import check_backup
from unionboard.services.backup_files import BackupFile, list_backups
from unionboard.services.backups import Sources, convert_old, keep_backup, make_backup, take_backup
from unionboard.services.chain_check import read_head
from unionboard.services.database_image import opening, session_on
from unionboard.services.guard import Actor
from unionboard.services.migrations import alembic_config

pytestmark = pytest.mark.sqlite  # what stands in a backup of the file, and how it is taken

PICTURE = b"\xff\xd8\xff not really a picture"


@pytest.fixture
def backups(data_dir: Path) -> Path:
    return data_dir / "backups"


def back_up(engine: Engine, folder: Path, label: str = "by-hand") -> BackupFile:
    return make_backup(engine, folder=folder, label=label, now_utc=NOW)


def read_inside(backup: BackupFile, name: str) -> bytes:
    with ZipFile(backup.path) as archive:
        return archive.read(name)


def keep_file(folder: Path, name: str, content: bytes = PICTURE) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    return folder / name


def test_backup_holds_what_was_committed_with_evidence_and_forms_and_never_the_key(engine: Engine, data_dir: Path, backups: Path) -> None:
    with db.writing() as session:
        make_union(session)
    keep_file(data_dir / "evidence", "a1.jpg")
    keep_file(data_dir / "forms", "b2.docx")
    keep_file(data_dir, "unionboard.key", b"a key")

    backup = back_up(engine, backups)

    with ZipFile(backup.path) as archive:
        assert sorted(archive.namelist()) == ["evidence/a1.jpg", "forms/b2.docx", "manifest.json", "unionboard.sqlite3"]
    assert read_inside(backup, "evidence/a1.jpg") == PICTURE
    with opening(read_inside(backup, "unionboard.sqlite3")) as image, session_on(image) as session:
        assert [union.name for union in session.exec(select(Union))] == ["青松小学工会"]


def test_manifest_says_what_is_in_it(demo: Engine, backups: Path) -> None:
    backup = back_up(demo, backups)

    told = json.loads(read_inside(backup, "manifest.json"))
    with db.reading() as session:
        head = read_head(session)
    assert (told["format"], told["label"], told["created_at_utc"]) == (1, "by-hand", NOW.isoformat())
    assert told["chain"] == {"id": head.id, "sha256": head.sha256}
    assert (told["rows"]["activity"], told["key_id"], told["faults"]) == (48, secrecy.key_id(), [])
    assert backup.name == "unionboard-20261121-020000-000000-by-hand.zip"


def test_backup_is_readable_by_its_owner_alone(engine: Engine, backups: Path) -> None:
    assert back_up(engine, backups).path.stat().st_mode & 0o777 == 0o600


def test_backup_can_be_made_while_somebody_writes(engine: Engine, backups: Path) -> None:
    with db.writing() as session:
        make_union(session)

        backup = back_up(engine, backups)

    assert backup.manifest.rows["union"] == 0


def test_database_that_somebody_keeps_locked_is_given_up_after_a_while(
    impatient: None, engine: Engine, data_dir: Path, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_image, "PATIENCE_S", 0.0)
    with db.reading() as session:
        session.exec(select(Union)).all()
    with closing(sqlite3.connect(data_dir / "unionboard.sqlite3", isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")

        with pytest.raises(DatabaseBusy):
            back_up(engine, backups)

    assert not backups.exists()


def test_what_is_just_being_written_small_pictures_and_links_are_left_out(engine: Engine, data_dir: Path, backups: Path) -> None:
    evidence = data_dir / "evidence"
    keep_file(evidence, ".writing-xyz")
    keep_file(evidence / "thumbs", "a1.jpg")
    (evidence / "link.jpg").symlink_to("/etc/hostname")

    assert set(back_up(engine, backups).manifest.files) == {"unionboard.sqlite3"}


def test_file_that_the_data_name_and_that_is_lost_is_told_and_stops_nothing(demo: Engine, backups: Path) -> None:
    with db.writing() as session:
        session.connection().exec_driver_sql("UPDATE evidence SET stored_name = 'lost.jpg' WHERE id = 1")

    backup = back_up(demo, backups)

    assert backup.manifest.missing == ("evidence/lost.jpg",)
    assert check_backup(backup.path).ok


def test_paper_that_is_stored_while_the_rows_are_copied_is_in_it(engine: Engine, data_dir: Path, backups: Path) -> None:
    with ThreadPoolExecutor(1) as pool, closing(sqlite3.connect(data_dir / "unionboard.sqlite3", isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        made = pool.submit(back_up, engine, backups)
        time.sleep(0.2)  # it waits for the rows by now
        keep_file(data_dir / "evidence", "a1.jpg")
        writer.execute("ROLLBACK")

        assert "evidence/a1.jpg" in made.result().manifest.files


class TakenAway(Sources):
    """One of the files goes after the folder was looked through."""

    def list_files(self) -> Iterator[tuple[str, Path]]:
        yield from super().list_files()
        yield "evidence/gone.jpg", self.evidence / "gone.jpg"


def test_file_that_is_taken_away_meanwhile_stops_nothing(engine: Engine, data_dir: Path, backups: Path) -> None:
    keep_file(data_dir / "evidence", "a1.jpg")

    backup = make_backup(engine, folder=backups, label="daily", now_utc=NOW, sources=TakenAway(data_dir / "evidence", data_dir / "forms"))

    assert set(backup.manifest.files) == {"unionboard.sqlite3", "evidence/a1.jpg"}
    assert backup.manifest.missing == ("evidence/gone.jpg",)


def test_damaged_database_is_not_backed_up(demo: Engine, data_dir: Path, backups: Path) -> None:
    with closing(sqlite3.connect(data_dir / "unionboard.sqlite3")) as connection, connection:
        connection.execute("DELETE FROM section WHERE id = 1")  # activities refer to it

    with pytest.raises(DataDamaged):
        back_up(demo, backups)

    assert not backups.exists()


def test_file_that_is_no_database_is_not_backed_up(data_dir: Path, backups: Path) -> None:
    (data_dir / "unionboard.sqlite3").write_bytes(b"no database at all" * 400)

    with pytest.raises(DataDamaged):
        back_up(db.open_engine(f"sqlite:///{data_dir}/unionboard.sqlite3"), backups)


def test_backup_of_a_log_that_was_changed_is_made_but_never_counts_as_good(demo: Engine, data_dir: Path, backups: Path) -> None:
    with closing(sqlite3.connect(data_dir / "unionboard.sqlite3")) as connection, connection:
        connection.execute("DROP TRIGGER change_no_update")
        connection.execute("UPDATE change SET who = 'nobody' WHERE id = 5")

    backup = back_up(demo, backups)

    assert (backup.is_good, backup.manifest.faults) == (False, ("chain_broken",))
    assert check_backup(backup.path).ok


def test_folder_that_cannot_be_made_is_refused(engine: Engine, backups: Path) -> None:
    backups.write_text("a file where the folder should be")

    with pytest.raises(CannotWrite):
        back_up(engine, backups)


# --- names -------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def old_data(demo: Engine, data_dir: Path) -> Engine:
    """The demo year as the program before accounts kept it: names open."""
    command.downgrade(alembic_config(demo), "0005")
    with demo.begin() as connection:
        connection.exec_driver_sql("UPDATE care_visit SET recipient = '方小满' WHERE id = 1")
    return demo


def test_names_in_data_of_an_older_program_are_sealed_in_the_copy(old_data: Engine, backups: Path) -> None:
    backup = back_up(old_data, backups)

    content = read_inside(backup, "unionboard.sqlite3")
    assert backup.manifest.revision == "0005"
    assert "方小满".encode() not in content
    with opening(content) as image:
        (stored,) = image.execute("SELECT recipient FROM care_visit WHERE id = 1").fetchone()
    assert secrecy.unseal(stored) == "方小满"


def test_private_paper_of_an_older_program_is_sealed_in_the_copy(old_data: Engine, data_dir: Path, backups: Path) -> None:
    keep_file(data_dir / "evidence", "list.jpg", "名单：方小满".encode())
    with old_data.begin() as connection:
        connection.exec_driver_sql("UPDATE fund_paper SET stored_name = 'list.jpg', is_private = 1 WHERE id = 1")

    inside = read_inside(back_up(old_data, backups), "evidence/list.jpg")

    assert "方小满".encode() not in inside
    assert secrecy.unseal_bytes(inside) == "名单：方小满".encode()


def test_copies_of_older_programs_become_sealed_zips_and_go(old_data: Engine, data_dir: Path, backups: Path) -> None:
    backups.mkdir()
    old = backups / "unionboard-20260301-080000-000000-before-0004.sqlite3"
    with closing(old_data.raw_connection()) as connection:
        connection.cursor().execute("VACUUM INTO ?", (str(old),))
    (backups / "unionboard-20260302-080000-000000-by-hand.sqlite3").write_bytes(b"half a copy")

    assert convert_old(backups) == (old.name,)

    (backup,) = list_backups(backups)
    assert (backup.name, backup.label) == ("unionboard-20260301-080000-000000-before-0004.zip", "before-0004")
    assert check_backup(backup.path).ok
    assert sorted(path.suffix for path in backups.iterdir()) == [".sqlite3", ".zip"]  # what cannot be read stays


# --- taken along and put back ------------------------------------------------------------------------------------------------


def test_backup_that_is_taken_along_is_written_down(demo: Engine, backups: Path) -> None:
    backup = back_up(demo, backups)

    with db.writing() as session:
        content = take_backup(session, backup, who="chair", now_utc=NOW)
        last = session.exec(select(Change).order_by(Change.id.desc())).first()  # type: ignore[union-attr]

    assert content == backup.path.read_bytes()
    assert last is not None
    assert (last.noun, last.after) == ("export", {"what": "backup", "names": False})


def test_backup_that_is_gone_cannot_be_taken_along(demo: Engine, session: Session, backups: Path) -> None:
    backup = back_up(demo, backups)
    backup.path.unlink()

    with pytest.raises(BackupNotThere):
        take_backup(session, backup, who="chair", now_utc=NOW)


def test_backup_from_elsewhere_joins_the_others_under_its_own_name(demo: Engine, data_dir: Path, backups: Path) -> None:
    content = back_up(demo, data_dir / "stick").path.read_bytes()

    kept = keep_backup(BytesIO(content), "renamed by somebody.zip", now_utc=NOW, actor=None)

    assert kept.path == backups / "unionboard-20261121-020000-000000-by-hand.zip"
    assert kept.path.read_bytes() == content


def test_half_a_backup_does_not_join_the_others(demo: Engine, data_dir: Path, backups: Path) -> None:
    content = back_up(demo, data_dir / "stick").path.read_bytes()

    with pytest.raises(BackupUnreadable):
        keep_backup(BytesIO(content[:2000]), "backup.zip", now_utc=NOW, actor=None)

    assert list(backups.iterdir()) == []


def test_backup_with_a_changed_file_does_not_join_the_others(demo: Engine, data_dir: Path, backups: Path) -> None:
    keep_file(data_dir / "evidence", "a1.jpg")
    content = back_up(demo, data_dir / "stick").path.read_bytes()

    with pytest.raises((BackupDamaged, BackupUnreadable)):
        keep_backup(BytesIO(content.replace(PICTURE, PICTURE.upper())), "backup.zip", now_utc=NOW, actor=None)

    assert list(backups.iterdir()) == []


def test_only_whoever_may_restore_puts_backups_among_the_others(data_dir: Path) -> None:
    treasurer = Actor(name="罗文静", roles=frozenset({AccountRole.TREASURER}))

    with pytest.raises(NotYours):
        keep_backup(BytesIO(b""), "backup.zip", now_utc=NOW, actor=treasurer)


def test_care_visits_stay_readable_after_all_that(old_data: Engine, backups: Path) -> None:
    back_up(old_data, backups)
    command.upgrade(alembic_config(old_data), "head")

    with db.reading() as session:
        visit = session.get(CareVisit, 1)
    assert visit is not None
    assert visit.recipient == "方小满"
