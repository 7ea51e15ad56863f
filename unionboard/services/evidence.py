"""Files that prove a check-off: kept below one folder under the name of their content, so that no upload can choose its place."""

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path, PurePosixPath, PureWindowsPath

from sqlmodel import Session

from unionboard.config import UPLOAD_LIMIT_MB
from unionboard.errors import EvidenceEmpty, EvidenceFormatRefused, EvidenceTooLarge
from unionboard.models import Evidence, EvidenceKind
from unionboard.services.checkoffs import add_evidence

SUFFIXES = (".jpg", ".jpeg", ".png", ".heic", ".webp", ".pdf", ".docx", ".doc", ".xlsx", ".xls", ".wps", ".txt")
"""What papers and photos come as; nothing a browser or a computer would run."""


def store_evidence(
    session: Session,
    check_off_id: int,
    *,
    kind: EvidenceKind,
    name: str,
    content: bytes,
    folder: Path,
    who: str,
    now_utc: datetime,
) -> Evidence:
    """Keep ``content`` below ``folder`` and note it for the check-off under its own ``name`` (paths cut off).

    The file is complete on disk before the row is written: a failed transaction may leave a file nobody names, never a row without one.
    Raises: EvidenceEmpty, EvidenceTooLarge, EvidenceFormatRefused.
    """
    plain = PureWindowsPath(PurePosixPath(name).name).name.strip()
    suffix = PurePosixPath(plain).suffix.lower()
    if suffix not in SUFFIXES:
        raise EvidenceFormatRefused(name=plain)
    if not content:
        raise EvidenceEmpty(name=plain)
    if len(content) > UPLOAD_LIMIT_MB * 1024 * 1024:
        raise EvidenceTooLarge(name=plain, limit_mb=UPLOAD_LIMIT_MB)
    digest = hashlib.sha256(content).hexdigest()
    stored_name = f"{digest}{suffix}"
    _write_whole(folder / stored_name, content)
    return add_evidence(
        session,
        check_off_id,
        kind=kind,
        name=plain[-200:],
        who=who,
        now_utc=now_utc,
        stored_name=stored_name,
        size_bytes=len(content),
        sha256=digest,
    )


def find_file(evidence: Evidence, *, folder: Path) -> Path | None:
    """The stored file, or None when there is none (a paper in a folder) or it is missing on disk."""
    path = folder / evidence.stored_name
    return path if evidence.stored_name and path.is_file() else None


def _write_whole(path: Path, content: bytes) -> None:
    """The same content is stored once; a half-written file never bears the final name."""
    if path.is_file() and path.stat().st_size == len(content):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, waiting = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(waiting).replace(path)
    except BaseException:
        Path(waiting).unlink(missing_ok=True)
        raise
