"""Addresses as people copy them from their apps: taken, or refused with what is wrong."""

from typing import Any

import pytest

from unionboard.errors import Refusal
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
from unionboard.services.message_addresses import Mailbox, Security, check_other, read_recipients, read_robot, write_mailbox, write_robot

WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
DINGTALK = "https://oapi.dingtalk.com/robot/send?access_token=566cc69da782ec33e42541b09b08551f09fbe864eb8008112e994b43887"
FEISHU = "https://open.feishu.cn/open-apis/bot/v2/hook/6c1f2b8e-1111-2222-3333-1234567890ab"
LARK = "https://open.larksuite.com/open-apis/bot/v2/hook/6c1f2b8e-1111-2222-3333-1234567890ab"


@pytest.mark.parametrize(
    ("kind", "address"),
    [(ChannelKind.WECOM, WECOM), (ChannelKind.DINGTALK, DINGTALK), (ChannelKind.FEISHU, FEISHU), (ChannelKind.FEISHU, LARK)],
)
def test_address_is_kept_as_the_app_gives_it(kind: ChannelKind, address: str) -> None:
    assert write_robot(kind, f"  {address}\n") == address


def test_only_the_key_is_kept_of_what_else_stands_behind_it() -> None:
    assert write_robot(ChannelKind.WECOM, f"{WECOM}&debug=1") == WECOM


@pytest.mark.parametrize("secret", ["SEC8f8a9d", "SEC0b+/=x12"])
def test_signing_secret_stays_behind_a_hash_that_no_server_is_told(secret: str) -> None:
    stored = write_robot(ChannelKind.DINGTALK, DINGTALK, f" {secret} ")

    assert read_robot(stored) == (DINGTALK, secret)
    assert stored.startswith(f"{DINGTALK}#")


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        (ChannelKind.WECOM, DINGTALK),
        (ChannelKind.DINGTALK, "https://oapi.dingtalk.com/robot/send"),
        (ChannelKind.DINGTALK, "https://oapi.dingtalk.com.evil.example/robot/send?access_token=12345678"),
        (ChannelKind.DINGTALK, "https://oapi.dingtalk.com@10.0.0.1/robot/send?access_token=12345678"),
        (ChannelKind.FEISHU, FEISHU.replace("https", "http")),
        (ChannelKind.FEISHU, "https://open.feishu.cn/open-apis/bot/v2/hook/"),
        (ChannelKind.FEISHU, "https://open.feishu.cn/open-apis/bot/v2/hook/../../../secrets"),
        (ChannelKind.WECOM, "http://127.0.0.1:8501/cgi-bin/webhook/send?key=12345678"),
        (ChannelKind.WECOM, "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"),
        (ChannelKind.WECOM, "https://[693a91f6-7xxx]"),
    ],
)
def test_other_address_is_refused_so_that_no_robot_leads_elsewhere(kind: ChannelKind, address: str) -> None:
    with pytest.raises(ChannelAddressOfOther):
        write_robot(kind, address)


def test_nothing_pasted() -> None:
    with pytest.raises(ChannelAddressMissing):
        write_robot(ChannelKind.WECOM, " ")


@pytest.mark.parametrize(
    ("kind", "secret"), [(ChannelKind.WECOM, "SEC8f8a9d"), (ChannelKind.FEISHU, "short"), (ChannelKind.FEISHU, "加签密钥加签密钥")]
)
def test_secret_that_is_none(kind: ChannelKind, secret: str) -> None:
    with pytest.raises(ChannelSecretWrong):
        write_robot(kind, {ChannelKind.WECOM: WECOM, ChannelKind.FEISHU: FEISHU}[kind], secret)


def mailbox(**values: Any) -> Mailbox:
    told: dict[str, Any] = {
        "server": "smtp.163.com",
        "port": None,
        "account": "gh@163.com",
        "password": "p&s",
        "recipients": ["a@qq.com", "b@qq.com"],
    }
    return Mailbox(**(told | values))


@pytest.mark.parametrize(
    ("values", "stored"),
    [
        (
            {},
            "mailtos://gh%40163.com:p%26s@smtp.163.com:465?smtp=smtp.163.com&mode=ssl&from=gh%40163.com&to=a%40qq.com,b%40qq.com&format=text",
        ),
        (
            {"security": Security.STARTTLS, "recipients": ["a@qq.com", " "]},
            "mailtos://gh%40163.com:p%26s@smtp.163.com:587?smtp=smtp.163.com&mode=starttls&from=gh%40163.com&to=a%40qq.com&format=text",
        ),
        (
            {"security": Security.NONE, "server": "10.0.0.5", "port": 2525, "account": "", "password": "", "sender": "gh@school.cn"},
            "mailto://10.0.0.5:2525?smtp=10.0.0.5&mode=insecure&from=gh%40school.cn&to=a%40qq.com,b%40qq.com&format=text",
        ),
    ],
)
def test_mailbox_as_apprise_writes_it(values: dict[str, Any], stored: str) -> None:
    assert write_mailbox(mailbox(**values)) == stored


def test_recipients_of_a_stored_mailbox() -> None:
    assert read_recipients(write_mailbox(mailbox())) == ("a@qq.com", "b@qq.com")


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"server": ""}, MailServerMissing),
        ({"server": "smtp.163.com/x?y"}, MailServerMissing),
        ({"port": 70000}, MailPortWrong),
        ({"recipients": [" "]}, MailRecipientsMissing),
        ({"recipients": ["a@qq.com", "nobody"]}, MailAddressWrong),
        ({"recipients": ["a@qq.com\nBcc:x@y.cn"]}, MailAddressWrong),
        ({"account": "gh"}, MailAddressWrong),
    ],
)
def test_mailbox_that_cannot_send(values: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        write_mailbox(mailbox(**values))


def test_other_services_address_is_kept() -> None:
    assert check_other(" tgram://123:abc/456 ") == "tgram://123:abc/456"


@pytest.mark.parametrize(
    ("address", "refusal"),
    [
        ("", ChannelAddressMissing),
        ("nothing", ChannelAddressNotUnderstood),
        ("a://b c", ChannelAddressNotUnderstood),
        ("DBUS://x", ChannelOnThisComputer),
    ],
)
def test_address_that_reaches_nobody(address: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        check_other(address)
