"""Everything brought in from an export: into an installation without records, all of it or nothing; first answers give way to it.

It is put together apart first: a SQLite database of the revision the export names, filled, held against the export, brought up to date.
From there the rows go over in one transaction of the target, whichever kind of database that is; files take their names in it just before
it is over. Whoever is killed on the way leaves it as it was. Nothing runs that an export brings: rows and files, no rules.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Engine

from unionboard import db, secrecy
from unionboard.config import Config
from unionboard.errors.backups import KeyNotFitting
from unionboard.errors.open_format import BringingFailed, ExportTooNew, NotEmptyHere
from unionboard.services.archives import require_room, sync, tell_unwritten
from unionboard.services.backup_files import EVIDENCE, FORMS
from unionboard.services.chain_check import ChainHead
from unionboard.services.data_swap import STAGED
from unionboard.services.evidence_store import Place, evidence_place
from unionboard.services.guard import Actor, require_act
from unionboard.services.migrations import is_known_revision
from unionboard.services.open_archive import opening_export
from unionboard.services.open_export import Tell
from unionboard.services.open_format import Package
from unionboard.services.open_settling import settle
from unionboard.services.open_staging import FILLED, staging
from unionboard.services.permissions import Act
from unionboard.services.stored_files import write_whole
from unionboard.services.table_copy import copy_tables, read_facts
from unionboard.services.unused import clear, is_unused, is_unused_within, note_cleared

_FOLDERS = (EVIDENCE, FORMS)


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What came in. ``unreadable``: values and files that are sealed with a key that is not here, ``package.key_id``."""

    package: Package
    rows: int
    files: int
    unreadable: int


def import_all(
    engine: Engine,
    config: Config,
    path: Path | IO[bytes],
    *,
    name: str = "",
    who: str,
    now_utc: datetime,
    actor: Actor | None,
    key_path: Path | None = None,
    tell: Tell = lambda share: None,
) -> BroughtIn:
    """Bring everything in the export at ``path`` into ``engine`` and the folders of ``config``; with ``key_path`` the key, too.

    ``name``: what people know the file by. The change log comes along line by line. A line is added only where something had to become
    another here: the number of the one union that was taken out of many, the key, or first answers that were here.

    Raises: NotYours, KeptByFirst, NotEmptyHere, KeyNotFitting, BringingFailed, NoRoom, DiskFull, CannotWrite, StoreUnusable; what
    ``opening_export`` raises; DBAPIError of the target.
    """
    require_act(actor, Act.RESTORE_BACKUP)
    if not is_unused(engine):
        raise NotEmptyHere
    with opening_export(path, name=name) as archive:
        package = archive.package
        if not is_known_revision(package.revision):
            raise ExportTooNew(file=archive.name)
        if package.with_names:
            secrecy.create_key()
        if key_path is not None and secrecy.key_id(key_path) != package.key_id:
            raise KeyNotFitting(file=key_path.name)
        require_room(config.data_dir, archive.room_bytes)
        with (
            _making_room(config) as folder,
            _having_key(config, key_path),
            staging(archive, folder, tell) as staged,
            _carrying_over(staged.engine, engine, archive.name, tell) as (target, left, rows),
        ):
            settle(target, package, above=staged.above, who=who, now_utc=now_utc)
            note_cleared(target, left, who=who, now_utc=now_utc)
            with _placing_files(folder, {EVIDENCE: evidence_place(config), FORMS: config.form_dir}):
                target.commit()
        tell(1.0)
        return BroughtIn(package, rows, len(package.kept_files), _count_unreadable(package))


def _count_unreadable(package: Package) -> int:
    fits = secrecy.has_key() and secrecy.key_id() == package.key_id
    return 0 if fits else package.sealed


@contextmanager
def _making_room(config: Config) -> Iterator[Path]:
    """A folder beside the data, gone when the block ends; one whose process was killed is swept away later like a half unpacked backup."""
    folder = config.data_dir / f"{STAGED}{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    try:
        for inner in (folder, *(folder / name for name in _FOLDERS)):
            inner.mkdir(parents=True, mode=0o700)
        yield folder
    except OSError as error:
        raise tell_unwritten(error, config.data_dir) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _having_key(config: Config, key_path: Path | None) -> Iterator[None]:
    """In the block the key of ``key_path`` is the one here, and afterwards too unless it raises.

    The one that was here may open backups of what was here before: it is kept beside, under its number, and never overwritten by another.
    """
    kept = config.key_path.with_name(f"{config.key_path.name}.{secrecy.key_id() if secrecy.has_key() else 'unread'}.kept")
    if key_path is None or (secrecy.has_key() and key_path.read_bytes() == config.key_path.read_bytes()):
        yield
        return
    had_one = config.key_path.exists()
    if had_one:
        config.key_path.replace(kept)
    try:
        config.key_path.touch(mode=0o600)
        shutil.copyfile(key_path, config.key_path)
        sync(config.key_path)
        yield
    except BaseException:
        config.key_path.unlink(missing_ok=True)
        if had_one:
            kept.replace(config.key_path)
        raise


# --- carried over -----------------------------------------------------------------------------------------------------------


@contextmanager
def _carrying_over(staged: Engine, engine: Engine, name: str, tell: Tell) -> Iterator[tuple[Connection, tuple[ChainHead, ...], int]]:
    """The target in a transaction with all rows in it, where the log ended that was here, and how many rows they are; all as before unless
    the block commits.

    Raises: NotEmptyHere, BringingFailed.
    """
    target_engine = db.as_program(engine).execution_options(unionboard_writes=True)
    with staged.connect() as sent, target_engine.connect() as target:
        if not is_unused_within(target):
            raise NotEmptyHere  # somebody began in the meantime
        left = clear(target)
        facts = copy_tables(sent, target, tell=lambda share: tell(FILLED + (1 - FILLED) * share))
        arrived = read_facts(target)
        differing = sorted(noun for noun, sent_facts in facts.items() if arrived[noun] != sent_facts)
        if differing:
            raise BringingFailed(file=name, told=", ".join(differing))
        yield target, left, sum(found.rows for found in facts.values())


@contextmanager
def _placing_files(folder: Path, places: Mapping[str, Place]) -> Iterator[None]:
    """Files take their places; those that were not there before are taken away again when the block raises."""
    new: list[Place] = []
    try:
        for inner, place in places.items():
            for path in sorted((folder / inner).iterdir()):
                target = place / path.name
                if not target.is_file():
                    new.append(target)
                _place(path, target)
        yield
    except BaseException:
        for target in new:
            with suppress(OSError):
                target.unlink(missing_ok=True)
        raise


def _place(path: Path, target: Place) -> None:
    """On this disk by a new name; into a bucket by copying."""
    if not isinstance(target, Path):
        write_whole(target, path.read_bytes())
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)
