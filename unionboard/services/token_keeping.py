"""Going back to a backup brings back the data, not the rights of then: an address or token that was revoked since stays revoked, and one
that was made since goes on.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from unionboard import secrecy
from unionboard.models import AccessToken
from unionboard.models.changelog import ChangeAction
from unionboard.services.changes import move_row, record_change

_KEPT = ("kind", "scope", "about", "label", "token_sha256", "language", "used_on")


def read_tokens(session: Session) -> tuple[AccessToken, ...]:
    """All of them as they are now, the revoked ones too, for ``keep_tokens`` in other data."""
    rows = tuple(session.exec(select(AccessToken).order_by(col(AccessToken.id))))
    session.expunge_all()
    return rows


def keep_tokens(session: Session, present: Sequence[AccessToken], *, who: str, now_utc: datetime) -> None:
    """In older data only what opens something at ``present`` does: the others are revoked, those that are missing are made, each logged.

    Of the union ``session`` is about. Where there are neither accounts nor tokens at present (a new computer) it is not to be called.
    """
    now = {row.token_sha256: row for row in present if row.revoked_at_utc is None}
    then = {row.token_sha256: row for row in session.exec(select(AccessToken))}
    for sha256, row in then.items():
        if row.revoked_at_utc is None and sha256 not in now:
            move_row(session, row, who=who, now_utc=now_utc, revoked_at_utc=now_utc, token="")
    for sha256, row in now.items():
        if sha256 not in then:
            token = "" if row.token == secrecy.UNREADABLE else row.token
            new = AccessToken(**{name: getattr(row, name) for name in _KEPT}, token=token, who=who, created_at_utc=now_utc)
            session.add(new)
            record_change(session, new, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
