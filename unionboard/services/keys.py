"""The key to names and private papers: whether it is there and fits these data, and its copy that somebody keeps elsewhere.

Without the right key the program goes on: names read ``secrecy.UNREADABLE`` and no new ones are taken. Source: domain notes D2.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session as OrmSession
from sqlalchemy.orm import UOWTransaction
from sqlmodel import Session, SQLModel

from unionboard import secrecy
from unionboard.config import read_config
from unionboard.errors import Refusal
from unionboard.errors.safekeeping import KeyFits, KeyMissing, KeyUnreadable
from unionboard.i18n import mark
from unionboard.models import Safekeeping
from unionboard.models.base import SealedText
from unionboard.services.changes import move_row
from unionboard.services.exports import record_export
from unionboard.services.guard import require, require_unlocked
from unionboard.services.permissions import Act

NEW_KEY = mark(
    "A key was made: {place}. Names of those visited and papers that name people are encrypted with it from now on. Keep a copy of it "
    "elsewhere (a USB stick, another computer), apart from the backups: if it is lost they can never be read again; all else can."
)
"""Said on the console where the key is made."""


class KeyState(StrEnum):
    FITS = "fits"
    MISSING = "missing"  # there is no key file
    OTHER = "other"  # a key, but not the one these data were sealed with
    UNREADABLE = "unreadable"  # the file is there and holds no key


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """What can be said of the key without giving it away. ``kept_at_utc``: when somebody said that a copy is kept elsewhere."""

    state: KeyState
    place: Path
    key_id: str
    made_at_utc: datetime | None
    kept_at_utc: datetime | None

    @property
    def fits(self) -> bool:
        return self.state is KeyState.FITS


def inspect_key(session: Session) -> KeyFacts:
    """How the key stands to these data now."""
    row = load_safekeeping(session)
    return KeyFacts(_state_of(row), read_config().key_path, row.key_id, secrecy.made_at(), row.key_kept_at_utc)


def require_key(session: Session) -> None:
    """The key is there and is the one of these data. Raises: KeyMissing, KeyUnreadable."""
    state, place = _state_of(load_safekeeping(session)), read_config().key_path
    if state is KeyState.MISSING:
        raise KeyMissing(place=place)
    if state is not KeyState.FITS:
        raise KeyUnreadable(place=place)


def take_key_copy(session: Session, *, who: str, now_utc: datetime) -> bytes:
    """The key file, to be kept elsewhere; that it was taken is written down. Raises: NotYours, Locked, KeyMissing, KeyUnreadable."""
    require(session, Act.RESTORE_BACKUP)
    require_unlocked(session, now_utc=now_utc)
    require_key(session)
    record_export(session, "key", who=who, now_utc=now_utc)
    return secrecy.read_key_file()


def note_key_kept(session: Session, *, who: str, now_utc: datetime) -> None:
    """Somebody says that a copy of the key is kept elsewhere. Raises: NotYours, KeyMissing, KeyUnreadable."""
    require(session, Act.RESTORE_BACKUP)
    require_key(session)
    _change(session, who=who, now_utc=now_utc, key_kept_at_utc=now_utc)


def begin_anew(session: Session, *, who: str, now_utc: datetime) -> None:
    """The right key is lost for good: go on with the key that is there, or a new one. What was sealed before stays unreadable.

    Raises: NotYours, KeyFits (there is no need to), KeyUnreadable (what lies in the key's place is no key: nothing is overwritten).
    """
    require(session, Act.RESTORE_BACKUP)
    if _state_of(load_safekeeping(session)) is KeyState.FITS:
        raise KeyFits
    _change(session, who=who, now_utc=now_utc, key_id=secrecy.create_key(), key_kept_at_utc=None)


def load_safekeeping(session: Session) -> Safekeeping:
    """The one row about keys and copies; a new one that is not stored yet where there is none."""
    return session.get(Safekeeping, 1) or Safekeeping(id=1)


def _state_of(row: Safekeeping) -> KeyState:
    if not secrecy.has_key():
        return KeyState.MISSING
    try:
        key_id = secrecy.key_id()
    except Refusal:
        return KeyState.UNREADABLE
    return KeyState.FITS if row.key_id in ("", key_id) else KeyState.OTHER


def _change(session: Session, *, who: str, now_utc: datetime, **values: object) -> None:
    move_row(session, load_safekeeping(session), who=who, now_utc=now_utc, **values)


@event.listens_for(OrmSession, "before_flush")
def _check_key(session: Session, _context: UOWTransaction, _instances: object) -> None:
    """What is personal is stored with the key of these data or not at all, whichever service stores it."""
    if any(_seals_anew(row) for row in (*session.new, *session.dirty)):
        with session.no_autoflush:
            require_key(session)


def _seals_anew(row: SQLModel) -> bool:
    state = inspect(row)
    sealed = [column.key for column in state.mapper.columns if isinstance(column.type, SealedText)]
    return any(any(state.attrs[name].history.added or ()) for name in sealed)
