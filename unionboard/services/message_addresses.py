"""Where messages go, as people copy it from their apps: checked, and brought into the one form that is stored (sealed).

A robot's is its https address, with its signing secret behind a # where it has one: what stands there no server is ever told. A mailbox's
and any other is what the library apprise reads.

Source: the apps' own pages on group robots (WeCom 91770, DingTalk custom-robot-access, Feishu custom-bot).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qs, quote, unquote, urlsplit

from unionboard.errors.messages import (
    ChannelAddressMissing,
    ChannelAddressNotUnderstood,
    ChannelAddressOfOther,
    ChannelOnThisComputer,
    ChannelSecretWrong,
    MailAddressWrong,
    MailPortWrong,
    MailRecipientsMissing,
    MailServerMissing,
)
from unionboard.models import ChannelKind

BEGINNINGS = {
    ChannelKind.WECOM: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=",
    ChannelKind.DINGTALK: "https://oapi.dingtalk.com/robot/send?access_token=",
    ChannelKind.FEISHU: "https://open.feishu.cn/open-apis/bot/v2/hook/",
}
"""What each robot's address begins with: nothing else is taken, so that no robot leads into the school's own network."""
_LARK = "https://open.larksuite.com/open-apis/bot/v2/hook/"
_KEY = re.compile(r"[A-Za-z0-9_-]{8,128}")
_SECRET = re.compile(r"[A-Za-z0-9_+/=-]{8,128}")
_MAIL = re.compile(r"[^@\s,;<>\"']{1,64}@[^@\s,;<>\"']{1,189}")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://.", re.IGNORECASE)
_OF_COMPUTER = frozenset({"dbus", "qt", "kde", "glib", "gio", "gnome", "macosx", "syslog", "windows", "blink1"})
"""Services of apprise that reach nobody but the server itself."""


class Security(StrEnum):
    """How the way to a mail server is closed to others."""

    SSL = "ssl"
    STARTTLS = "starttls"
    NONE = "none"


PORTS = {Security.SSL: 465, Security.STARTTLS: 587, Security.NONE: 25}


@dataclass(frozen=True, slots=True)
class Mailbox:
    """What somebody types to send by e-mail. ``account`` may be empty where the server asks for none; ``sender`` empty: the account."""

    server: str
    port: int | None
    account: str
    password: str
    recipients: Sequence[str]
    security: Security = Security.SSL
    sender: str = ""


def write_robot(kind: ChannelKind, pasted: str, secret: str = "") -> str:
    """The stored form of a robot's address. Raises: ChannelAddressMissing, ChannelAddressOfOther, ChannelSecretWrong."""
    address, secret = "".join(pasted.split()), "".join(secret.split())
    if not address:
        raise ChannelAddressMissing
    beginning, key = _split(kind, address)
    if beginning is None or not _KEY.fullmatch(key):
        raise ChannelAddressOfOther(beginning=BEGINNINGS[kind])
    if secret and (kind is ChannelKind.WECOM or not _SECRET.fullmatch(secret)):
        raise ChannelSecretWrong
    return f"{beginning}{key}" + (f"#{quote(secret, safe='')}" if secret else "")


def _split(kind: ChannelKind, address: str) -> tuple[str | None, str]:
    """What ``address`` begins with, if that is this kind's, and its key."""
    try:
        found = urlsplit(address)
    except ValueError:  # https://[key]
        return None, ""
    for beginning in (BEGINNINGS[kind], *([_LARK] if kind is ChannelKind.FEISHU else [])):
        wanted = urlsplit(beginning)
        if (found.scheme, found.netloc.lower()) != ("https", wanted.netloc):
            continue
        if not wanted.query and found.path.startswith(wanted.path):
            return beginning, found.path.removeprefix(wanted.path).strip("/")
        if wanted.query and found.path.rstrip("/") == wanted.path:
            return beginning, parse_qs(found.query).get(wanted.query.rstrip("="), [""])[0]
    return None, ""


def read_robot(address: str) -> tuple[str, str]:
    """The address a robot is asked at, and its signing secret ("": none)."""
    asked, _, secret = address.partition("#")
    return asked, unquote(secret)


def write_mailbox(box: Mailbox) -> str:
    """The stored form of a mailbox. Raises: MailServerMissing, MailPortWrong, MailAddressWrong, MailRecipientsMissing."""
    server, account, sender = box.server.strip().lower(), box.account.strip(), box.sender.strip() or box.account.strip()
    port = PORTS[box.security] if box.port is None else box.port
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?", server):
        raise MailServerMissing
    if not 0 < port < 65536:
        raise MailPortWrong
    recipients = [one.strip() for one in box.recipients if one.strip()]
    if not recipients:
        raise MailRecipientsMissing
    for address in (*recipients, sender):
        if not _MAIL.fullmatch(address):
            raise MailAddressWrong(address=address)
    scheme = "mailto" if box.security is Security.NONE else "mailtos"
    mode = "insecure" if box.security is Security.NONE else box.security.value
    login = f"{quote(account, safe='')}:{quote(box.password, safe='')}@" if account and box.password else ""
    told = {"smtp": server, "mode": mode, "from": sender, "to": ",".join(recipients), "format": "text"}
    return f"{scheme}://{login}{server}:{port}?" + "&".join(f"{name}={quote(value, safe=',')}" for name, value in told.items())


def read_recipients(address: str) -> tuple[str, ...]:
    """Who gets what is sent to a stored mailbox."""
    return tuple(parse_qs(urlsplit(address).query).get("to", [""])[0].split(","))


def check_other(pasted: str) -> str:
    """Any other address, as far as it can be told without apprise. Raises: ChannelAddressMissing, ChannelAddressNotUnderstood,
    ChannelOnThisComputer."""
    address = pasted.strip()
    if not address:
        raise ChannelAddressMissing
    found = _SCHEME.match(address)
    if found is None or any(character.isspace() for character in address):
        raise ChannelAddressNotUnderstood
    if found[1].lower() in _OF_COMPUTER:
        raise ChannelOnThisComputer(scheme=found[1])
    return address
