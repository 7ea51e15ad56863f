"""What the three apps' group robots are asked, and what their answers mean; pure.

The library apprise knows these robots, too, but takes every answer with HTTP 200 for a success (a refusal of theirs is one, with a number
in it) and signs nothing for Feishu. So they are asked here.

WeCom gets plain text: whoever reads the group in WeChat is shown no Markdown. Source: the apps' own pages on group robots.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from unionboard.messaging.wording import Message
from unionboard.models import ChannelKind
from unionboard.services.message_addresses import read_robot
from unionboard.services.sent_messages import Failure

ROBOTS = (ChannelKind.WECOM, ChannelKind.DINGTALK, ChannelKind.FEISHU)
_CODES = {
    ChannelKind.WECOM: {93000: Failure.NO_ROBOT, 40058: Failure.NO_ROBOT, 45009: Failure.TOO_MANY, 45033: Failure.TOO_MANY},
    ChannelKind.DINGTALK: {
        40035: Failure.NO_ROBOT,
        300001: Failure.NO_ROBOT,
        300005: Failure.NO_ROBOT,
        400101: Failure.NO_ROBOT,
        400102: Failure.NO_ROBOT,
        660026: Failure.NO_ROBOT,
        130101: Failure.TOO_MANY,
        410100: Failure.TOO_MANY,
    },
    ChannelKind.FEISHU: {
        19001: Failure.NO_ROBOT,
        19021: Failure.SIGNATURE,
        19022: Failure.ADDRESS_RANGE,
        19024: Failure.KEYWORD,
        11232: Failure.TOO_MANY,
    },
}
_SAID = (("keyword", Failure.KEYWORD), ("sign", Failure.SIGNATURE), ("timestamp", Failure.SIGNATURE), ("ip", Failure.ADDRESS_RANGE))
"""DingTalk has one number, 310000, for whatever its security settings refuse; the words tell which."""
_DINGTALK_SECURITY = 310000


@dataclass(frozen=True, slots=True)
class Question:
    """An https request: where to, and the body as it goes out."""

    url: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a message arrived (``failure`` None) or why not; ``number``: what the other side calls it."""

    failure: Failure | None = None
    number: str = ""


def ask(kind: ChannelKind, address: str, message: Message, *, now_s: float) -> Question:
    """What a robot is sent; ``now_s``: seconds since 1970, for its signature."""
    url, secret = read_robot(address)
    if kind is ChannelKind.WECOM:
        return Question(url, _write({"msgtype": "text", "text": {"content": _plain(message)}}))
    if kind is ChannelKind.DINGTALK:
        signed = f"&timestamp={round(now_s * 1000)}&sign={_sign_dingtalk(secret, round(now_s * 1000))}" if secret else ""
        return Question(url + signed, _write({"msgtype": "markdown", "markdown": {"title": message.title, "text": _markdown(message)}}))
    told: dict[str, Any] = {"msg_type": "text", "content": {"text": _plain(message)}}
    if secret:
        told = {"timestamp": str(int(now_s)), "sign": _sign_feishu(secret, int(now_s)), **told}
    return Question(url, _write(told))


def read_answer(kind: ChannelKind, status: int, body: bytes) -> Outcome:
    """What became of it, from the HTTP status and the body of the answer."""
    try:
        told = json.loads(body)
    except ValueError:
        told = None
    number = _number(told) if isinstance(told, dict) else None
    if number is None:
        return Outcome(Failure.SERVER, str(status))
    if number == 0 and status == 200:
        return Outcome()
    if number == _DINGTALK_SECURITY and kind is ChannelKind.DINGTALK:
        said = str(told.get("errmsg", "")).lower()
        return Outcome(next((failure for word, failure in _SAID if word in said), Failure.REFUSED), str(number))
    if status >= 500:
        return Outcome(Failure.SERVER, str(status))
    return Outcome(_CODES[kind].get(number, Failure.REFUSED), str(number))


def _number(told: dict[str, Any]) -> int | None:
    found = next((told[name] for name in ("errcode", "code", "StatusCode") if name in told), None)
    return found if isinstance(found, int) else None


def _plain(message: Message) -> str:
    return "\n".join([message.title, *message.lines, *([f"{message.link_words} {message.link}"] if message.link else [])])


def _markdown(message: Message) -> str:
    """DingTalk's: a list, for single line breaks are dropped."""
    link = [f"[{message.link_words}]({message.link})"] if message.link else []
    return "\n\n".join([f"#### {message.title}", "\n".join(f"- {line}" for line in message.lines), *link])


def _write(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode()


def _sign_dingtalk(secret: str, at_ms: int) -> str:
    digest = hmac.new(secret.encode(), f"{at_ms}\n{secret}".encode(), hashlib.sha256).digest()
    return quote(base64.b64encode(digest), safe="")


def _sign_feishu(secret: str, at_s: int) -> str:
    return base64.b64encode(hmac.new(f"{at_s}\n{secret}".encode(), b"", hashlib.sha256).digest()).decode()
