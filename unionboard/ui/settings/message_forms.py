"""Adding a group that gets reminders, and changing one. An address that was saved is not shown again: whoever has it can write there."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from unionboard import clock
from unionboard.config import DEFAULT_LANGUAGE, LANGUAGES
from unionboard.errors import Refusal
from unionboard.i18n import mark, name_language
from unionboard.messaging import by_apprise
from unionboard.models import ChannelKind, MessageChannel, MessageEvent
from unionboard.services import message_channels
from unionboard.services.message_addresses import (
    BEGINNINGS,
    PORTS,
    Mailbox,
    Security,
    check_other,
    write_mailbox,
    write_robot,
)
from unionboard.ui.actions import action, refuse
from unionboard.ui.identity import acting_who
from unionboard.ui.refusals import tell
from unionboard.ui.text import language, t

KIND_NAMES = {
    ChannelKind.WECOM: mark("WeCom"),
    ChannelKind.DINGTALK: mark("DingTalk"),
    ChannelKind.FEISHU: mark("Feishu"),
    ChannelKind.EMAIL: mark("E-mail"),
    ChannelKind.OTHER: mark("Other service"),
}
EVENT_NAMES = {
    MessageEvent.DUE_THIS_WEEK: mark("Due this week"),
    MessageEvent.LATE: mark("Newly late"),
    MessageEvent.BUDGET_NEAR_END: mark("Budget near its end"),
    MessageEvent.MEETING_CALLED: mark("Meeting invitation"),
    MessageEvent.MINUTES_READY: mark("Minutes ready"),
}
_STEPS = {
    ChannelKind.WECOM: mark("In the group, on a computer: ⋯ → Message push (group robot) → Add → copy the Webhook address."),
    ChannelKind.DINGTALK: mark(
        "In the group, on a computer: Group settings → Robots → Add → Custom. "
        "Under security choose “signature”, or the keyword 工会 (Union for English messages). Copy the Webhook address."
    ),
    ChannelKind.FEISHU: mark(
        "In the group: Settings → Bots → Add bot → Custom bot. Copy the Webhook address. "
        "A keyword, if you want one, is 工会 (Union for English messages)."
    ),
    ChannelKind.EMAIL: mark("An account of the union’s own that may send. Many providers want an authorisation code for a password."),
    ChannelKind.OTHER: mark("An address as the library apprise writes it, such as tgram://… or json://…: see docs/messages.md."),
}
_SECURITY_NAMES = {Security.SSL: "SSL (465)", Security.STARTTLS: "STARTTLS (587)", Security.NONE: mark("none (25)")}
_KIND, _NAME, _EVENTS, _LANGUAGE, _ADDRESS, _SECRET = (
    f"new_channel_{field}" for field in ("kind", "name", "events", "language", "address", "secret")
)
_MAIL = "new_channel_mail"


def stamp() -> dict[str, Any]:
    """Who changes something, and when."""
    return {"who": acting_who(), "now_utc": clock.now_utc()}


def ask_new(test: Callable[[int], None]) -> None:
    """Kind, address, name, what of; one press adds it and sends a test, of which ``test`` tells."""
    st.session_state.setdefault(_KIND, ChannelKind.WECOM)
    kind = ChannelKind(
        st.segmented_control(
            t("Where to"), list(ChannelKind), format_func=lambda one: t(KIND_NAMES[one]), required=True, wrap=True, key=_KIND
        )
        or ChannelKind.WECOM
    )
    st.markdown(f":small[:gray[{t(_STEPS[kind])}]]")
    with st.form("new_channel", border=False):
        if kind is ChannelKind.EMAIL:
            _ask_mailbox(_MAIL)
        else:
            _ask_address(kind, _ADDRESS, _SECRET)
        st.text_input(t("What this group is called here"), max_chars=80, placeholder=t("Committee’s group"), autocomplete="off", key=_NAME)
        _ask_rest(_EVENTS, _LANGUAGE, list(MessageEvent), DEFAULT_LANGUAGE)
        label = t("Add it and send a test message")
        st.form_submit_button(label, type="primary", key="add_channel", on_click=_add, args=(kind, test))


def ask_change(channel: MessageChannel) -> None:
    """Name, what of, language; a new address where it is wanted."""
    keys = {
        field: f"channel_{field}_{channel.id}_{channel.version}" for field in ("name", "events", "language", "address", "secret", "mail")
    }
    with st.form(f"channel_form_{channel.id}", border=False):
        st.text_input(t("What this group is called here"), channel.name, max_chars=80, autocomplete="off", key=keys["name"])
        _ask_rest(keys["events"], keys["language"], [event for event in MessageEvent if event.value in channel.events], channel.language)
        if channel.kind is ChannelKind.EMAIL:
            st.markdown(f":small[:gray[{t('Type the server and the rest only to replace the mailbox.')}]]")
            _ask_mailbox(keys["mail"])
        else:
            st.markdown(f":small[:gray[{t('Paste an address only to replace the one it has; that is not shown again.')}]]")
            _ask_address(channel.kind, keys["address"], keys["secret"])
        st.form_submit_button(t("Save"), type="primary", key=f"save_channel_{channel.id}", on_click=_save, args=(channel, keys))


def _ask_address(kind: ChannelKind, key: str, secret_key: str) -> None:
    st.text_input(
        t("Address of the robot or service"),
        placeholder=f"{BEGINNINGS.get(kind, 'json://')}…",
        max_chars=1000,
        autocomplete="off",
        key=f"{key}_{kind}",
    )
    if kind in (ChannelKind.DINGTALK, ChannelKind.FEISHU):
        label = t("Signing secret, if the robot has one")
        st.text_input(label, type="password", max_chars=200, autocomplete="off", key=f"{secret_key}_{kind}")


def _ask_mailbox(key: str) -> None:
    left, middle, right = st.columns([3, 2, 1])
    left.text_input(t("Mail server"), placeholder="smtp.example.com", max_chars=200, autocomplete="off", key=f"{key}_server")
    middle.selectbox(t("Encryption"), list(Security), format_func=lambda one: t(_SECURITY_NAMES[one]), key=f"{key}_security")
    port = t("Port")
    right.number_input(port, min_value=1, max_value=65535, value=None, step=1, placeholder=str(PORTS[Security.SSL]), key=f"{key}_port")
    left, right = st.columns(2)
    left.text_input(
        t("Account on the mail server"), placeholder="union@example.com", max_chars=200, autocomplete="off", key=f"{key}_account"
    )
    right.text_input(t("Password"), type="password", max_chars=200, autocomplete="off", key=f"{key}_password")
    st.text_area(t("Who gets it, an address a line"), max_chars=2000, height=80, key=f"{key}_recipients")


def _ask_rest(events_key: str, language_key: str, events: Sequence[MessageEvent], spoken: str) -> None:
    """What it is told of, and in which language. The values are given with the fields: a popover that was never opened keeps no others."""
    names = {event: t(name) for event, name in EVENT_NAMES.items()}
    st.pills(
        t("Told of"), list(MessageEvent), default=events, format_func=names.__getitem__, selection_mode="multi", wrap=True, key=events_key
    )
    st.segmented_control(
        t("Language of the messages"),
        list(LANGUAGES),
        default=spoken if spoken in LANGUAGES else DEFAULT_LANGUAGE,  # its catalogue may have gone
        format_func=name_language,
        required=True,
        key=language_key,
    )


def _add(kind: ChannelKind, test: Callable[[int], None]) -> None:
    keys = {"address": _ADDRESS, "secret": _SECRET, "mail": _MAIL}
    try:
        address = _read_address(kind, keys)
    except Refusal as refusal:
        refuse(tell(refusal))
        return
    told = _read_rest(_NAME, _EVENTS, _LANGUAGE)
    outcome = action(lambda session: message_channels.add_channel(session, kind=kind, address=address, **told, **stamp()))
    if outcome.ok and outcome.value is not None:
        _empty_fields()
        test(outcome.value.id or 0)


def _empty_fields() -> None:
    """For the next one: a key only taken away would leave the browser showing what was typed."""
    for key in map(str, st.session_state):
        if key == f"{_MAIL}_port":
            st.session_state[key] = None
        elif key.startswith((_NAME, _ADDRESS, _SECRET, _MAIL)) and not key.endswith("_security"):
            st.session_state[key] = ""


def _save(channel: MessageChannel, keys: dict[str, str]) -> None:
    is_new = any(str(st.session_state.get(key) or "") for key in (f"{keys['address']}_{channel.kind}", f"{keys['mail']}_server"))
    try:
        address = _read_address(channel.kind, keys) if is_new else None
    except Refusal as refusal:
        refuse(tell(refusal))
        return
    told = _read_rest(keys["name"], keys["events"], keys["language"])
    action(
        lambda session: message_channels.save_channel(
            session, channel.id or 0, address=address, version=channel.version, **told, **stamp()
        ),
        done=t("Saved."),
    )


def _read_address(kind: ChannelKind, keys: dict[str, str]) -> str:
    """What was typed, as it is stored; before a transaction begins, for apprise takes a second to load. Raises: Refusal."""

    def typed(name: str) -> str:
        return str(st.session_state.get(name) or "")

    if kind is ChannelKind.EMAIL:
        box = Mailbox(
            server=typed(f"{keys['mail']}_server"),
            port=st.session_state.get(f"{keys['mail']}_port"),
            account=typed(f"{keys['mail']}_account"),
            password=typed(f"{keys['mail']}_password"),
            recipients=re.split(r"[\s,;，；]+", typed(f"{keys['mail']}_recipients")),
            security=Security(st.session_state.get(f"{keys['mail']}_security") or Security.SSL),
        )
        return write_mailbox(box)
    pasted = typed(f"{keys['address']}_{kind}")
    if kind is ChannelKind.OTHER:
        address = check_other(pasted)
        by_apprise.require_understood(address)
        return address
    return write_robot(kind, pasted, typed(f"{keys['secret']}_{kind}"))


def _read_rest(name: str, events: str, language_key: str) -> dict[str, Any]:
    """What every kind of group is asked, by the keys of its fields."""
    typed = st.session_state
    return {
        "name": str(typed.get(name) or ""),
        "events": [MessageEvent(one) for one in typed.get(events) or ()],
        "language": str(typed.get(language_key) or language()),
    }
