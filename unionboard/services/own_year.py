"""From the made-up year to one's own: an empty database takes the place of the demo's, which is backed up first and kept beside.

The way back is the backup: it stands in the list like every other.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import make_url
from sqlmodel import Session

from unionboard import db
from unionboard.config import HOME_UNION, Config, read_config
from unionboard.errors.plans import NoDemo
from unionboard.models import Account, Change, Union, chain
from unionboard.models.changelog import ChangeAction
from unionboard.services.account_keeping import keep_accounts, read_accounts
from unionboard.services.archives import tell_unwritten
from unionboard.services.backup_files import DATABASE, EVIDENCE, FORMS
from unionboard.services.backups import make_backup
from unionboard.services.chain_check import RESTORED, ChainHead, read_head
from unionboard.services.changes import move_row
from unionboard.services.data_swap import STAGED, is_half_done
from unionboard.services.demo import is_demo
from unionboard.services.guard import Actor, bind_actor, require_act
from unionboard.services.keys import load_safekeeping
from unionboard.services.migrations import upgrade
from unionboard.services.permissions import Act
from unionboard.services.restoring import database_path, take_over
from unionboard.services.union_tree import list_numbers
from unionboard.services.unions import ensure_union, find_union, save_union

BEFORE_OWN_YEAR = "before-own-year"


def may_begin(session: Session) -> bool:
    """Whether these are the demo year's data, in a file, and nobody else's beside them: only then is there something to put away."""
    url = read_config().database_url
    return make_url(url).get_backend_name() == "sqlite" and _find_demo(session) is not None


def begin_own_year(*, who: str, now_utc: datetime, actor: Actor | None) -> str:
    """Put the demo year away and begin with nothing; the name of the backup that holds it.

    Accounts stay what they are, and so do the language, the key and the second folder. Nothing is done unless the backup was made; what
    lay there is kept in a folder beside as well.

    Raises: NotYours, NotForServer, NoDemo, what ``make_backup`` raises, DataInUse.
    """
    require_act(actor, Act.RESTORE_BACKUP)
    database, config, engine = database_path(), read_config(), db.current_engine()
    with Session(engine) as session:
        union = _find_demo(session)
        if union is None:
            raise NoDemo
        kept = _Kept(union.language, load_safekeeping(session).second_folder, actor, who, now_utc)
    with Session(engine, info={"union": None}) as session:
        left = read_head(session)
    backup = make_backup(engine, folder=config.backup_dir, label=BEFORE_OWN_YEAR, now_utc=now_utc)
    with Session(engine, info={"union": None}) as session:  # where they cannot be read nothing is done: without accounts the door is open
        accounts = read_accounts(session)
    with _staged(config) as new:
        _make_empty(new / DATABASE, kept, left, accounts, backup.name)
        take_over(new, config, database, now_utc=now_utc, key_path=None)
    db.current_engine().dispose()
    return backup.name


def _find_demo(session: Session) -> Union | None:
    """The made-up union, if it is the only one here."""
    union = find_union(session)
    return union if union is not None and is_demo(union) and len(list_numbers(session)) == 1 else None


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is the same afterwards, and whose act it is."""

    language: str
    second_folder: str
    actor: Actor | None
    who: str
    now_utc: datetime


@contextmanager
def _staged(config: Config) -> Iterator[Path]:
    """A new folder beside the data, gone when the block ends."""
    folder = config.data_dir / f"{STAGED}{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    try:
        for inner in (folder, folder / EVIDENCE, folder / FORMS):
            inner.mkdir(parents=True, mode=0o700)
        yield folder
    except OSError as error:
        raise tell_unwritten(error, folder) from None
    finally:
        if not is_half_done(config):
            shutil.rmtree(folder, ignore_errors=True)


def _make_empty(path: Path, kept: _Kept, left: ChainHead, accounts: Sequence[Account], backup: str) -> None:
    """A database with nothing of a year in it. The first line of its log says what was left, so that backups of it still fit."""
    fresh = db.open_engine(f"sqlite:///{path.as_posix()}")
    stamp: dict[str, Any] = {"who": kept.who, "now_utc": kept.now_utc}
    told = {"file": backup, "chain_sha256": chain.START, "replaced_chain_id": left.id, "replaced_chain_sha256": left.sha256, "left": True}
    try:
        upgrade(fresh)
        with Session(fresh.execution_options(unionboard_writes=True), info={"union": HOME_UNION}) as session, session.begin():
            bind_actor(session, kept.actor)
            action = ChangeAction.RESTORE.value
            session.add(Change(at_utc=kept.now_utc, who=kept.who, action=action, noun=RESTORED, row_id=0, after=told))
            session.flush()
            union = ensure_union(session, **stamp)
            session.flush()
            save_union(session, union.id or 0, version=union.version, language=kept.language, **stamp)
            if kept.second_folder:
                move_row(session, load_safekeeping(session), second_folder=kept.second_folder, **stamp)
            if accounts:
                keep_accounts(session, accounts, **stamp)
    finally:
        fresh.dispose()
