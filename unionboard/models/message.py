"""Reminders that go where people are: group robots, mail, and what has been sent."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from unionboard.models.base import OfUnion, SealedText, UtcDateTime, code_type


class ChannelKind(StrEnum):
    """Where messages go; ``OTHER`` is any address that apprise understands."""

    WECOM = "wecom"  # 企业微信群机器人
    DINGTALK = "dingtalk"  # 钉钉群机器人
    FEISHU = "feishu"  # 飞书群机器人
    EMAIL = "email"
    OTHER = "other"


class MessageEvent(StrEnum):
    """What a message is about."""

    DUE_THIS_WEEK = "due_this_week"
    LATE = "late"
    BUDGET_NEAR_END = "budget_near_end"
    MEETING_CALLED = "meeting_called"
    MINUTES_READY = "minutes_ready"


class MessageChannel(OfUnion, table=True):
    """One group, mailbox or other place. ``address`` holds its secret and is stored sealed; ``events``: codes of ``MessageEvent``."""

    id: int | None = Field(default=None, primary_key=True)
    kind: ChannelKind = Field(sa_type=code_type(ChannelKind))
    name: str = Field(max_length=80)
    address: str = Field(sa_type=SealedText)
    events: list[str] = Field(default_factory=list, sa_type=JSON)
    language: str = Field(default="zh_CN", max_length=8)
    is_on: bool = Field(default=True)
    who: str = Field(max_length=40)
    created_at_utc: datetime = Field(sa_type=UtcDateTime)
    removed_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)


class MessagePolicy(OfUnion, table=True):
    """When a union's messages go out; at most one row a union. Minutes count from midnight in the union's time zone.

    Nothing is sent from ``quiet_from`` (inclusive) to ``quiet_until`` (exclusive), over midnight where the first is the later.
    ``weekday``: 1 is Monday. ``budget_share_pct``: a fund item this far spent is near its end. ``board_url``: what messages link to.
    """

    __table_args__ = (UniqueConstraint("union_id"),)

    id: int | None = Field(default=None, primary_key=True)
    weekday: int = Field(default=1, ge=1, le=7)
    send_at: int = Field(default=8 * 60 + 30, ge=0, lt=24 * 60)
    quiet_from: int = Field(default=21 * 60, ge=0, lt=24 * 60)
    quiet_until: int = Field(default=7 * 60 + 30, ge=0, lt=24 * 60)
    budget_share_pct: int = Field(default=90, ge=1, le=100)
    board_url: str = Field(default="", max_length=300)
    version: int = Field(default=1)


class SentMessage(OfUnion, table=True):
    """One message to one channel: that it is due, what became of it, and so that nobody gets it twice.

    ``about`` names the occasion among its event's, as 2026-W19 or activity:12. ``tries``: how often it was attempted; ``failure``: why the
    last one failed, in words for the log, never with the address. Not sent and no failure: under way.
    """

    __table_args__ = (UniqueConstraint("channel_id", "event", "about"),)

    id: int | None = Field(default=None, primary_key=True)
    channel_id: int = Field(foreign_key="message_channel.id", index=True)
    event: MessageEvent = Field(sa_type=code_type(MessageEvent))
    about: str = Field(max_length=80)
    title: str = Field(max_length=200)
    text: str
    tries: int = Field(default=0)
    tried_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sent_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    failure: str = Field(default="", max_length=200)
