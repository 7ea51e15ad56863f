"""What is sent to whom, once: each occasion one row a channel, and what became of it.

Whoever sends takes a message first (``take``), in a transaction of its own, so that of several processes one gets it; then it is sent,
then noted. Whoever dies in between leaves it taken: after ``LOST_AFTER`` it is tried once more, so it may arrive twice, but no more often
than there are tries. A message that waited longer than ``GOOD_FOR`` is not sent any more: its week is over.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, select

from unionboard.errors.messages import MessageGone
from unionboard.models import MessageChannel, MessageEvent, SentMessage
from unionboard.services.guard import require
from unionboard.services.permissions import Act

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
"""How long after each failed try the next one comes."""
MOST_TRIES = len(WAITS) + 1
LOST_AFTER = timedelta(minutes=10)
GOOD_FOR = timedelta(days=2)
KEPT = timedelta(days=400)


class Failure(StrEnum):
    """Why a message did not arrive. It stands in ``SentMessage.failure``, with the other side's number behind a colon where it gave one."""

    KEYWORD = "keyword"  # the robot wants a word that is not in the message
    SIGNATURE = "signature"
    ADDRESS_RANGE = "address_range"  # the robot takes messages from certain IP addresses only
    NO_ROBOT = "no_robot"
    TOO_MANY = "too_many"
    REFUSED = "refused"
    SERVER = "server"  # an answer that says nothing but that it went wrong
    SILENT = "silent"  # no answer in time
    NO_CONNECTION = "no_connection"
    CERTIFICATE = "certificate"
    LOGIN = "login"
    RECIPIENT = "recipient"
    ADDRESS = "address"  # ours cannot be used, or not read without the key


LASTING = frozenset(
    {Failure.KEYWORD, Failure.SIGNATURE, Failure.ADDRESS_RANGE, Failure.NO_ROBOT, Failure.LOGIN, Failure.RECIPIENT, Failure.ADDRESS}
)
"""Somebody has to mend these; trying again by itself changes nothing."""


class MessageState(StrEnum):
    SENT = "sent"
    UNDER_WAY = "under_way"
    FAILED = "failed"  # and is tried again
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a message is about; for each channel there is one message an occasion."""

    event: MessageEvent
    about: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message that was taken to be sent. ``address`` is open."""

    id: int
    channel: MessageChannel
    event: MessageEvent
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class SentView:
    """A message as the list shows it. ``failure`` is None where nothing went wrong; ``number``: what the other side said."""

    id: int
    channel_id: int
    channel: str
    event: MessageEvent
    title: str
    state: MessageState
    tries: int
    at_utc: datetime | None
    failure: Failure | None
    number: str


def has_message(session: Session, channel_id: int, occasion: Occasion) -> bool:
    """Whether this channel got, or is getting, a message about it."""
    query = select(SentMessage.id).where(SentMessage.channel_id == channel_id, SentMessage.event == occasion.event)
    return session.exec(query.where(SentMessage.about == occasion.about)).first() is not None


def list_abouts(session: Session, channel_id: int, event: MessageEvent) -> list[str]:
    """What this channel was told about before, of one event; in order."""
    query = select(SentMessage.about).where(SentMessage.channel_id == channel_id, SentMessage.event == event)
    return sorted(session.exec(query))


def put_message(session: Session, channel_id: int, occasion: Occasion, *, title: str, text: str, now_utc: datetime) -> SentMessage | None:
    """A message to be sent as soon as it may be; None: this channel has it already. Until it is tried ``tried_at_utc`` says since when
    it waits."""
    if has_message(session, channel_id, occasion):
        return None
    row = SentMessage(channel_id=channel_id, event=occasion.event, about=occasion.about, title=title, text=text, tried_at_utc=now_utc)
    session.add(row)
    session.flush()
    return row


def list_open(session: Session, *, now_utc: datetime) -> list[int]:
    """Ids of the messages to be tried now, oldest first."""
    query = select(SentMessage).where(col(SentMessage.sent_at_utc).is_(None), SentMessage.tries < MOST_TRIES)
    return [row.id or 0 for row in session.exec(query.order_by(col(SentMessage.id))) if _is_open(row, now_utc)]


