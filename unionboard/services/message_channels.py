"""The groups and mailboxes that get a union's messages. Their addresses are checked before, see ``message_addresses``."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from unionboard.errors.messages import ChannelEventsMissing, ChannelNameMissing, ChannelUnknown
from unionboard.models import ChannelKind, MessageChannel, MessageEvent, SentMessage
from unionboard.models.changelog import ChangeAction
from unionboard.models.separation import of_all
from unionboard.services.changes import record_change, update_row
from unionboard.services.guard import require
from unionboard.services.permissions import Act
from unionboard.services.privacy import check_text


def list_channels(session: Session, *, event: MessageEvent | None = None) -> list[MessageChannel]:
    """Those that were not removed, oldest first; with ``event`` only those that are switched on and told about it."""
    query = select(MessageChannel).where(col(MessageChannel.removed_at_utc).is_(None)).order_by(col(MessageChannel.id))
    rows = list(session.exec(query))
    return rows if event is None else [row for row in rows if row.is_on and event.value in row.events]


def list_unions_with_channels(session: Session) -> list[int]:
    """The numbers of the unions that have a channel switched on, whichever ``session`` is about. One query."""
    with of_all(session):
        query = select(MessageChannel.union_id).where(col(MessageChannel.is_on), col(MessageChannel.removed_at_utc).is_(None)).distinct()
        return sorted(number or 0 for number in session.exec(query))


def find_channel(session: Session, channel_id: int) -> MessageChannel:
    """Raises: ChannelUnknown, also for one that was removed."""
    row = session.exec(select(MessageChannel).where(MessageChannel.id == channel_id)).first()
    if row is None or row.removed_at_utc is not None:
        raise ChannelUnknown
    return row


def add_channel(
    session: Session,
    *,
    kind: ChannelKind,
    name: str,
    address: str,
    events: Iterable[MessageEvent],
    language: str,
    who: str,
    now_utc: datetime,
) -> MessageChannel:
    """One more; ``address`` as ``message_addresses`` writes it. Raises: NotYours, ChannelNameMissing, ChannelEventsMissing,
    PrivateNumberTyped, KeyMissing."""
    require(session, Act.CONNECT)
    row = MessageChannel(
        kind=kind,
        name=_check_name(name),
        address=address,
        events=_check_events(events),
        language=language,
        who=who,
        created_at_utc=now_utc,
    )
    session.add(row)
    record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
    return row


def save_channel(
    session: Session,
    channel_id: int,
    *,
    name: str,
    events: Iterable[MessageEvent],
    language: str,
    version: int,
    who: str,
    now_utc: datetime,
    address: str | None = None,
) -> MessageChannel:
    """Change it; ``address`` None keeps what it has. What failed there lately may be tried again with a new one.

    Raises: NotYours, ChannelUnknown, ChannelNameMissing, ChannelEventsMissing, PrivateNumberTyped, KeyMissing, StaleSave.
    """
    require(session, Act.CONNECT)
    row = find_channel(session, channel_id)
    told: dict[str, Any] = {"name": _check_name(name), "events": _check_events(events), "language": language}
    if address is not None:
        told["address"] = address
    update_row(session, row, version=version, who=who, now_utc=now_utc, **told)
    if address is not None:
        for message in _list_unsent(session, channel_id):
            message.tries, message.failure = 0, ""
            session.add(message)
    return row


def switch_channel(session: Session, channel_id: int, *, is_on: bool, version: int, who: str, now_utc: datetime) -> MessageChannel:
    """On, or off for a while: what was under way to it goes nowhere. Raises: NotYours, ChannelUnknown, StaleSave."""
    require(session, Act.CONNECT)
    row = find_channel(session, channel_id)
    update_row(session, row, version=version, who=who, now_utc=now_utc, is_on=is_on)
    if not is_on:
        _drop_unsent(session, channel_id)
    return row


def remove_channel(session: Session, channel_id: int, *, version: int, who: str, now_utc: datetime) -> None:
    """It gets nothing any more, and its address is forgotten; what it got stays on record. Raises: NotYours, ChannelUnknown, StaleSave."""
    require(session, Act.CONNECT)
    row = find_channel(session, channel_id)
    update_row(session, row, version=version, who=who, now_utc=now_utc, removed_at_utc=now_utc, is_on=False, address="")
    _drop_unsent(session, channel_id)


def _check_name(name: str) -> str:
    check_text(name)
    if not name.strip():
        raise ChannelNameMissing
    return name.strip()


def _check_events(events: Iterable[MessageEvent]) -> list[str]:
    chosen = set(events)
    if not chosen:
        raise ChannelEventsMissing
    return [event.value for event in MessageEvent if event in chosen]


def _list_unsent(session: Session, channel_id: int) -> Sequence[SentMessage]:
    return session.exec(select(SentMessage).where(SentMessage.channel_id == channel_id, col(SentMessage.sent_at_utc).is_(None))).all()


def _drop_unsent(session: Session, channel_id: int) -> None:
    for message in _list_unsent(session, channel_id):
        session.delete(message)
    session.flush()
