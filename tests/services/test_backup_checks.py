"""A backup that is no longer what it was is found out, whatever was done to it."""

import hashlib
import json
import struct
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine

from tests.makers import NOW
from unionboard.services.backup_checks import BackupFault, check_backup
from unionboard.services.backups import make_backup
from unionboard.services.database_image import opening

pytestmark = pytest.mark.sqlite  # what stands in a backup of the file

DATABASE, EVIDENCE, MANIFEST = "unionboard.sqlite3", "evidence/a1.jpg", "manifest.json"
Spoil = Callable[[dict[str, bytes]], None]


@pytest.fixture
def good(demo: Engine, data_dir: Path) -> Path:
    (data_dir / "evidence").mkdir()
    (data_dir / "evidence" / "a1.jpg").write_bytes(b"\xff\xd8\xff a picture")
    return make_backup(demo, folder=data_dir / "backups", label="daily", now_utc=NOW).path


def rewrite(path: Path, spoil: Spoil) -> Path:
    """The same .zip with other contents: whoever does that knows how to make a .zip."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    spoil(parts)
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def places_in_contents(path: Path) -> list[int]:
    """Places in what the .zip holds of its files, all through each of them: what stands around them (when packed, by what) may vary."""
    with ZipFile(path) as archive, path.open("rb") as file:
        places = []
        for part in archive.infolist():
            file.seek(part.header_offset + 26)
            name_length, extra_length = struct.unpack("<HH", file.read(4))
            begin = part.header_offset + 30 + name_length + extra_length
            places += [begin + part.compress_size * share // 8 for share in range(8)]
    return places


def edit(parts: dict[str, bytes], statement: str) -> bytes:
    with opening(parts[DATABASE]) as image:
        image.execute(statement)
        return image.serialize()


def drop_evidence(parts: dict[str, bytes]) -> None:
    del parts[EVIDENCE]


def add_file(parts: dict[str, bytes]) -> None:
    parts["evidence/extra.jpg"] = b"extra"


def change_evidence(parts: dict[str, bytes]) -> None:
    parts[EVIDENCE] = parts[EVIDENCE].upper()


def lead_outside(parts: dict[str, bytes]) -> None:
    parts["../evil.jpg"] = parts.pop(EVIDENCE)
    parts[MANIFEST] = parts[MANIFEST].replace(b"evidence/a1.jpg", b"../evil.jpg")


def come_from_tomorrow(parts: dict[str, bytes]) -> None:
    parts[MANIFEST] = parts[MANIFEST].replace(b'"format": 1', b'"format": 2')


def forget_manifest(parts: dict[str, bytes]) -> None:
    del parts[MANIFEST]


SPOILT: dict[str, tuple[Spoil, BackupFault]] = {
    "a file taken out": (drop_evidence, BackupFault.FILES_DIFFER),
    "a file put in": (add_file, BackupFault.FILES_DIFFER),
    "a file changed": (change_evidence, BackupFault.FILE_CHANGED),
    "a path that leads outside": (lead_outside, BackupFault.UNREADABLE),
    "no list": (forget_manifest, BackupFault.UNREADABLE),
    "a later format": (come_from_tomorrow, BackupFault.TOO_NEW),
}


def test_backup_as_it_was_made_is_in_order(good: Path) -> None:
    assert check_backup(good).ok


@pytest.mark.parametrize("what", SPOILT)
def test_backup_is_found_out_that_has(what: str, good: Path) -> None:
    spoil, fault = SPOILT[what]

    assert check_backup(rewrite(good, spoil)).faults == (fault,)


@pytest.mark.parametrize("kept", [0, 10, 2000, -1])
def test_backup_that_is_cut_off_is_found_out(kept: int, good: Path) -> None:
    good.write_bytes(good.read_bytes()[:kept])

    assert check_backup(good).faults == (BackupFault.UNREADABLE,)


def test_one_changed_byte_anywhere_in_the_contents_is_found_out(good: Path) -> None:
    content = good.read_bytes()
    for at in places_in_contents(good):
        spoilt = bytearray(content)
        spoilt[at] ^= 0x20
        good.write_bytes(spoilt)

        assert not check_backup(good).ok, at


def correct_list(parts: dict[str, bytes], database: bytes) -> None:
    """Another database, and the list corrected to it."""
    told = json.loads(parts[MANIFEST])
    told["files"][DATABASE] = {"sha256": hashlib.sha256(database).hexdigest(), "size": len(database)}
    parts[DATABASE], parts[MANIFEST] = database, json.dumps(told).encode()


def with_matching_list(path: Path, statement: str) -> Path:
    """Somebody edits the database in a backup and corrects the checksum in the list, too."""
    return rewrite(path, lambda parts: correct_list(parts, edit(parts, statement)))


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("DELETE FROM attendance", BackupFault.ROWS_DIFFER),
        ("DELETE FROM section WHERE id = 1", BackupFault.DATABASE_DAMAGED),
        ("UPDATE alembic_version SET version_num = '0001'", BackupFault.ROWS_DIFFER),
        ("UPDATE evidence SET stored_name = 'elsewhere.jpg' WHERE id = 1", BackupFault.FILE_UNNAMED),
    ],
)
def test_database_edited_together_with_the_list_is_found_out(statement: str, fault: BackupFault, good: Path) -> None:
    assert fault in check_backup(with_matching_list(good, statement)).faults


def test_log_edited_together_with_the_list_is_found_out(good: Path) -> None:
    with_matching_list(good, "DROP TRIGGER change_no_update")

    assert check_backup(with_matching_list(good, "UPDATE change SET who = 'nobody' WHERE id = 5")).faults == (BackupFault.CHAIN_DIFFERS,)


def no_database(parts: dict[str, bytes]) -> None:
    correct_list(parts, b"no database" * 400)


def test_file_that_is_no_database_is_found_out(good: Path) -> None:
    assert check_backup(rewrite(good, no_database)).faults == (BackupFault.DATABASE_DAMAGED,)


def test_what_is_no_zip_is_found_out(tmp_path: Path) -> None:
    (tmp_path / "holiday.zip").write_text("a text")

    assert check_backup(tmp_path / "holiday.zip").faults == (BackupFault.UNREADABLE,)


def test_progress_goes_up_to_the_end(good: Path) -> None:
    told: list[float] = []

    check_backup(good, progress=told.append)

    assert told == sorted(told)
    assert told[-1] == 1.0
