"""The union's own templates, for the summary and for each of the papers: of a kind one is in use, earlier ones stay on record.

Files lie under the hash of their content.
"""

import hashlib
from datetime import datetime
from pathlib import Path, PurePosixPath, PureWindowsPath

from sqlmodel import Session, col, select

from unionboard.errors.exports import TemplateLost, TemplateRemoved
from unionboard.models import SummaryTemplate, TemplateKind
from unionboard.models.changelog import ChangeAction
from unionboard.services.changes import record_change, update_row
from unionboard.services.stored_files import write_whole

_NAME_LIMIT = 200


def find_template(session: Session, kind: TemplateKind = TemplateKind.SUMMARY) -> SummaryTemplate | None:
    """The one of ``kind`` in use; None: what is written stands on our own page."""
    return list_templates(session).get(kind)


def list_templates(session: Session) -> dict[TemplateKind, SummaryTemplate]:
    """The templates in use by what they are for. One query."""
    live = select(SummaryTemplate).where(col(SummaryTemplate.removed_at_utc).is_(None))
    return {row.kind: row for row in session.exec(live.order_by(col(SummaryTemplate.id)))}


def store_template(
    session: Session,
    content: bytes,
    name: str,
    *,
    folder: Path,
    who: str,
    now_utc: datetime,
    kind: TemplateKind = TemplateKind.SUMMARY,
    suffix: str = ".docx",
) -> SummaryTemplate:
    """Keep a template below ``folder`` and use it for ``kind`` from now on, in place of the one before.

    Whether it can be filled was asked before (``writing.summary_template.check_template``, ``writing.papers.making.check_form``), which
    says its ``suffix`` too. The same content again stays the row it is.
    """
    digest, current = hashlib.sha256(content).hexdigest(), find_template(session, kind)
    path = folder / f"{digest}{suffix}"
    if path.is_file() and path.read_bytes() != content:  # somebody changed it there
        path.unlink()
    write_whole(path, content)
    if current is not None and current.sha256 == digest:
        return current
    if current is not None:
        update_row(session, current, version=current.version, who=who, now_utc=now_utc, removed_at_utc=now_utc)
    row = SummaryTemplate(
        kind=kind,
        name=PurePosixPath(PureWindowsPath(name).name).name.strip()[-_NAME_LIMIT:],
        stored_name=path.name,
        sha256=digest,
        size_bytes=len(content),
        who=who,
        created_at_utc=now_utc,
    )
    session.add(row)
    record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
    return row


def remove_template(session: Session, template_id: int, *, version: int, who: str, now_utc: datetime) -> None:
    """Go back to our own page; the file stays. Raises: TemplateRemoved, StaleSave."""
    row = session.get(SummaryTemplate, template_id)
    if row is None or row.removed_at_utc is not None:
        raise TemplateRemoved
    update_row(session, row, version=version, who=who, now_utc=now_utc, removed_at_utc=now_utc)


def read_template(row: SummaryTemplate, *, folder: Path) -> bytes:
    """The file as it was stored. Raises: TemplateLost when it is gone or was changed."""
    try:
        content = (folder / row.stored_name).read_bytes()
    except OSError:
        raise TemplateLost from None
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise TemplateLost
    return content