def take(session: Session, message_id: int, *, now_utc: datetime, channel_id: int | None = None) -> Parcel | None:
    """Take a message to send it, or None: another process has, its channel is off, or it is another than ``channel_id``. The caller
    commits before sending."""
    row = session.exec(select(SentMessage).where(SentMessage.id == message_id)).first()
    channel = None if row is None else session.get(MessageChannel, row.channel_id)
    if (
        row is None
        or channel is None
        or channel_id not in (None, channel.id)
        or not channel.is_on
        or channel.removed_at_utc is not None
        or not _is_open(row, now_utc)
    ):
        return None
    row.tries, row.tried_at_utc, row.failure = row.tries + 1, now_utc, ""
    session.add(row)
    session.flush()
    return Parcel(row.id or 0, channel, row.event, row.title, row.text)


def note_outcome(session: Session, message_id: int, failure: Failure | None, *, number: str = "", now_utc: datetime) -> None:
    """What became of a message that was taken; ``number``: the other side's code, without words."""
    row = session.exec(select(SentMessage).where(SentMessage.id == message_id)).first()
    if row is None:
        return  # its channel was switched off meanwhile
    if failure is None:
        row.sent_at_utc = now_utc
    else:
        row.failure = f"{failure.value}:{number}" if number else failure.value
    session.add(row)
    session.flush()


def try_again(session: Session, message_id: int, *, now_utc: datetime) -> None:
    """Somebody has mended what was wrong: send it after all. Raises: NotYours, MessageGone."""
    require(session, Act.CONNECT)
    row = session.exec(select(SentMessage).where(SentMessage.id == message_id)).first()
    if row is None or row.sent_at_utc is not None:
        raise MessageGone
    row.tries, row.failure, row.tried_at_utc = 0, "", now_utc
    session.add(row)
    session.flush()


def list_lately(session: Session, *, most: int, now_utc: datetime) -> list[SentView]:
    """The newest messages first, whatever became of them. Two queries."""
    names = dict(session.exec(select(MessageChannel.id, MessageChannel.name)).all())
    rows = session.exec(select(SentMessage).order_by(col(SentMessage.id).desc()).limit(most)).all()
    return [_view(row, names.get(row.channel_id, ""), now_utc) for row in rows]


def forget_old(session: Session, *, now_utc: datetime) -> int:
    """Drop what went out more than ``KEPT`` ago; how many. Every occasion is over by then."""
    before = now_utc - KEPT
    old = session.exec(select(SentMessage).where(col(SentMessage.tried_at_utc) < before)).all()
    _drop(session, old)
    return len(old)


def _drop(session: Session, rows: Iterable[SentMessage]) -> None:
    for row in rows:
        session.delete(row)
    session.flush()


def _is_open(row: SentMessage, now_utc: datetime) -> bool:
    if row.sent_at_utc is not None or row.tries >= MOST_TRIES:
        return False
    waited = now_utc - (row.tried_at_utc or now_utc)
    if waited > GOOD_FOR:
        return False
    if row.tries == 0:
        return True
    failure, _ = _read_failure(row.failure)
    if failure is None:
        return waited >= LOST_AFTER
    return failure not in LASTING and waited >= WAITS[row.tries - 1]


def _read_failure(kept: str) -> tuple[Failure | None, str]:
    code, _, number = kept.partition(":")
    return (Failure(code) if code else None), number


def _view(row: SentMessage, channel: str, now_utc: datetime) -> SentView:
    failure, number = _read_failure(row.failure)
    return SentView(
        id=row.id or 0,
        channel_id=row.channel_id,
        channel=channel,
        event=row.event,
        title=row.title,
        state=_judge(row, failure, now_utc),
        tries=row.tries,
        at_utc=row.sent_at_utc or row.tried_at_utc,
        failure=failure,
        number=number,
    )


def _judge(row: SentMessage, failure: Failure | None, now_utc: datetime) -> MessageState:
    if row.sent_at_utc is not None:
        return MessageState.SENT
    is_over = now_utc - (row.tried_at_utc or now_utc) > GOOD_FOR
    if failure in LASTING or is_over or (row.tries >= MOST_TRIES and failure is not None):
        return MessageState.GIVEN_UP
    return MessageState.FAILED if failure is not None else MessageState.UNDER_WAY
