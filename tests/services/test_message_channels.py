"""Groups that get reminders: who keeps them, and what the log of changes says of them."""

import pytest
from sqlmodel import Session, select

from tests.makers import NOW
from unionboard.errors.messages import ChannelEventsMissing, ChannelNameMissing, ChannelUnknown
from unionboard.errors.permissions import NotYours
from unionboard.errors.saving import StaleSave
from unionboard.models import AccountRole, Change, ChannelKind, MessageChannel, MessageEvent
from unionboard.services.guard import Actor, bind_actor
from unionboard.services.log_replay import replay_log
from unionboard.services.message_channels import add_channel, find_channel, list_channels, remove_channel, save_channel, switch_channel

STAMP = {"who": "陈立群", "now_utc": NOW}


def add(session: Session, **values: object) -> MessageChannel:
    told = {
        "kind": ChannelKind.WECOM,
        "name": "委员群",
        "address": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=topsecret",
        "events": [MessageEvent.LATE],
        "language": "zh_CN",
        "who": "陈立群",
        "now_utc": NOW,
    }
    return add_channel(session, **(told | values))  # type: ignore[arg-type]


@pytest.mark.parametrize("role", [AccountRole.TREASURER, AccountRole.COMMITTEE, AccountRole.AUDIT, AccountRole.VIEWER])
def test_only_the_chair_keeps_them(session: Session, role: AccountRole) -> None:
    channel = add(session)
    bind_actor(session, Actor(name="何敏", roles=frozenset({role}), account_id=2))

    with pytest.raises(NotYours):
        add(session)
    with pytest.raises(NotYours):
        switch_channel(session, channel.id or 0, is_on=False, version=1, **STAMP)  # type: ignore[arg-type]
    with pytest.raises(NotYours):
        remove_channel(session, channel.id or 0, version=1, **STAMP)  # type: ignore[arg-type]


def test_events_are_kept_in_one_order_and_asked_by(session: Session) -> None:
    first = add(session, events=[MessageEvent.LATE, MessageEvent.DUE_THIS_WEEK])
    add(session, events=[MessageEvent.MINUTES_READY])

    assert first.events == ["due_this_week", "late"]
    assert list_channels(session, event=MessageEvent.LATE) == [first]


def test_name_and_events_are_asked_for(session: Session) -> None:
    with pytest.raises(ChannelNameMissing):
        add(session, name=" ")
    with pytest.raises(ChannelEventsMissing):
        add(session, events=[])


def test_late_editor_is_refused_and_no_address_is_told(session: Session) -> None:
    channel = add(session)
    told = {"name": "群", "events": [MessageEvent.LATE], "language": "zh_CN"}
    save_channel(session, channel.id or 0, address="https://new", version=1, **told, **STAMP)  # type: ignore[arg-type]

    with pytest.raises(StaleSave) as refused:
        save_channel(session, channel.id or 0, address="https://mine", version=1, **told, **STAMP)  # type: ignore[arg-type]

    assert "https" not in str(refused.value.facts)


def test_removed_one_is_unknown(session: Session) -> None:
    channel = add(session)
    remove_channel(session, channel.id or 0, version=1, **STAMP)  # type: ignore[arg-type]

    with pytest.raises(ChannelUnknown):
        find_channel(session, channel.id or 0)
    assert list_channels(session) == []


def test_log_tells_every_step_without_the_address_and_agrees_with_what_is_stored(session: Session) -> None:
    channel = add(session)
    switch_channel(session, channel.id or 0, is_on=False, version=1, **STAMP)  # type: ignore[arg-type]
    remove_channel(session, channel.id or 0, version=2, **STAMP)  # type: ignore[arg-type]

    lines = session.exec(select(Change).where(Change.noun == "message_channel")).all()
    assert [line.action for line in lines] == ["create", "update", "update"]
    assert "topsecret" not in "".join(str(line.before) + str(line.after) for line in lines)
    assert list(replay_log(session)) == []
