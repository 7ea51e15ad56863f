"""Going back to a backup brings back the data, not the rights of then: who may come in, and with which password, stays as it is.

Else a closed account, a role that was taken away or a password that became known would be good again.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from unionboard.models import Account
from unionboard.models.changelog import ChangeAction
from unionboard.services.changes import move_row, record_change

_KEPT = ("name", "roles", "password_hash", "must_change", "email", "is_active")


def read_accounts(session: Session) -> tuple[Account, ...]:
    """The accounts as they are now, for ``keep_accounts`` in other data."""
    rows = tuple(session.exec(select(Account).order_by(col(Account.id))))
    session.expunge_all()
    return rows


def keep_accounts(session: Session, present: Sequence[Account], *, who: str, now_utc: datetime) -> None:
    """Make the accounts of older data what they are at ``present``, each change logged; those only the older data know are closed.

    Of the union ``session`` is about. Where there are none at present in the whole database (a new computer, data that cannot be read) it
    is not to be called: the older ones stay as they were.
    """
    then = {account.name_key: account for account in session.exec(select(Account))}
    now = {account.name_key: account for account in present}
    for key in then.keys() - now.keys():
        _save(session, then[key], {"is_active": False}, who=who, now_utc=now_utc)
    for key, account in now.items():
        values = {name: getattr(account, name) for name in _KEPT}
        if key in then:
            _save(session, then[key], values, who=who, now_utc=now_utc)
            continue
        row = Account(name_key=key, created_at_utc=now_utc, **values)
        session.add(row)
        record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)


def _save(session: Session, row: Account, values: dict[str, object], *, who: str, now_utc: datetime) -> None:
    if all(getattr(row, name) == value for name, value in values.items()):
        return
    move_row(session, row, who=who, now_utc=now_utc, **values)
