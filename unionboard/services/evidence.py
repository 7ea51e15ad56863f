"""Papers and photos that prove a check-off: files kept in one place under the name of their content, or papers seen
and not copied.

What is removed stays on record, stamped, counts nowhere, and can be put back.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from sqlmodel import Session, col, select

from unionboard.config import UPLOAD_LIMIT_MB
from unionboard.errors.evidence import EvidenceEmpty, EvidenceTooLarge, EvidenceUnreadable, NoSuchEvidence, PaperUntold
from unionboard.errors.evidence_store import StoreUnusable
from unionboard.errors.safekeeping import KeyMissing, KeyUnreadable
from unionboard.models import Evidence, EvidenceKind, FundPaper
from unionboard.models.changelog import ChangeAction
from unionboard.services.activities import ActivityView
from unionboard.services.changes import change_row, record_change
from unionboard.services.checkoffs import load_live
from unionboard.services.evidence_store import Place
from unionboard.services.media import recognize
from unionboard.services.photos import PREVIEW_PX, THUMB_PX, clean_photo, has_position, shrink_photo
from unionboard.services.privacy import cover_numbers
from unionboard.services.sealing import THUMBS, drop_thumb
from unionboard.services.stored_files import is_sealed_file, read_whole, seal_file, write_sealed, write_whole

_NAME_LIMIT = 200
_PAPER_AREA = "CARE"  # visits of care, hardship, bereavement
_KINDS = (  # the first word found in a file's name says what it is
    (EvidenceKind.SIGN_IN, "签到|签领|签收|sign.?in"),
    (EvidenceKind.NOTICE, "通知|notice"),
    (EvidenceKind.INVOICE, "发票|票据|收据|invoice|receipt"),
    (EvidenceKind.MINUTES, "会议记录|纪要|决议|minutes"),
    (EvidenceKind.BULLETIN, "简报|报道|推送|bulletin"),
    (EvidenceKind.PLAN, "方案|规程|programme|program"),
)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that lies below the evidence ``folder``: its name for people, its name there, what it is. ``lost_position``: of a photo."""

    name: str
    stored_name: str
    media_type: str
    size_bytes: int
    sha256: str
    lost_position: bool
    folder: Place | None = None

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


def keep_file(content: bytes, name: str, *, folder: Place, is_private: bool = False) -> StoredFile:
    """Check what ``content`` is, clean it if it is a photo, and write it below ``folder`` under its hash, with a small picture beside it;
    ``is_private``: it names people, so it is written sealed, and no small picture.

    Touches no database: a photo takes up to seconds, and meanwhile others may save. The hash is of what is stored; numbers of cards and
    phones in the name are starred.
    Raises: EvidenceEmpty, EvidenceTooLarge, EvidenceFormatRefused, EvidenceMisnamed, EvidenceUnreadable, PictureTooLarge; of a private one
    also KeyMissing, KeyUnreadable; of storage StoreUnusable.
    """
    if not content:
        raise EvidenceEmpty(name=name)
    if len(content) > UPLOAD_LIMIT_MB * 1024 * 1024:
        raise EvidenceTooLarge(name=name, limit_mb=UPLOAD_LIMIT_MB)
    media = recognize(content, name)
    lost_position, small = False, b""
    if media.is_picture:
        lost_position = has_position(content)
        content, media = clean_photo(content, media)
        small = b"" if is_private else shrink_photo(content, longer_px=THUMB_PX, name=media.name)
    digest = hashlib.sha256(content).hexdigest()
    stored_name = f"{digest}{media.suffix.lower()}"
    if is_private:
        write_sealed(folder / stored_name, content)
        drop_thumb(folder, stored_name)
    else:
        write_whole(folder / stored_name, content)
    if small and not is_sealed_file(folder / stored_name):
        write_whole(_thumb_path(stored_name, folder), small)
    return StoredFile(cover_numbers(media.name)[-_NAME_LIMIT:], stored_name, media.media_type, len(content), digest, lost_position, folder)


def seal_kept(file: StoredFile) -> None:
    """A kept file turns out to name people: it is sealed where it lies. Raises: OSError, KeyMissing, KeyUnreadable."""
    if file.folder is not None and file.stored_name:
        seal_file(file.folder / file.stored_name)
        drop_thumb(file.folder, file.stored_name)


def add_file(session: Session, check_off_id: int, file: StoredFile, *, kind: EvidenceKind | None, who: str, now_utc: datetime) -> Evidence:
    """Note a kept file for a check-off; without a ``kind`` its name says it, and a photo is a photo.

    The same content is on record once for a check-off: given again it stays as it is, and comes back when it was removed.
    Raises: CheckOffTakenBack.
    """
    load_live(session, check_off_id)
    same = select(Evidence).where(Evidence.check_off_id == check_off_id, Evidence.sha256 == file.sha256)
    known = session.exec(same.order_by(col(Evidence.removed_at_utc).is_not(None), col(Evidence.id))).first()
    if known is not None:
        return known if known.removed_at_utc is None else put_back_evidence(session, known.id or 0, who=who, now_utc=now_utc)
    return _add(
        session,
        Evidence(
            check_off_id=check_off_id,
            kind=kind or guess_kind(file),
            name=file.name,
            stored_name=file.stored_name,
            size_bytes=file.size_bytes,
            sha256=file.sha256,
            media_type=file.media_type,
            who=who,
            created_at_utc=now_utc,
        ),
    )


