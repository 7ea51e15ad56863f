"""Papers and files that prove a check-off: kept once, taken away, put back."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlmodel import Session, col, select

from tests.makers import NOW, make_activity, make_plan
from tests.photos import make_photo
from unionboard.config import UPLOAD_LIMIT_MB
from unionboard.errors.checkoffs import CheckOffTakenBack
from unionboard.errors.evidence import EvidenceEmpty, EvidenceTooLarge, NoSuchEvidence, PaperUntold
from unionboard.models import Change, Evidence, EvidenceKind
from unionboard.services import activities, checkoffs, differences, evidence
from unionboard.services.evidence import StoredFile, keep_file
from unionboard.services.sealing import THUMBS

CONTENT = b"%PDF-1.7 sign-in sheet"
TODAY = date(2026, 5, 8)
STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}


@pytest.fixture
def check_off_id(session: Session) -> int:
    activity = make_activity(session, make_plan(session))
    row = checkoffs.check_off(session, activity.id or 0, done_on=TODAY, today=TODAY, **STAMP)
    return row.id or 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "evidence"


def add(session: Session, check_off_id: int, folder: Path, *, name: str = "签到表.pdf", content: bytes = CONTENT) -> Evidence:
    return evidence.add_file(session, check_off_id, keep_file(content, name, folder=folder), kind=None, **STAMP)


def files_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def count_papers(session: Session) -> int:
    (view,) = activities.list_activities(session, 1, today=TODAY)
    return view.records[0].evidence_count


def test_file_is_kept_under_the_name_of_its_content(session: Session, check_off_id: int, folder: Path) -> None:
    row = add(session, check_off_id, folder)

    digest = hashlib.sha256(CONTENT).hexdigest()
    assert (row.name, row.stored_name, row.size_bytes, row.sha256) == ("签到表.pdf", f"{digest}.pdf", len(CONTENT), digest)
    assert (row.media_type, row.kind) == ("application/pdf", EvidenceKind.SIGN_IN)
    assert files_in(folder) == [f"{digest}.pdf"]
    path = evidence.find_file(row, folder=folder)
    assert path is not None
    assert path.read_bytes() == CONTENT


def test_same_content_is_stored_once_for_two_check_offs(session: Session, check_off_id: int, folder: Path) -> None:
    other = make_activity(session, make_plan(session, year=2025), title="趣味运动会")
    second = checkoffs.check_off(session, other.id or 0, done_on=TODAY, today=TODAY, **STAMP)

    rows = [add(session, id_, folder, name=name) for id_, name in ((check_off_id, "签到表.pdf"), (second.id or 0, "again.pdf"))]

    assert len(files_in(folder)) == 1
    assert [row.name for row in rows] == ["签到表.pdf", "again.pdf"]


def test_same_content_given_again_to_a_check_off_is_one_paper(session: Session, check_off_id: int, folder: Path) -> None:
    first = add(session, check_off_id, folder)
    again = add(session, check_off_id, folder, name="again.pdf")

    assert (again.id, again.name, count_papers(session)) == (first.id, "签到表.pdf", 1)


def test_removed_file_given_again_comes_back(session: Session, check_off_id: int, folder: Path) -> None:
    row = add(session, check_off_id, folder)
    evidence.remove_evidence(session, row.id or 0, **STAMP)

    again = add(session, check_off_id, folder)

    assert (again.id, again.removed_at_utc) == (row.id, None)


def test_photo_is_kept_without_its_place_and_with_a_small_picture_beside_it(session: Session, check_off_id: int, folder: Path) -> None:
    content = make_photo(size=(800, 600))

    file = keep_file(content, "合影.jpg", folder=folder)

    kept = (folder / file.stored_name).read_bytes()
    assert file.lost_position
    assert file.sha256 == hashlib.sha256(kept).hexdigest() != hashlib.sha256(content).hexdigest()
    assert files_in(folder) == [f"{file.sha256}.jpg", f"{THUMBS}/{file.sha256}.jpg"]
    with Image.open(folder / THUMBS / f"{file.sha256}.jpg") as small:
        assert small.size == (270, 360)


def test_photo_that_says_no_place_loses_none(folder: Path) -> None:
    assert not keep_file(make_photo(position=False), "合影.jpg", folder=folder).lost_position


def test_small_picture_that_is_missing_is_made_again(session: Session, check_off_id: int, folder: Path) -> None:
    row = add(session, check_off_id, folder, name="合影.jpg", content=make_photo())
    thumb = folder / THUMBS / f"{row.sha256}.jpg"
    first = thumb.read_bytes()
    thumb.unlink()

    assert evidence.read_thumb(row, folder=folder) == first == thumb.read_bytes()


def test_paper_that_is_no_picture_has_no_small_one(session: Session, check_off_id: int, folder: Path) -> None:
    row = add(session, check_off_id, folder)

    assert (evidence.read_thumb(row, folder=folder), evidence.read_preview(row, folder=folder)) == (None, None)


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "C:\\secret\\passwd.pdf", "/srv/passwd.pdf"])
def test_path_in_a_name_is_cut_off(folder: Path, name: str) -> None:
    file = keep_file(CONTENT, name, folder=folder)

    assert file.name == "passwd.pdf"
    assert files_in(folder) == [file.stored_name]


def test_empty_file_is_refused(folder: Path) -> None:
    with pytest.raises(EvidenceEmpty):
        keep_file(b"", "签到表.pdf", folder=folder)


def test_file_over_the_limit_is_refused_and_not_written(folder: Path) -> None:
    with pytest.raises(EvidenceTooLarge):
        keep_file(bytes(UPLOAD_LIMIT_MB * 1024 * 1024 + 1), "签到表.pdf", folder=folder)

    assert not folder.exists()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("运动会签到表.pdf", EvidenceKind.SIGN_IN),
        ("活动通知.docx", EvidenceKind.NOTICE),
        ("电子发票.pdf", EvidenceKind.INVOICE),
        ("活动方案.docx", EvidenceKind.PLAN),
        ("会议记录.docx", EvidenceKind.MINUTES),
        ("简报第三期.pdf", EvidenceKind.BULLETIN),
        ("IMG_0042.jpg", EvidenceKind.PHOTO),
        ("其他.docx", EvidenceKind.OTHER),
    ],
)
def test_kind_is_guessed_from_the_name(name: str, kind: EvidenceKind) -> None:
    media_type = "image/jpeg" if name.endswith(".jpg") else "application/pdf"

    assert evidence.guess_kind(StoredFile(name, "", media_type, 1, "", lost_position=False)) is kind


def test_paper_seen_counts_and_has_no_file(session: Session, check_off_id: int, folder: Path) -> None:
    row = evidence.note_paper(session, check_off_id, kind=EvidenceKind.MINUTES, place=" 3号文件夹 ", seen_by="何敏", **STAMP)

    assert (row.place, row.seen_by, row.stored_name) == ("3号文件夹", "何敏", "")
    assert count_papers(session) == 1
    assert evidence.find_file(row, folder=folder) is None


def test_paper_of_which_nothing_is_said_is_refused(session: Session, check_off_id: int) -> None:
    with pytest.raises(PaperUntold):
        evidence.note_paper(session, check_off_id, kind=EvidenceKind.MINUTES, place=" ", **STAMP)


def test_removed_paper_counts_nowhere_and_keeps_its_file(session: Session, check_off_id: int, folder: Path) -> None:
    row = add(session, check_off_id, folder)
    evidence.remove_evidence(session, row.id or 0, **STAMP)

    assert count_papers(session) == 0
    assert differences.count_records(session, 1) == {1: 1}  # the check-off alone
    assert evidence.list_evidence(session, [check_off_id]) == []
    assert evidence.list_evidence(session, [check_off_id], with_removed=True) == [row]
    assert files_in(folder) == [row.stored_name]


def test_removed_paper_is_put_back_with_both_in_the_history(session: Session, check_off_id: int, folder: Path) -> None:
    row = add(session, check_off_id, folder)
    evidence.remove_evidence(session, row.id or 0, **STAMP)
    evidence.put_back_evidence(session, row.id or 0, **STAMP)

    assert count_papers(session) == 1
    changes = session.exec(select(Change).where(Change.noun == "evidence").order_by(col(Change.id))).all()
    assert [change.action for change in changes] == ["create", "remove", "restore"]


def test_kind_is_corrected(session: Session, check_off_id: int, folder: Path) -> None:
    row = add(session, check_off_id, folder)

    evidence.set_kind(session, row.id or 0, kind=EvidenceKind.MINUTES, **STAMP)

    assert evidence.list_evidence(session, [check_off_id])[0].kind is EvidenceKind.MINUTES


def test_paper_that_is_not_on_record_is_refused(session: Session, check_off_id: int) -> None:
    with pytest.raises(NoSuchEvidence):
        evidence.remove_evidence(session, 99, **STAMP)


@pytest.mark.parametrize(("area", "area_2", "on_paper"), [("CARE", None, True), ("CULT", "CARE", True), ("CULT", None, False)])
def test_papers_of_care_stay_on_paper(session: Session, area: str, area_2: str | None, on_paper: bool) -> None:
    activity = make_activity(session, make_plan(session), area=area, area_2=area_2)

    assert evidence.stays_on_paper(activities.find_activity(session, activity.id or 0, today=TODAY)) is on_paper


def test_papers_of_a_check_off_taken_back_meanwhile_are_refused(session: Session, check_off_id: int, folder: Path) -> None:
    checkoffs.undo_check_off(session, 1, **STAMP)

    with pytest.raises(CheckOffTakenBack):
        add(session, check_off_id, folder)
