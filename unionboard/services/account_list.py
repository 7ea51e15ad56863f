"""Which accounts there are. Looking only: signing in and managing them build on it."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Select, true
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from unionboard.errors.accounts import AccountUnknown
from unionboard.models import Account, AccountRole
from unionboard.models.separation import of_all, union_of
from unionboard.services.roles import plain_name

ROLES: dict[str, AccountRole] = {role.value: role for role in AccountRole}


def name_key(name: str) -> str:
    """What tells accounts apart: blanks, dots, width, case and Traditional characters do not."""
    return plain_name(name)


def has_accounts(session: Session) -> bool:
    """Whether anybody can sign in, whichever union's they are: from then on everybody has to."""
    with of_all(session):
        return session.connection().execute(_ask_any(union_of(session))).first() is not None


def has_own_accounts(session: Session) -> bool:
    """Whether anybody can sign in to the union ``session`` is about."""
    return session.connection().execute(_ask_any(union_of(session))).first() is not None


@lru_cache(maxsize=4096)
def _ask_any(union: int | None) -> Select[Any]:
    """Of the bare table, which says itself whose account it wants: every run of every page asks it where there are none."""
    account = Account.metadata.tables[str(Account.__tablename__)].c
    mine = true() if union is None else account.union_id == union
    return select_columns(account.id).where(mine, account.is_active).limit(1)


def list_accounts(session: Session) -> list[Account]:
    """All accounts, those that are closed last."""
    return list(session.exec(select(Account).order_by(col(Account.is_active).desc(), col(Account.id))))


def find_account(session: Session, name: str) -> Account | None:
    """The account of that name, closed or not."""
    key = name_key(name)
    return session.exec(select(Account).where(Account.name_key == key)).first() if key else None


def named_account(session: Session, name: str) -> Account:
    """The same for whoever must have one. Raises: AccountUnknown."""
    account = find_account(session, name)
    if account is None:
        raise AccountUnknown(name=name.strip())
    return account


def find_account_of(session: Session, email: str) -> Account | None:
    """The open account of an e-mail address in small letters, of those that ``session`` sees. None also where several have it: nobody is
    let in as somebody else."""
    rows = session.exec(select(Account).where(Account.email == email, col(Account.is_active))).all() if email else []
    return rows[0] if len(rows) == 1 else None


def roles_of(account: Account) -> frozenset[AccountRole]:
    """The roles an account holds; a code nobody knows gives none."""
    return frozenset(ROLES[code] for code in account.roles if code in ROLES)
