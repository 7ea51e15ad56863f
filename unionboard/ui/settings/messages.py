"""Groups and mailboxes that get reminders: which there are, when they are told, what comes next and what was sent."""

from collections.abc import Iterable

import streamlit as st

from unionboard import clock, db
from unionboard.i18n import mark, name_language
from unionboard.messaging.failure_words import tell_failure
from unionboard.messaging.rounds import deliver
from unionboard.messaging.wording import word_test
from unionboard.models import ChannelKind, MessageChannel, MessageEvent
from unionboard.services import message_channels, sent_messages
from unionboard.services.message_addresses import read_recipients
from unionboard.services.permissions import Act
from unionboard.services.sent_messages import MessageState, SentView
from unionboard.ui import identity
from unionboard.ui.actions import action, refuse, report
from unionboard.ui.history import tell_moment
from unionboard.ui.message_sending import send_waiting
from unionboard.ui.settings import message_forms, message_times
from unionboard.ui.settings.message_forms import EVENT_NAMES, KIND_NAMES, stamp
from unionboard.ui.text import escape, language, t

_SHOWN = 12
_STATES = {
    MessageState.SENT: (":green[:material/check_circle:]", mark("sent")),
    MessageState.UNDER_WAY: (":gray[:material/schedule:]", mark("under way")),
    MessageState.FAILED: (":orange[:material/sync_problem:]", mark("is tried again")),
    MessageState.GIVEN_UP: (":red[:material/error:]", mark("did not arrive")),
}


def show() -> None:
    """The cards; nothing for whoever does not connect the union with others."""
    if not identity.may(Act.CONNECT):
        return
    with db.reading() as session:
        channels = message_channels.list_channels(session)
        lately = sent_messages.list_lately(session, most=_SHOWN, now_utc=clock.now_utc())
    with st.container(border=True, key="messages_card"):
        st.subheader(t("Reminders to groups"), anchor=False)
        told = t("To a group of WeCom, DingTalk or Feishu, or by e-mail. Titles, numbers and days only: nobody is ever named in them.")
        st.markdown(f":small[:gray[{told}]]")
        for channel in channels:
            _show_channel(channel)
        with st.expander(t("Add a group"), icon=":material/add:", expanded=not channels, key="message_add"):
            message_forms.ask_new(send_test)
    if channels:
        left, right = st.columns(2)
        with left:
            message_times.show_times()
        with right:
            message_times.show_next(channels)
            _show_lately(lately)


def _show_channel(channel: MessageChannel) -> None:
    """One line: which, told of what; what can be done with it behind a click."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"channel_{channel.id}"):
        with st.container(gap=None):
            st.text(channel.name)
            st.markdown(f":small[:gray[{' · '.join(_tell_facts(channel))}]]")
        st.space("stretch")
        label = t("Send a test message")
        st.button(label, icon=":material/send:", key=f"test_channel_{channel.id}", on_click=send_test, args=(channel.id or 0,))
        with st.popover(t("Manage"), key=f"manage_channel_{channel.id}"):
            message_forms.ask_change(channel)
            _offer_switch(channel)


def _tell_facts(channel: MessageChannel) -> list[str]:
    facts = [t(KIND_NAMES[channel.kind])]
    if channel.kind is ChannelKind.EMAIL:
        facts.append(escape(_list(read_recipients(channel.address))))
    facts.append(_list(t(EVENT_NAMES[event]) for event in MessageEvent if event.value in channel.events))
    if channel.language != language():
        facts.append(name_language(channel.language))
    return facts if channel.is_on else [f":orange[{t('switched off')}]", *facts]


def _list(words: Iterable[str]) -> str:
    return (", " if language() == "en" else "、").join(words)


def _offer_switch(channel: MessageChannel) -> None:
    with st.container(horizontal=True):
        if channel.is_on:
            label, icon = t("Switch off for a while"), ":material/pause:"
        else:
            label, icon = t("Switch on"), ":material/play_arrow:"
        st.button(label, icon=icon, key=f"switch_channel_{channel.id}", on_click=_switch, args=(channel,))
        st.button(t("Remove"), icon=":material/delete:", key=f"remove_channel_{channel.id}", on_click=_remove, args=(channel,))


def send_test(channel_id: int) -> None:
    """For callbacks: send a test message now and say what became of it."""
    with db.reading() as session:
        channel = message_channels.find_channel(session, channel_id)
    outcome = deliver(channel, word_test(language=channel.language))
    if outcome.failure is None:
        report(t("The test message has arrived in “{name}”.", name=escape(channel.name)))
    else:
        why = escape(tell_failure(language(), outcome.failure, outcome.number))
        refuse(t("“{name}”: the test message did not arrive. {why}", name=escape(channel.name), why=why))


def _switch(channel: MessageChannel) -> None:
    is_on = not channel.is_on
    action(
        lambda session: message_channels.switch_channel(session, channel.id or 0, is_on=is_on, version=channel.version, **stamp()),
        done=t("Switched on.") if is_on else t("Switched off: nothing is sent there."),
    )


def _remove(channel: MessageChannel) -> None:
    action(
        lambda session: message_channels.remove_channel(session, channel.id or 0, version=channel.version, **stamp()),
        done=t("Removed. Its address is forgotten."),
    )


def _show_lately(lately: list[SentView]) -> None:
    with st.container(border=True, key="messages_sent"):
        st.subheader(t("Sent lately"), anchor=False)
        if not lately:
            st.markdown(f":gray[{t('Nothing was sent yet. The first message goes out at the time beside.')}]")
        for message in lately:
            _show_sent(message)


def _show_sent(message: SentView) -> None:
    sign, state = _STATES[message.state]
    moment = tell_moment(message.at_utc) if message.at_utc else ""
    with st.container(horizontal=True, vertical_alignment="center", key=f"sent_{message.id}"):
        with st.container(gap=None):
            st.markdown(f"{sign} {escape(message.title)}")
            facts = [escape(message.channel), t(state), moment]
            st.markdown(f":small[:gray[{' · '.join(fact for fact in facts if fact)}]]")
            if message.failure is not None and message.state is not MessageState.SENT:
                st.markdown(f":small[{escape(tell_failure(language(), message.failure, message.number))}]")
        if message.state is MessageState.GIVEN_UP:
            st.space("stretch")
            st.button(t("Send it after all"), key=f"resend_{message.id}", on_click=_resend, args=(message.id,))


def _resend(message_id: int) -> None:
    if action(lambda session: sent_messages.try_again(session, message_id, now_utc=clock.now_utc())).ok:
        send_waiting()
