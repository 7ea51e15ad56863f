"""After 30 days in the recycle bin nothing is left of people: names of visits taken back and files of private papers are erased for good.

Everything else that was taken away stays on record, and only the bin offers it no longer. Source: domain notes D2.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, func, select

from unionboard import db
from unionboard.models import CareVisit, Change, Evidence, FundPaper
from unionboard.models.changelog import ChangeAction
from unionboard.models.separation import of_all
from unionboard.services.changes import change_row
from unionboard.services.evidence_store import Place
from unionboard.services.guard import PROGRAM, bind_actor
from unionboard.services.private_names import forget_visits
from unionboard.services.sealing import drop_thumb
from unionboard.services.trash import KEPT_FOR
from unionboard.services.union_tree import list_numbers


def expire_private(session: Session, *, now_utc: datetime, who: str) -> tuple[str, ...]:
    """Erase what is private of everything that has been in the bin for longer than 30 days, and log that it was forgotten.

    Returns the names of files nothing needs any more: they are deleted with ``erase_files`` before the commit: while storage
    does not answer, nothing is forgotten whose file would stay.
    """
    forget_visits(session, _find_expired_visits(session, now_utc=now_utc), who=who, now_utc=now_utc)
    return _forget_papers(session, now_utc=now_utc, who=who)


def erase_files(names: Iterable[str], *, folder: Place) -> None:
    """Delete stored files and the small pictures of them."""
    for name in names:
        (folder / name).unlink(missing_ok=True)
        drop_thumb(folder, name)


def expire_now(*, now_utc: datetime, folder: Place) -> None:
    """Do it for every union, in a transaction of the program's own each; ``folder``: where the files of papers lie."""
    with db.within(None), db.reading() as session:
        unions = list_numbers(session)
    for union in unions:
        with db.within(union), db.writing() as session:
            bind_actor(session, None)
            erase_files(expire_private(session, now_utc=now_utc, who=PROGRAM), folder=folder)


def _find_expired_visits(session: Session, *, now_utc: datetime) -> list[int]:
    """Visits whose last removal is older than that: one may have been put back and taken back again."""
    newest = select(func.max(Change.id)).where(Change.noun == "care_visit", Change.action == ChangeAction.REMOVE.value)
    expired = select(Change.row_id).where(col(Change.id).in_(newest.group_by(col(Change.row_id))), Change.at_utc <= now_utc - KEPT_FOR)
    return [id_ or 0 for id_ in session.exec(select(CareVisit.id).where(col(CareVisit.removed).is_(True), col(CareVisit.id).in_(expired)))]


def _forget_papers(session: Session, *, now_utc: datetime, who: str) -> tuple[str, ...]:
    query = select(FundPaper).where(
        col(FundPaper.is_private).is_(True), col(FundPaper.removed_at_utc) <= now_utc - KEPT_FOR, FundPaper.stored_name != ""
    )
    erased = []
    for row in session.exec(query).all():
        erased.append(row.stored_name)
        values = {"stored_name": "", "sha256": "", "size_bytes": None, "media_type": "", "place": "", "seen_by": ""}
        change_row(session, row, action=ChangeAction.UPDATE, who=who, now_utc=now_utc, **values)
    session.flush()
    with of_all(session):  # files lie under their content: another union may have the very same
        needed = {*session.exec(select(FundPaper.stored_name)), *session.exec(select(Evidence.stored_name))}
    return tuple(sorted(set(erased) - needed))
