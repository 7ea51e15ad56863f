"""The moment a page is drawn at: as long as it stays the same, what was read then may be shown again.

Every record is logged when it changes (a test holds the list, see ``log_replay``), and the log is a chain: its newest line tells one state
of the records from every other, also after a backup was put back. What is not logged (words being typed, when a browser was last here)
changes the file of a SQLite database; on a server it must not be read through ``ui.kept``.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Select, select, true
from sqlmodel import Session

from unionboard import soundness
from unionboard.models import Change
from unionboard.models.separation import union_of
from unionboard.services.changes import QUIET, write_moment
from unionboard.soundness import Look


@dataclass(frozen=True, slots=True)
class Moment:
    """``told`` is what ``changes.tell_moment`` says, for the browser; ``newest`` is the log's last line with its hash.

    ``file``: how the database's file looks; None on a server.
    """

    place: str
    file: Look | None
    newest: tuple[int, str]
    told: str


def find_moment(session: Session, *, today: date) -> Moment:
    """The moment of the union ``session`` is about. One query, by the primary key.

    It is asked before anything is read: what others write from now on may be in what is read, and belongs to the next moment.
    """
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    is_file = engine.dialect.name == "sqlite" and engine.url.database not in {None, "", ":memory:"}
    file = soundness.look_at(Path(engine.url.database or "")) if is_file else None
    newest_id, sha256, pulse = session.connection().execute(_ask_newest(union_of(session))).first() or (0, "", 0)
    return Moment(str(engine.url), file, (newest_id, sha256), write_moment(today, pulse or 0))


@lru_cache(maxsize=4096)
def _ask_newest(union: int | None) -> Select[Any]:
    """Of the bare table, which says itself whose line it wants: every run of every page asks it."""
    line = Change.metadata.tables[str(Change.__tablename__)].c
    mine = true() if union is None else line.union_id == union
    pulse = select(line.id).where(mine, line.action.not_in(QUIET)).order_by(line.id.desc()).limit(1).scalar_subquery()
    return select(line.id, line.sha256, pulse).where(mine).order_by(line.id.desc()).limit(1)
