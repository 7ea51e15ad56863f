"""A round: what is due is put down, then what was put down is sent. The clock's minute, cron and a pressed button all come here.

Several processes may make rounds on the same data: each message is taken in a transaction of its own, so that one of them sends it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

from sqlmodel import Session

from unionboard import db, secrecy
from unionboard.config import TIME_ZONE
from unionboard.log import record
from unionboard.messaging import by_apprise, posting
from unionboard.messaging.robots import ROBOTS, Outcome
from unionboard.messaging.wording import Message, read_back, word
from unionboard.models import MessageChannel, MessageEvent, MessagePolicy
from unionboard.services.message_channels import list_channels, list_unions_with_channels
from unionboard.services.message_dues import Standing, read_current, tell_budget, tell_late, tell_week
from unionboard.services.message_facts import Facts
from unionboard.services.message_policy import is_quiet, last_daily, last_weekly, read_policy
from unionboard.services.sent_messages import Failure, Parcel, has_message, list_abouts, list_open, note_outcome, put_message, take

BY_ITSELF = (MessageEvent.DUE_THIS_WEEK, MessageEvent.LATE, MessageEvent.BUDGET_NEAR_END)
"""What is sent without anybody pressing a button."""
MAKE_UP_FOR = timedelta(days=3)
"""A week's message that was missed, the program being off, still goes out so long."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A message that is due to a channel."""

    channel: MessageChannel
    facts: Facts
    message: Message


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one message."""

    union: int
    channel_id: int
    channel: str
    event: MessageEvent
    title: str
    outcome: Outcome


def local_now(*, today: date, now_utc: datetime) -> datetime:
    """The moment where the union is; ``today`` may be a rehearsed day."""
    zone = ZoneInfo(TIME_ZONE)
    return datetime.combine(today, now_utc.astimezone(zone).time(), tzinfo=zone)


def plan_round(session: Session, *, local: datetime, only: Collection[MessageEvent] = (), channel_id: int | None = None) -> list[Planned]:
    """What is due at ``local`` and was not told yet, channel by channel; nothing is written.

    ``only``: these events, whatever their weekday and time; else what the policy's times say.
    """
    channels = [row for row in list_channels(session) if row.is_on and channel_id in (None, row.id)]
    channels = [row for row in channels if any(event.value in row.events for event in only or BY_ITSELF)]
    standing = read_current(session, today=local.date()) if channels else None
    if standing is None:
        return []
    policy = read_policy(session)
    found: list[Planned] = []
    for channel in channels:
        for event in BY_ITSELF:
            if event.value not in channel.events or (event not in only if only else not _is_time(event, channel, policy, local)):
                continue
            facts = _tell(session, standing, policy, channel.id or 0, event, local)
            if facts is not None and not has_message(session, channel.id or 0, facts.occasion):
                found.append(Planned(channel, facts, word(facts, language=channel.language)))
    return found


def send_due(*, today: date, now_utc: datetime, only: Collection[MessageEvent] = (), channel_id: int | None = None) -> list[Sent]:
    """The round of the union that sessions of this thread are about. In its quiet hours nothing is done."""
    local = local_now(today=today, now_utc=now_utc)
    with db.reading() as session:
        if is_quiet(read_policy(session), local):
            return []
        planned = plan_round(session, local=local, only=only, channel_id=channel_id)
    if planned:
        with db.writing() as session:
            for one in planned:
                put_message(
                    session, one.channel.id or 0, one.facts.occasion, title=one.message.title, text=one.message.text, now_utc=now_utc
                )
    return send_open(now_utc=now_utc, channel_id=channel_id)


def send_open(*, now_utc: datetime, channel_id: int | None = None) -> list[Sent]:
    """Send what was put down and may be tried now."""
    with db.reading() as session:
        waiting = list_open(session, now_utc=now_utc)
    done: list[Sent] = []
    started_s = monotonic()  # the last of many is taken minutes after the first, and counts as lost from then on
    for message_id in waiting:
        with db.writing() as session:
            taken_utc = now_utc + timedelta(seconds=round(monotonic() - started_s))
            parcel = take(session, message_id, now_utc=taken_utc, channel_id=channel_id)
            policy, union = read_policy(session), int(session.info["union"] or 0)
        if parcel is not None:
            outcome = _deliver(parcel, policy)
            with db.writing() as session:
                note_outcome(session, parcel.id, outcome.failure, number=outcome.number, now_utc=taken_utc)
            done.append(Sent(union, parcel.channel.id or 0, parcel.channel.name, parcel.event, parcel.title, outcome))
    return done


def put_facts(session: Session, facts: Facts, *, now_utc: datetime) -> int:
    """Put a message down for every channel that is told of such; how many. Those that had it before are left out."""
    count = 0
    for channel in list_channels(session, event=facts.occasion.event):
        message = word(facts, language=channel.language)
        row = put_message(session, channel.id or 0, facts.occasion, title=message.title, text=message.text, now_utc=now_utc)
        count += row is not None
    return count


def deliver(channel: MessageChannel, message: Message) -> Outcome:
    """Send one message now, whatever the hour: a test, too. Nothing is kept of it."""
    if channel.address in ("", secrecy.UNREADABLE):
        return Outcome(Failure.ADDRESS)
    return posting.post(channel.kind, channel.address, message) if channel.kind in ROBOTS else by_apprise.send(channel.address, message)


def list_unions_to_serve() -> list[int]:
    """The unions that have anybody to send to. One query."""
    with db.within(None), db.reading() as session:
        return list_unions_with_channels(session)


def _deliver(parcel: Parcel, policy: MessagePolicy) -> Outcome:
    message = read_back(parcel.title, parcel.text, link=policy.board_url, language=parcel.channel.language)
    try:
        return deliver(parcel.channel, message)
    except Exception as error:  # a fault of one service's code keeps nobody else's message back
        record(error, where="messages")
        return Outcome(Failure.REFUSED)


def _is_time(event: MessageEvent, channel: MessageChannel, policy: MessagePolicy, local: datetime) -> bool:
    """Whether its moment has come, after the channel was made: nobody is told of a Monday that was before."""
    weekly = event is MessageEvent.DUE_THIS_WEEK
    moment = last_weekly(policy, local) if weekly else last_daily(policy, local)
    return moment >= channel.created_at_utc and (not weekly or local - moment < MAKE_UP_FOR)


def _tell(
    session: Session, standing: Standing, policy: MessagePolicy, channel_id: int, event: MessageEvent, local: datetime
) -> Facts | None:
    if event is MessageEvent.DUE_THIS_WEEK:
        return tell_week(standing, week_of=last_weekly(policy, local).date())
    told = list_abouts(session, channel_id, event)
    return tell_late(standing, told=told) if event is MessageEvent.LATE else tell_budget(session, standing, policy, told=told)
