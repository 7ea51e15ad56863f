"""Files that prove a check-off."""

import hashlib
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from tests.makers import NOW, make_activity, make_plan
from unionboard.config import UPLOAD_LIMIT_MB
from unionboard.errors import EvidenceEmpty, EvidenceFormatRefused, EvidenceTooLarge
from unionboard.models import Evidence, EvidenceKind
from unionboard.services import checkoffs
from unionboard.services.evidence import find_file, store_evidence

CONTENT = b"%PDF-1.7 sign-in sheet"


@pytest.fixture
def check_off_id(session: Session) -> int:
    activity = make_activity(session, make_plan(session))
    row = checkoffs.check_off(session, activity.id or 0, done_on=date(2026, 5, 8), today=date(2026, 5, 8), who="chair", now_utc=NOW)
    return row.id or 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "evidence"


def store(session: Session, check_off_id: int, folder: Path, *, name: str = "签到表.pdf", content: bytes = CONTENT) -> Evidence:
    return store_evidence(
        session, check_off_id, kind=EvidenceKind.SIGN_IN, name=name, content=content, folder=folder, who="chair", now_utc=NOW
    )


def test_file_is_kept_under_the_name_of_its_content(session: Session, check_off_id: int, folder: Path) -> None:
    row = store(session, check_off_id, folder)

    digest = hashlib.sha256(CONTENT).hexdigest()
    assert (row.name, row.stored_name, row.size_bytes, row.sha256) == ("签到表.pdf", f"{digest}.pdf", len(CONTENT), digest)
    assert [path.name for path in folder.iterdir()] == [f"{digest}.pdf"]
    path = find_file(row, folder=folder)
    assert path is not None
    assert path.read_bytes() == CONTENT


def test_same_file_twice_is_stored_once(session: Session, check_off_id: int, folder: Path) -> None:
    store(session, check_off_id, folder)
    store(session, check_off_id, folder, name="again.pdf")

    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "C:\\secret\\passwd.pdf", "/srv/passwd.pdf"])
def test_path_in_a_name_is_cut_off(session: Session, check_off_id: int, folder: Path, name: str) -> None:
    assert store(session, check_off_id, folder, name=name).name == "passwd.pdf"
    assert [path.parent for path in folder.parent.rglob("*.pdf")] == [folder]


def test_program_is_refused(session: Session, check_off_id: int, folder: Path) -> None:
    with pytest.raises(EvidenceFormatRefused):
        store(session, check_off_id, folder, name="photo.jpg.exe")


def test_empty_file_is_refused(session: Session, check_off_id: int, folder: Path) -> None:
    with pytest.raises(EvidenceEmpty):
        store(session, check_off_id, folder, content=b"")


def test_file_over_the_limit_is_refused_and_not_written(session: Session, check_off_id: int, folder: Path) -> None:
    with pytest.raises(EvidenceTooLarge):
        store(session, check_off_id, folder, content=bytes(UPLOAD_LIMIT_MB * 1024 * 1024 + 1))

    assert not folder.exists()


def test_paper_in_a_folder_has_no_file_to_read(session: Session, check_off_id: int, folder: Path) -> None:
    row = checkoffs.add_evidence(session, check_off_id, kind=EvidenceKind.MINUTES, name="3号文件夹", who="chair", now_utc=NOW)

    assert find_file(row, folder=folder) is None