def note_paper(
    session: Session,
    check_off_id: int,
    *,
    kind: EvidenceKind,
    who: str,
    now_utc: datetime,
    name: str = "",
    place: str = "",
    seen_by: str = "",
) -> Evidence:
    """Note a paper that is not copied: what it is, where it lies, who saw it. Raises: CheckOffTakenBack; PaperUntold when nothing is said.

    Source: domain notes D2 (papers on illness and hardship stay on paper).
    """
    if not any(text.strip() for text in (name, place, seen_by)):
        raise PaperUntold
    load_live(session, check_off_id)
    row = Evidence(
        check_off_id=check_off_id,
        kind=kind,
        name=name.strip()[:_NAME_LIMIT],
        place=place.strip(),
        seen_by=seen_by.strip(),
        who=who,
        created_at_utc=now_utc,
    )
    return _add(session, row)


def set_kind(session: Session, evidence_id: int, *, kind: EvidenceKind, who: str, now_utc: datetime) -> Evidence:
    """Say what a paper is. Raises: NoSuchEvidence."""
    return _change(session, evidence_id, action=ChangeAction.UPDATE, who=who, now_utc=now_utc, kind=kind)


def remove_evidence(session: Session, evidence_id: int, *, who: str, now_utc: datetime) -> Evidence:
    """Take a paper away; the file stays where it is. Raises: NoSuchEvidence."""
    return _change(session, evidence_id, action=ChangeAction.REMOVE, who=who, now_utc=now_utc, removed_at_utc=now_utc)


def put_back_evidence(session: Session, evidence_id: int, *, who: str, now_utc: datetime) -> Evidence:
    """Undo ``remove_evidence``. Raises: NoSuchEvidence."""
    return _change(session, evidence_id, action=ChangeAction.RESTORE, who=who, now_utc=now_utc, removed_at_utc=None)


def list_evidence(session: Session, check_off_ids: Sequence[int], *, with_removed: bool = False) -> list[Evidence]:
    """The evidence of these check-offs, oldest first."""
    query = select(Evidence).where(col(Evidence.check_off_id).in_(check_off_ids)).order_by(col(Evidence.id))
    return list(session.exec(query if with_removed else query.where(col(Evidence.removed_at_utc).is_(None))))


def find_file(evidence: Evidence | FundPaper, *, folder: Place) -> Place | None:
    """The stored file, or None when there is none (a paper in a folder) or it is missing. Raises: StoreUnusable."""
    path = folder / evidence.stored_name
    return path if evidence.stored_name and path.is_file() else None


def read_file(evidence: Evidence | FundPaper, *, folder: Place) -> bytes | None:
    """The stored file's content, unsealed; None as for ``find_file``. Raises: KeyMissing, KeyUnreadable."""
    path = find_file(evidence, folder=folder)
    return None if path is None else read_whole(path)


def read_thumb(evidence: Evidence | FundPaper, *, folder: Place) -> bytes | None:
    """The small picture (JPEG) of a photo, made now if it is missing, and kept unless it is sealed; None for what is no picture or cannot
    be read."""
    path = _thumb_path(evidence.stored_name, folder)
    try:
        if evidence.stored_name and path.is_file():
            return path.read_bytes()
        small = _shrink(evidence, folder, THUMB_PX)
        if small is not None and not is_sealed_file(folder / evidence.stored_name):
            write_whole(path, small)
    except StoreUnusable:
        return None
    return small


def read_preview(evidence: Evidence | FundPaper, *, folder: Place) -> bytes | None:
    """The photo (JPEG) as large as a screen shows it; None as for ``read_thumb``."""
    return _shrink(evidence, folder, PREVIEW_PX)


def stays_on_paper(view: ActivityView) -> bool:
    """Whether an activity's papers tell of illness or hardship and should rather be seen than copied. Source: domain notes D2."""
    return _PAPER_AREA in (view.area, view.area_2)


def guess_kind(file: StoredFile) -> EvidenceKind:
    """What a file most likely is, by its name."""
    for kind, words in _KINDS:
        if re.search(words, file.name, re.IGNORECASE):
            return kind
    return EvidenceKind.PHOTO if file.is_picture else EvidenceKind.OTHER


def _add(session: Session, row: Evidence) -> Evidence:
    session.add(row)
    record_change(session, row, action=ChangeAction.CREATE, who=row.who, now_utc=row.created_at_utc)
    return row


def _change(session: Session, evidence_id: int, *, action: ChangeAction, who: str, now_utc: datetime, **values: object) -> Evidence:
    row = session.get(Evidence, evidence_id)
    if row is None:
        raise NoSuchEvidence
    change_row(session, row, action=action, who=who, now_utc=now_utc, **values)
    return row


def _shrink(evidence: Evidence | FundPaper, folder: Place, longer_px: int) -> bytes | None:
    if PurePosixPath(evidence.stored_name).suffix not in (
        ".jpg",
        ".jpeg",
        ".png",
        ".webp",
        ".heic",
    ):  # .heic: kept as it came before it was turned
        return None
    try:
        return shrink_photo(read_whole(folder / evidence.stored_name), longer_px=longer_px)
    except (FileNotFoundError, EvidenceUnreadable, KeyMissing, KeyUnreadable, StoreUnusable):
        return None


def _thumb_path(stored_name: str, folder: Place) -> Place:
    return folder / THUMBS / f"{PurePosixPath(stored_name).stem}.jpg"
