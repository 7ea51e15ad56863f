"""The moment a page is drawn at: as long as it stays the same, what was read then may be shown again.

Every record is logged when it changes (a test holds the list, see ``log_replay``), and the log is a chain: its newest line tells one state
of the records from every other, also after a backup was put back. What is not logged (words being typed, when a browser was last here)
changes the file of a SQLite database; on a server it must not be read through ``ui.kept``.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from unionboard import soundness
from unionboard.models import Change
from unionboard.services.changes import pulse_query, write_moment
from unionboard.soundness import Look

_NEWEST = select(Change.id, Change.sha256, pulse_query().scalar_subquery()).order_by(col(Change.id).desc()).limit(1)


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
    """The moment, asked before anything is read: what others write from now on may be in what is read, and belongs to the next one. One
    query, by the primary key."""
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    is_file = engine.dialect.name == "sqlite" and engine.url.database not in {None, "", ":memory:"}
    file = soundness.look_at(Path(engine.url.database or "")) if is_file else None
    newest_id, sha256, pulse = session.exec(_NEWEST).first() or (0, "", 0)
    return Moment(str(engine.url), file, (newest_id or 0, sha256), write_moment(today, pulse or 0))
