"""Opening personal fields for ten minutes where there are no accounts yet; with accounts the sign-in itself is unlocked.

Source: domain notes D2 (details behind an explicit unlock that is logged and expires).
"""

from datetime import datetime

from sqlmodel import Session

from unionboard.errors.permissions import Locked
from unionboard.models import Account, Change
from unionboard.models.changelog import ChangeAction
from unionboard.services.account_list import has_accounts
from unionboard.services.guard import require
from unionboard.services.permissions import Act
from unionboard.services.sign_ins import UNLOCKED


def unlock_here(session: Session, *, who: str, now_utc: datetime) -> datetime:
    """Until when personal fields are open to whoever sits at this computer; logged.

    Raises: NotYours, Locked as soon as there are accounts: then it takes a password.
    """
    require(session, Act.SEE_NAMES)
    if has_accounts(session):
        raise Locked
    noun = str(Account.__tablename__)
    session.add(Change(at_utc=now_utc, who=who, action=ChangeAction.UNLOCK.value, noun=noun, row_id=0))
    session.flush()
    return now_utc + UNLOCKED
