"""Which accounts there are. Looking only: signing in and managing them build on it."""

from sqlmodel import Session, col, select

from unionboard.errors.accounts import AccountUnknown
from unionboard.models import Account, AccountRole
from unionboard.services.roles import plain_name

ROLES: dict[str, AccountRole] = {role.value: role for role in AccountRole}

_ANY = select(Account.id).where(col(Account.is_active)).limit(1)


def name_key(name: str) -> str:
    """What tells accounts apart: blanks, dots, width, case and Traditional characters do not."""
    return plain_name(name)


def has_accounts(session: Session) -> bool:
    """Whether anybody can sign in: from then on everybody has to."""
    return session.exec(_ANY).first() is not None


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
    """The open account of an e-mail address in small letters. None also where several have it: nobody is let in as somebody else."""
    rows = session.exec(select(Account).where(Account.email == email, col(Account.is_active))).all() if email else []
    return rows[0] if len(rows) == 1 else None


def roles_of(account: Account) -> frozenset[AccountRole]:
    """The roles an account holds; a code nobody knows gives none."""
    return frozenset(ROLES[code] for code in account.roles if code in ROLES)
