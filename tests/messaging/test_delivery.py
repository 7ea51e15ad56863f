"""Messages leave the house: what each robot is asked, letter for letter, what its answers mean, and what never goes along."""

import base64
import email
import hashlib
import hmac
import io
import logging
import subprocess
import sys
from collections.abc import Iterator
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from tests.messaging import receivers
from tests.messaging.receivers import MailServer, RobotServer, mail_server, robot_server
from unionboard.config import PROJECT_DIR
from unionboard.errors.messages import ChannelAddressNotUnderstood
from unionboard.messaging import by_apprise, posting
from unionboard.messaging.posting import post
from unionboard.messaging.robots import Outcome, ask
from unionboard.messaging.wording import Message
from unionboard.models import ChannelKind
from unionboard.services.message_addresses import Mailbox, Security, write_mailbox
from unionboard.services.sent_messages import Failure

MESSAGE = Message("工会 · 本周到期 2 项", ("5月12日：护士节表彰", "5月：趣味运动会"), "https://union.example.cn", "打开看板")
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*slated for removal in Python 3.13:DeprecationWarning"
)  # of modules apprise's plugins import
BARE = Message("Union · test message", ("If you can read this, reminders will arrive here.",))
WECOM, DINGTALK, FEISHU = "/cgi-bin/webhook/send?key=k1234567", "/robot/send?access_token=t1234567", "/open-apis/bot/v2/hook/h-1234567"


@pytest.fixture
def robots() -> Iterator[RobotServer]:
    with robot_server() as server:
        yield server


@pytest.fixture
def post_office() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


# --- what is asked ------------------------------------------------------------------------------------------------------------------


def test_wecom_gets_plain_text(robots: RobotServer) -> None:
    outcome = post(ChannelKind.WECOM, robots.robot(WECOM), MESSAGE)

    assert outcome == Outcome()
    assert robots.arrived[0].path == WECOM
    assert robots.arrived[0].told == {
        "msgtype": "text",
        "text": {"content": "工会 · 本周到期 2 项\n5月12日：护士节表彰\n5月：趣味运动会\n打开看板 https://union.example.cn"},
    }


def test_dingtalk_gets_markdown_with_a_preview(robots: RobotServer) -> None:
    post(ChannelKind.DINGTALK, robots.robot(DINGTALK), MESSAGE)

    assert robots.arrived[0].path == DINGTALK
    assert robots.arrived[0].told == {
        "msgtype": "markdown",
        "markdown": {
            "title": "工会 · 本周到期 2 项",
            "text": "#### 工会 · 本周到期 2 项\n\n- 5月12日：护士节表彰\n- 5月：趣味运动会\n\n[打开看板](https://union.example.cn)",
        },
    }


def test_feishu_gets_text_and_without_a_board_no_link(robots: RobotServer) -> None:
    robots.answers.append(receivers.FEISHU_OK)

    outcome = post(ChannelKind.FEISHU, robots.robot(FEISHU), BARE)

    assert outcome == Outcome()
    assert robots.arrived[0].path == FEISHU
    assert robots.arrived[0].told == {
        "msg_type": "text",
        "content": {"text": "Union · test message\nIf you can read this, reminders will arrive here."},
    }


def test_dingtalk_is_signed_in_its_address() -> None:
    question = ask(ChannelKind.DINGTALK, "https://oapi.dingtalk.com/robot/send?access_token=t#SECabc%2B", BARE, now_s=1_700_000_000.5)

    digest = hmac.new(b"SECabc+", b"1700000000500\nSECabc+", hashlib.sha256).digest()
    told = parse_qs(urlsplit(question.url).query)
    assert told == {"access_token": ["t"], "timestamp": ["1700000000500"], "sign": [base64.b64encode(digest).decode()]}
    assert "SECabc" not in question.url + question.body.decode()


def test_feishu_is_signed_in_its_body(robots: RobotServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 1_700_000_000.9)

    post(ChannelKind.FEISHU, robots.robot(FEISHU) + "#topsecret", BARE)

    sign = base64.b64encode(hmac.new(b"1700000000\ntopsecret", b"", hashlib.sha256).digest()).decode()
    assert {name: robots.arrived[0].told[name] for name in ("timestamp", "sign")} == {"timestamp": "1700000000", "sign": sign}
    assert robots.arrived[0].path == FEISHU


