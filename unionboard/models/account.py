"""Who may come in: accounts, and where each is signed in at present."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from unionboard.models.base import OfUnion, UtcDateTime


class AccountRole(StrEnum):
    """What an account may do; one person may hold several. The rules are in ``services.permissions``."""

    CHAIR = "chair"
    TREASURER = "treasurer"
    COMMITTEE = "committee"
    AUDIT = "audit"
    VIEWER = "viewer"  # the shared screen


class Account(OfUnion, table=True):
    """Somebody who signs in. ``name`` is what is typed to sign in and what the change log says; ``roles`` are codes of ``AccountRole``.

    ``password_hash`` is empty until one is set; ``must_change``: the password was given by somebody else. ``email`` links an account to a
    sign-in service (OIDC).
    """

    __table_args__ = (UniqueConstraint("union_id", "name_key"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=40)
    name_key: str = Field(max_length=80)  # the name without blanks, width and case: one person, one account
    roles: list[str] = Field(default_factory=list, sa_type=JSON)
    password_hash: str = Field(default="", max_length=200)
    must_change: bool = Field(default=False)
    email: str = Field(default="", max_length=120, index=True)
    is_active: bool = Field(default=True)
    created_at_utc: datetime = Field(sa_type=UtcDateTime)
    version: int = Field(default=1)


class SignIn(OfUnion, table=True):
    """One browser that is signed in. Only the hash of its token is kept; ``ended_at_utc``: signed out, here or from elsewhere.

    ``unlocked_until_utc``: until then this browser may be shown personal fields.
    """

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    token_sha256: str = Field(max_length=64, unique=True)
    created_at_utc: datetime = Field(sa_type=UtcDateTime)
    expires_at_utc: datetime = Field(sa_type=UtcDateTime)
    seen_at_utc: datetime = Field(sa_type=UtcDateTime)
    ended_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    unlocked_until_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    origin: str = Field(default="", max_length=80)  # the address it came from
    device: str = Field(default="", max_length=120)  # what the browser says it is
