"""Secret addresses and tokens by which other programs read: issued, found by their hash, revoked from one moment to the next.

A calendar's address can be shown again and is kept sealed; an API's token is told once. Who uses one is nobody with an account: it reads
what the shared screen shows (a calendar), or what the audit committee sees (the API), and writes nothing.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from unionboard import secrecy
from unionboard.errors.access_tokens import CalendarOfNobody, NoSuchToken, OwnerUnknown, TokenLabelMissing
from unionboard.models import AccessToken, AccountRole, Activity, FeedScope, TokenKind
from unionboard.models.changelog import ChangeAction
from unionboard.reference import work_areas
from unionboard.services.changes import record_change, update_row
from unionboard.services.guard import Actor, require
from unionboard.services.permissions import Act

_BYTES = 32
LETTERS = 43
"""So long is a secret of 256 bits in base64."""
API_PREFIX = "ub_"
"""What an API's token begins with: whoever finds one in a file knows, and can search for, what it is."""
_ROLES = {TokenKind.CALENDAR: frozenset({AccountRole.VIEWER}), TokenKind.API: frozenset({AccountRole.AUDIT})}


@dataclass(frozen=True, slots=True)
class NewToken:
    """``token`` is what is handed out; of an API's it is told this once."""

    token: str
    row: AccessToken


def open_calendar(
    session: Session, *, scope: FeedScope = FeedScope.ALL, about: str = "", language: str, who: str, now_utc: datetime
) -> NewToken:
    """The address of the calendar of all, of one owner or of one work area, in that language: the one that is there, else a new one.

    Raises: NotYours, CalendarOfNobody, OwnerUnknown, KeyMissing.
    """
    require(session, Act.CONNECT)
    about = about.strip()
    if (scope is FeedScope.ALL) != (about == "") or (scope is FeedScope.AREA and about not in work_areas()):
        raise CalendarOfNobody
    if scope is FeedScope.OWNER:
        _require_owner(session, about)
    for row in list_tokens(session, TokenKind.CALENDAR):
        if (row.scope, row.about, row.language) == (scope, about, language) and can_be_shown(row):
            return NewToken(row.token, row)
    token = secrets.token_urlsafe(_BYTES)
    row = AccessToken(
        kind=TokenKind.CALENDAR,
        scope=scope,
        about=about,
        language=language,
        token_sha256=_hash(token),
        token=token,
        who=who,
        created_at_utc=now_utc,
    )
    return _issue(session, token, row)


def _require_owner(session: Session, owner: str) -> None:
    """Whoever is told wrong would subscribe to a calendar that stays empty. Raises: CalendarOfNobody before anybody answers for anything,
    OwnerUnknown."""
    query = select(Activity.owner).where(Activity.owner != "", ~col(Activity.removed)).distinct().order_by(col(Activity.owner))
    known = session.exec(query).all()
    if not known:
        raise CalendarOfNobody
    if owner not in known:
        raise OwnerUnknown(owner=owner, known="、".join(known))


def issue_api_token(session: Session, *, label: str, language: str, who: str, now_utc: datetime) -> NewToken:
    """A token for the program ``label`` names. Raises: NotYours, TokenLabelMissing."""
    require(session, Act.CONNECT)
    label = _clean(label)
    token = API_PREFIX + secrets.token_urlsafe(_BYTES)
    row = AccessToken(kind=TokenKind.API, label=label, language=language, token_sha256=_hash(token), who=who, created_at_utc=now_utc)
    return _issue(session, token, row)


def rename(session: Session, token_id: int, *, label: str, version: int, who: str, now_utc: datetime) -> None:
    """Say anew what a token is for. Raises: NotYours, NoSuchToken, TokenLabelMissing, StaleSave."""
    require(session, Act.CONNECT)
    update_row(session, _open(session, token_id), version=version, label=_clean(label), who=who, now_utc=now_utc)


def revoke(session: Session, token_id: int, *, who: str, now_utc: datetime) -> None:
    """From now on it opens nothing, and the secret itself is kept no longer. Raises: NotYours, NoSuchToken (also for a revoked one)."""
    require(session, Act.CONNECT)
    row = _open(session, token_id)
    update_row(session, row, version=row.version, revoked_at_utc=now_utc, token="", who=who, now_utc=now_utc)


def list_tokens(session: Session, kind: TokenKind | None = None) -> list[AccessToken]:
    """What opens something, the oldest first. Raises: NotYours."""
    require(session, Act.CONNECT)
    query = select(AccessToken).where(col(AccessToken.revoked_at_utc).is_(None)).order_by(col(AccessToken.id))
    return list(session.exec(query if kind is None else query.where(AccessToken.kind == kind)))


def can_be_shown(row: AccessToken) -> bool:
    """Whether the calendar's address is known here, and not only its hash: the key may be missing, or was when a backup came back."""
    return row.token not in ("", secrecy.UNREADABLE)


def find_by_secret(session: Session, token: str, kind: TokenKind) -> AccessToken | None:
    """What ``token`` opens, of whichever union the session sees; None for one that is unknown, revoked or of the other kind."""
    if len(token) > LETTERS + len(API_PREFIX) or not token.isascii():
        return None
    query = select(AccessToken).where(AccessToken.token_sha256 == _hash(token), AccessToken.kind == kind)
    return session.exec(query.where(col(AccessToken.revoked_at_utc).is_(None))).first()


def actor_for(row: AccessToken, *, origin: str) -> Actor:
    """Whoever comes with the token: they see what its kind is for, of its union, and sign nothing."""
    return Actor(name="", roles=_ROLES[row.kind], origin=origin, union_id=row.union_id)


def note_used(session: Session, token_id: int, *, today: date) -> bool:
    """Keep that somebody came with it today; False: that was known. Not in the change log: nothing of the union's data differs."""
    row = session.get(AccessToken, token_id)
    if row is None or row.used_on == today:
        return False
    row.used_on = today
    session.add(row)
    session.flush()
    return True


def _issue(session: Session, token: str, row: AccessToken) -> NewToken:
    session.add(row)
    record_change(session, row, action=ChangeAction.CREATE, who=row.who, now_utc=row.created_at_utc)
    return NewToken(token, row)


def _open(session: Session, token_id: int) -> AccessToken:
    row = session.get(AccessToken, token_id)
    if row is None or row.revoked_at_utc is not None:
        raise NoSuchToken
    return row


def _clean(label: str) -> str:
    told = " ".join(label.split())[:80]
    if not told:
        raise TokenLabelMissing
    return told


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