# --- what is answered ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "answer", "expected"),
    [
        (ChannelKind.DINGTALK, receivers.DINGTALK_KEYWORD, Outcome(Failure.KEYWORD, "310000")),
        (ChannelKind.DINGTALK, receivers.DINGTALK_SIGN, Outcome(Failure.SIGNATURE, "310000")),
        (ChannelKind.DINGTALK, receivers.DINGTALK_IP, Outcome(Failure.ADDRESS_RANGE, "310000")),
        (ChannelKind.DINGTALK, receivers.DINGTALK_GONE, Outcome(Failure.NO_ROBOT, "300005")),
        (ChannelKind.WECOM, receivers.WECOM_GONE, Outcome(Failure.NO_ROBOT, "93000")),
        (ChannelKind.WECOM, receivers.WECOM_OFTEN, Outcome(Failure.TOO_MANY, "45009")),
        (ChannelKind.WECOM, {"errcode": 40008, "errmsg": "invalid message type"}, Outcome(Failure.REFUSED, "40008")),
        (ChannelKind.FEISHU, receivers.FEISHU_KEYWORD, Outcome(Failure.KEYWORD, "19024")),
        (ChannelKind.FEISHU, receivers.FEISHU_SIGN, Outcome(Failure.SIGNATURE, "19021")),
        (ChannelKind.FEISHU, (400, '{"code": 19001, "msg": "token invalid"}'), Outcome(Failure.NO_ROBOT, "19001")),
        (ChannelKind.WECOM, (500, "Internal Server Error"), Outcome(Failure.SERVER, "500")),
        (ChannelKind.WECOM, (500, '{"errcode": 0}'), Outcome(Failure.SERVER, "500")),
        (ChannelKind.WECOM, (200, "<html>"), Outcome(Failure.SERVER, "200")),
        (ChannelKind.WECOM, (200, "[]"), Outcome(Failure.SERVER, "200")),
    ],
)
def test_robots_no_is_understood(robots: RobotServer, kind: ChannelKind, answer: Any, expected: Outcome) -> None:
    robots.answers.append(answer)

    assert post(kind, robots.robot(WECOM), BARE) == expected


def test_who_does_not_answer_in_time_is_silent(robots: RobotServer, monkeypatch: pytest.MonkeyPatch) -> None:
    robots.slow_s = 0.5
    monkeypatch.setattr(posting, "ANSWER_S", 0.1)

    assert post(ChannelKind.WECOM, robots.robot(WECOM), BARE) == Outcome(Failure.SILENT)


def test_nobody_there() -> None:
    assert post(ChannelKind.WECOM, "http://127.0.0.1:9/send?key=k", BARE) == Outcome(Failure.NO_CONNECTION)


def test_no_redirect_is_followed(robots: RobotServer) -> None:
    robots.answers.append((302, ""))

    assert post(ChannelKind.WECOM, robots.robot(WECOM), BARE) == Outcome(Failure.SERVER, "302")
    assert [one.path for one in robots.arrived] == [WECOM]


def test_no_redirect_is_followed_even_where_the_address_asks_for_it(robots: RobotServer) -> None:
    robots.answers.append((302, ""))

    assert by_apprise.send(f"json://{robots.url.removeprefix('http://')}/hook?redirect=yes", BARE) == Outcome(Failure.REFUSED, "302")
    assert [one.path for one in robots.arrived] == ["/hook"]


def test_passwords_of_the_computers_user_stay_at_home(robots: RobotServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login someone password secret\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))

    post(ChannelKind.WECOM, robots.robot(WECOM), BARE)

    assert "authorization" not in robots.arrived[0].headers


# --- e-mail and the rest ------------------------------------------------------------------------------------------------------------


def mailbox(port: int, **values: Any) -> str:
    told: dict[str, Any] = {
        "server": "127.0.0.1",
        "port": port,
        "account": "union@school.example",
        "password": "p@ss/w:rd",
        "recipients": ("a@school.example", "b@school.example"),
        "security": Security.NONE,
    }
    return write_mailbox(Mailbox(**(told | values)))


def test_mail_arrives_as_plain_text_at_everybody(post_office: MailServer) -> None:
    outcome = by_apprise.send(mailbox(post_office.port), MESSAGE)

    assert outcome == Outcome()
    assert [(sender, who) for sender, who, _ in post_office.mails] == [
        ("union@school.example", ["a@school.example"]),
        ("union@school.example", ["b@school.example"]),
    ]
    mail = email.message_from_bytes(post_office.mails[0][2], policy=default)
    assert mail["Subject"] == "工会 · 本周到期 2 项"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().splitlines() == ["5月12日：护士节表彰", "5月：趣味运动会", "打开看板 https://union.example.cn"]


