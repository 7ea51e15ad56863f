"""Secret addresses by which other programs read, and only read: a calendar's feed, a script that asks the API."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field

from unionboard.models.base import OfUnion, SealedText, UtcDateTime, code_type


class TokenKind(StrEnum):
    """What a token opens."""

    CALENDAR = "calendar"
    API = "api"


class FeedScope(StrEnum):
    """Whose activities a calendar shows."""

    ALL = "all"
    OWNER = "owner"
    AREA = "area"


class AccessToken(OfUnion, table=True):
    """One secret, asked for by its hash. A calendar's is kept sealed as well, to be shown again; an API's is shown once.

    ``about``: the owner's name or the area's code, empty for all. ``used_on``: the last day somebody came with it, in the union's zone.
    """

    id: int | None = Field(default=None, primary_key=True)
    kind: TokenKind = Field(sa_type=code_type(TokenKind))
    scope: FeedScope = Field(default=FeedScope.ALL, sa_type=code_type(FeedScope))
    about: str = Field(default="", max_length=80)
    label: str = Field(default="", max_length=80)  # what it is for, in the committee's words
    token_sha256: str = Field(max_length=64, unique=True)
    token: str = Field(default="", sa_type=SealedText)
    language: str = Field(default="zh_CN", max_length=8)
    who: str = Field(max_length=40)
    created_at_utc: datetime = Field(sa_type=UtcDateTime)
    used_on: date | None = Field(default=None)
    revoked_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)
