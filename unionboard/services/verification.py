"""Is all well? Every record against the change log, the log against itself and what was written down elsewhere, the books against their
entries, the files against what was stored of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, SQLModel, col, func, select, text

from unionboard.errors.database import DatabaseDamaged, DatabaseGone
from unionboard.errors.safekeeping import KeyMissing, KeyUnreadable
from unionboard.models import Account, AccountRole, Change, Evidence, FundEntry, FundPaper, SummaryTemplate
from unionboard.models.chain import START
from unionboard.services.backup_files import BROKEN_ZIP, read_manifest
from unionboard.services.book_check import check_books
from unionboard.services.chain_check import (
    Anchor,
    ChainBreak,
    ChainHead,
    anchors_of_backups,
    anchors_of_finals,
    find_chain_faults,
    read_head,
)
from unionboard.services.evidence_store import Place
from unionboard.services.faults import RECORDS, Fault, FaultCode
from unionboard.services.guard import require
from unionboard.services.log_replay import REPLAYED, Contradiction, replay_log
from unionboard.services.permissions import Act
from unionboard.services.stored_files import hash_whole, is_sealed_file
from unionboard.services.summary_final import find_changed_finals
from unionboard.soundness import what_is_damaged

__all__ = ["Fault", "FaultCode", "LastBackup", "Report", "report_closed", "verify_books", "verify_data"]

GUARDED: Mapping[str, Sequence[str]] = {
    "sqlite": [f"{table}_no_{verb}" for table in ("fund_entry", "ceiling_finding", "change") for verb in ("update", "delete", "replace")],
    "postgresql": [f"{table}_append_only" for table in ("fund_entry", "ceiling_finding", "change")],
}
"""The triggers that must be there, by kind of database."""
_TRIGGERS = {"sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'", "postgresql": "SELECT tgname FROM pg_trigger"}
_OF_LOG: Mapping[Contradiction, FaultCode] = {
    Contradiction.CHANGED: FaultCode.RECORD_CHANGED,
    Contradiction.GONE: FaultCode.RECORD_GONE,
    Contradiction.UNLOGGED: FaultCode.RECORD_UNLOGGED,
    Contradiction.LOG_CHANGED: FaultCode.LOG_CHANGED,
}
_OF_CHAIN: Mapping[ChainBreak, FaultCode] = {
    ChainBreak.LINE: FaultCode.CHAIN_BROKEN,
    ChainBreak.CUT: FaultCode.CHAIN_CUT,
    ChainBreak.REWRITTEN: FaultCode.CHAIN_REWRITTEN,
}


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The newest copy beside the data; ``at_utc`` is None when it does not say when it was made. ``ok``: it can be read and was found good
    when it was made."""

    file: str
    at_utc: datetime | None
    ok: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of everything found. ``counts``: rows by table; ``backup`` is None where there is none.

    Of data that cannot be opened nothing is known: no revision, no counts, the chain at its start.
    """

    checked_at_utc: datetime
    revision: str
    chain: ChainHead
    counts: Mapping[str, int]
    faults: tuple[Fault, ...]
    backup: LastBackup | None

    @property
    def ok(self) -> bool:
        """Nothing was found wrong."""
        return not self.faults

    @property
    def was_opened(self) -> bool:
        """False: of these data nothing could be read."""
        return bool(self.revision)


def verify_data(
    session: Session,
    *,
    evidence_folder: Place,
    form_folder: Path,
    backup_folders: Sequence[Path] = (),
    noted: Iterable[Anchor] = (),
    now_utc: datetime,
) -> Report:
    """Check everything of the union ``session`` is about: seconds. ``backup_folders``: the own one first; ``noted``: heads of the chain
    that people have on paper."""
    require(session, Act.VERIFY)
    backup = _find_last_backup(backup_folders[0]) if backup_folders else None
    anchors = [*noted, *(anchor for folder in backup_folders for anchor in anchors_of_backups(folder))]
    faults = [*verify_books(session, evidence_folder=evidence_folder, anchors=anchors), *_check_forms(session, form_folder)]
    if backup is not None and not backup.ok:
        faults.append(Fault(FaultCode.BACKUP_UNREADABLE, {"file": backup.file}))
    return Report(
        checked_at_utc=now_utc,
        revision=str(session.connection().execute(text("SELECT version_num FROM alembic_version")).scalar()),
        chain=read_head(session),
        counts=_count_rows(session),
        faults=tuple(faults),
        backup=backup,
    )


def report_closed(refusal: DatabaseDamaged | DatabaseGone, *, backup_folder: Path, now_utc: datetime) -> Report:
    """What can be said where the database could not even be opened."""
    place = Path(str(refusal.facts["place"]))
    if isinstance(refusal, DatabaseGone):
        fault = Fault(FaultCode.DATABASE_GONE, {"place": str(place)})
    else:
        fault = Fault(FaultCode.DATABASE_DAMAGED, {"told": " ".join((what_is_damaged(place) or str(place)).split())})
    head = ChainHead(0, START)
    return Report(checked_at_utc=now_utc, revision="", chain=head, counts={}, faults=(fault,), backup=_find_last_backup(backup_folder))


def verify_books(session: Session, *, evidence_folder: Place, anchors: Iterable[Anchor] = ()) -> tuple[Fault, ...]:
    """Everything that is wrong with what is stored; empty when all is well. Reads every row and every file: seconds.

    ``anchors``: heads of the chain that stand elsewhere, beside those of finalised summaries.
    """
    require(session, Act.VERIFY)
    found = [*_check_database(session), *_check_guards(session)]
    parts: tuple[Callable[[], Iterable[Fault]], ...] = (
        lambda: _check_chain(session, anchors),
        lambda: check_books(session),
        lambda: _check_records(session),
        lambda: _check_accounts(session),
        lambda: _check_finals(session),
        lambda: _check_files(session, evidence_folder),
    )
    for part in parts:
        try:
            found += part()
        except KeyError:
            raise
        except (LookupError, TypeError, ValueError) as error:  # no day, no amount, no such direction: the columns of SQLite take anything
            fault = Fault(FaultCode.UNREADABLE, {"told": str(error)})
            found += [] if fault in found else [fault]
    return tuple(found)


def _check_database(session: Session) -> Iterator[Fault]:
    """What SQLite itself finds: a torn page, an index that lacks rows, a row that names one which is not there."""
    if session.connection().dialect.name != "sqlite":
        return
    told = session.connection().exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
    if told != "ok":
        yield Fault(FaultCode.DATABASE_DAMAGED, {"told": told})
    for table, row, parent, _ in session.connection().exec_driver_sql("PRAGMA foreign_key_check"):
        yield Fault(FaultCode.DATABASE_DAMAGED, {"told": f"{table} {row} → {parent}"})


def _check_guards(session: Session) -> Iterator[Fault]:
    kind = session.connection().dialect.name
    there = set(session.connection().exec_driver_sql(_TRIGGERS[kind]).scalars())
    yield from (Fault(FaultCode.GUARD_MISSING, {"guard": guard}) for guard in GUARDED[kind] if guard not in there)


def _check_chain(session: Session, anchors: Iterable[Anchor]) -> Iterator[Fault]:
    for found in find_chain_faults(session, anchors=[*anchors, *anchors_of_finals(session)]):
        facts = {"line": found.line} | ({"place": found.place} if found.place else {})
        yield Fault(_OF_CHAIN[found.kind], facts)


def _check_records(session: Session) -> Iterator[Fault]:
    for found in replay_log(session):
        yield Fault(_OF_LOG[found.contradiction], {"record": RECORDS[found.noun], "name": found.name})


def _check_accounts(session: Session) -> Iterator[Fault]:
    active = session.exec(select(Account).where(col(Account.is_active))).all()
    if active and not any(AccountRole.CHAIR in account.roles for account in active):
        yield Fault(FaultCode.ACCOUNTS_CLOSED)


def _check_finals(session: Session) -> Iterator[Fault]:
    yield from (Fault(FaultCode.FINAL_CHANGED, {"name": title}) for title in find_changed_finals(session))


def _check_files(session: Session, folder: Place) -> Iterator[Fault]:
    """Files that were taken away too: they can be put back. What a private paper is called may name people."""
    private = {paper.stored_name for paper in session.exec(select(FundPaper)) if paper.is_private}
    papers = [(paper.stored_name, paper.sha256, "—" if paper.is_private else paper.name) for paper in session.exec(select(FundPaper))]
    papers += [(paper.stored_name, paper.sha256, paper.name) for paper in session.exec(select(Evidence))]
    yield from _check_stored(papers, folder)
    for stored_name in sorted(private - {""}):
        if (folder / stored_name).is_file() and not is_sealed_file(folder / stored_name):
            yield Fault(FaultCode.FILE_OPEN, {"file": stored_name})


def _check_forms(session: Session, folder: Path) -> Iterator[Fault]:
    yield from _check_stored([(row.stored_name, row.sha256, row.name) for row in session.exec(select(SummaryTemplate))], folder)


def _check_stored(papers: Iterable[tuple[str, str, str]], folder: Place) -> Iterator[Fault]:
    """``papers``: stored name, SHA-256 of the open content, and what people call it."""
    closed = 0
    for stored_name, sha256, name in dict.fromkeys(paper for paper in papers if paper[0]):
        path, facts = folder / stored_name, {"name": name, "file": stored_name}
        if not path.is_file():
            yield Fault(FaultCode.FILE_MISSING, facts)
            continue
        try:
            if hash_whole(path) != sha256:
                yield Fault(FaultCode.FILE_CHANGED, facts)
        except (KeyMissing, KeyUnreadable):
            closed += 1
    if closed:
        yield Fault(FaultCode.KEY_NEEDED, {"count": closed})


def _find_last_backup(folder: Path) -> LastBackup | None:
    newest = max(folder.glob("unionboard-*.zip"), key=lambda path: path.name, default=None)
    if newest is None:
        return None
    try:
        told = read_manifest(newest)
        return LastBackup(newest.name, datetime.fromisoformat(told["created_at_utc"]), ok=not told.get("faults"))
    except (*BROKEN_ZIP, TypeError):
        return LastBackup(newest.name, None, ok=False)


def _count_rows(session: Session) -> dict[str, int]:
    tables: tuple[type[SQLModel], ...] = (*REPLAYED, FundEntry, Change)
    return {str(table.__tablename__): session.exec(select(func.count()).select_from(table)).one() for table in tables}