def test_wrong_password_is_said_as_such(post_office: MailServer) -> None:
    post_office.refuses_login = True

    assert by_apprise.send(mailbox(post_office.port), BARE) == Outcome(Failure.LOGIN)


def test_recipient_nobody_knows_is_said_as_such(post_office: MailServer) -> None:
    post_office.refuses = "b@school.example"

    assert by_apprise.send(mailbox(post_office.port), BARE) == Outcome(Failure.RECIPIENT)


def test_mail_server_that_is_not_there() -> None:
    assert by_apprise.send(mailbox(9), BARE) == Outcome(Failure.NO_CONNECTION)


def test_any_service_of_apprise(robots: RobotServer) -> None:
    outcome = by_apprise.send(f"json://{robots.url.removeprefix('http://')}/hook", MESSAGE)

    assert outcome == Outcome()
    assert {name: robots.arrived[0].told[name] for name in ("title", "message")} == {
        "title": "工会 · 本周到期 2 项",
        "message": "5月12日：护士节表彰\n5月：趣味运动会\n打开看板 https://union.example.cn",
    }


def test_service_that_says_no(robots: RobotServer) -> None:
    robots.answers += [(503, ""), (404, "")]
    address = f"json://{robots.url.removeprefix('http://')}/hook"

    assert [by_apprise.send(address, BARE) for _ in range(2)] == [Outcome(Failure.SERVER, "503"), Outcome(Failure.REFUSED, "404")]


@pytest.mark.parametrize("address", ["hello://x", "slack://a", "nothing", "https://oapi.dingtalk.com"])
def test_address_that_nobody_understands(address: str) -> None:
    with pytest.raises(ChannelAddressNotUnderstood):
        by_apprise.require_understood(address)


@pytest.mark.parametrize("address", ["json://localhost/a;syslog://", "json://localhost/a,json://localhost/b"])
def test_one_address_is_one_service(address: str) -> None:
    with pytest.raises(ChannelAddressNotUnderstood):
        by_apprise.require_understood(address)


@pytest.mark.parametrize("path", ["{}", "file://{}", "http://localhost:9/{}"])
def test_no_file_of_this_computer_goes_out(robots: RobotServer, tmp_path: Path, path: str) -> None:
    (tmp_path / "own.json").write_text('{"told": "own"}')
    there, file = robots.url.removeprefix("http://"), quote(path.format(tmp_path / "own.json"), safe="")

    outcome = by_apprise.send(f"workflow://{there}/643a8d1f/aBcDefGhi_jK?template={file}", BARE)

    assert (outcome, robots.arrived) == (Outcome(Failure.ADDRESS), [])


def test_no_log_holds_an_address(robots: RobotServer, post_office: MailServer, capfd: pytest.CaptureFixture[str]) -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logging.getLogger().addHandler(handler)
    try:
        robots.answers += [(500, ""), (500, "")]
        post_office.refuses_login = True
        post(ChannelKind.WECOM, robots.robot(WECOM), BARE)
        by_apprise.send(f"json://{robots.url.removeprefix('http://')}/secretpath", BARE)
        by_apprise.send(mailbox(post_office.port), BARE)
        with pytest.raises(ChannelAddressNotUnderstood):
            by_apprise.require_understood("slack://secrettoken")
    finally:
        logging.getLogger().removeHandler(handler)

    assert written.getvalue() == ""
    assert capfd.readouterr() == ("", "")


def test_nothing_is_kept_at_home(tmp_path: Path, robots: RobotServer) -> None:
    code = (
        "import sys; from unionboard.messaging import by_apprise; from unionboard.messaging.wording import Message;"
        "print(by_apprise.send(sys.argv[1], Message('a', ('b',))).failure)"
    )
    address = f"json://{robots.url.removeprefix('http://')}/hook"
    done = subprocess.run(
        [sys.executable, "-c", code, address],
        capture_output=True,
        text=True,
        check=True,
        cwd=PROJECT_DIR,
        env={"HOME": str(tmp_path), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
    )

    assert (done.stdout, done.stderr) == ("None\n", "")
    assert list(tmp_path.rglob("*")) == []


def test_libraries_that_send_are_loaded_when_something_is_sent() -> None:
    code = "import sys, unionboard.messaging.clockwork; print([name for name in ('apprise', 'requests') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT_DIR)

    assert done.stdout == "[]\n"


def test_secret_of_an_address_is_quoted() -> None:
    assert quote("p@ss/w:rd", safe="") in mailbox(25)
