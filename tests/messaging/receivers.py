"""What stands in for the other side: a robots' web server and a mail server on this machine that keep what arrives and answer as the real
ones do."""

import json
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WECOM_OK = {"errcode": 0, "errmsg": "ok"}
DINGTALK_OK = {"errcode": 0, "errmsg": "ok"}
DINGTALK_KEYWORD = {"errcode": 310000, "errmsg": "keywords not in content, more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]"}
DINGTALK_SIGN = {"errcode": 310000, "errmsg": "sign not match, more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]"}
DINGTALK_IP = {"errcode": 310000, "errmsg": "ip 10.0.0.1 not in whitelist, more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]"}
DINGTALK_GONE = {"errcode": 300005, "errmsg": "token is not exist"}
WECOM_GONE = {
    "errcode": 93000,
    "errmsg": "invalid webhook url, hint: [1731], from ip: 1.2.3.4, more info at https://open.work.weixin.qq.com",
}
WECOM_OFTEN = {"errcode": 45009, "errmsg": "api freq out of limit"}
FEISHU_OK = {"StatusCode": 0, "StatusMessage": "success", "code": 0, "data": {}, "msg": "success"}
FEISHU_KEYWORD = {"code": 19024, "data": {}, "msg": "Key Words Not Found"}
FEISHU_SIGN = {"code": 19021, "data": {}, "msg": "sign match fail or timestamp is not within one hour from current time"}
FEISHU_GONE = {"code": 19001, "data": {}, "msg": "param invalid: incoming webhook access token invalid"}


@dataclass(frozen=True, slots=True)
class Arrived:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> Any:
        return json.loads(self.body)


@dataclass
class RobotServer:
    """``answers`` are used up one by one; when there are none left, WeCom's and DingTalk's yes. An answer is JSON, or (status, text)."""

    url: str
    arrived: list[Arrived] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)
    slow_s: float = 0.0

    def robot(self, path: str) -> str:
        return f"{self.url}{path}"


@contextmanager
def robot_server() -> Iterator[RobotServer]:
    """A web server of this machine, on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.arrived.append(Arrived(self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            time.sleep(kept.slow_s)
            answer = kept.answers.pop(0) if kept.answers else WECOM_OK
            status, text = answer if isinstance(answer, tuple) else (200, json.dumps(answer))
            with suppress(BrokenPipeError):  # whoever asked has gone
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", f"{kept.url}/elsewhere")
                self.send_header("Content-Length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())

        def log_message(self, *_told: object) -> None:
            """Nothing on the console."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    kept = RobotServer(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class MailServer:
    """``mails`` are (sender, recipients, the message's bytes)."""

    port: int
    mails: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    refuses_login: bool = False
    refuses: str = ""
    logins: list[str] = field(default_factory=list)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """As much of SMTP as it takes to get a mail."""

    class Handler(socketserver.StreamRequestHandler):
        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

        def handle(self) -> None:
            self.say("220 here")
            sender, recipients = "", list[str]()
            while line := self.rfile.readline().decode().strip():
                word = line.split()[0].upper()
                if word == "EHLO":
                    self.say("250-here")
                    self.say("250 AUTH PLAIN")
                elif word == "AUTH":
                    kept.logins.append(line)
                    self.say("535 authentication failed" if kept.refuses_login else "235 ok")
                elif word == "MAIL":
                    sender, recipients = line.split("<")[1].split(">")[0], []
                    self.say("250 ok")
                elif word == "RCPT":
                    recipient = line.split("<")[1].split(">")[0]
                    if recipient == kept.refuses:
                        self.say("550 no such user")
                        continue
                    recipients.append(recipient)
                    self.say("250 ok")
                elif word == "DATA":
                    self.say("354 go on")
                    lines = list[bytes]()
                    while (part := self.rfile.readline()) != b".\r\n":
                        lines.append(part)
                    kept.mails.append((sender, recipients, b"".join(lines)))
                    self.say("250 ok")
                elif word == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 ok")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    kept = MailServer(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
