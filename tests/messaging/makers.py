"""Channels that lead to a server of the test's own."""

from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from unionboard import db
from unionboard.models import ChannelKind, MessageChannel, MessageEvent, MessagePolicy

LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
ALL = [event.value for event in MessageEvent]


def add_channel(url: str, **values: Any) -> int:
    """A WeCom group that is told everything; its id."""
    told: dict[str, Any] = {
        "kind": ChannelKind.WECOM,
        "name": "委员群",
        "address": f"{url}/cgi-bin/webhook/send?key=k1234567",
        "events": ALL,
        "who": "chair",
        "created_at_utc": LONG_AGO,
    }
    with db.writing() as session:
        row = MessageChannel(**(told | values))
        session.add(row)
    return row.id or 0


def set_policy(session: Session, **values: Any) -> MessagePolicy:
    """Mondays at 08:30, quiet from 21:00 to 07:30, unless said otherwise."""
    row = MessagePolicy(**values)
    session.add(row)
    session.flush()
    return row
