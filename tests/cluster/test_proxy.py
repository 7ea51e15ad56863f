"""nginx before the processes: who goes where, and what each process is told of who asks. Here they are small servers that say it."""

import http.client
import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.bench.server import free_port
from unionboard.cluster import proxy
from unionboard.cluster.proxy import COOKIE, Address, Member
from unionboard.config import SESSION_COOKIE
from unionboard.errors.cluster import DidNotStart, NotInstalled

Answer = tuple[str, str, dict[str, str]]


@contextmanager
def process(name: str) -> Iterator[int]:
    """A server that answers with its name and the headers it was sent; its port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = json.dumps([name, dict(self.headers)]).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 -- the library's name

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def nginx(tmp_path: Path) -> Iterator[Callable[[dict[str, int]], int]]:
    """``nginx({"a": 8601, "b": 8603})`` stands before the processes on these ports; gives its own port."""
    started: list[subprocess.Popen[bytes]] = []

    def start(ports: dict[str, int]) -> int:
        at = Address("127.0.0.1", free_port())
        try:
            proxy.lay_conf(tmp_path, [Member(*one) for one in ports.items()], at)
        except NotInstalled:
            pytest.skip("nginx is not on this computer")
        started.append(subprocess.Popen(proxy.command(tmp_path)))
        while not proxy.answers(at.port):
            assert started[0].poll() is None, (tmp_path / "nginx.log").read_text()
        return at.port

    yield start
    for one in started:
        one.terminate()
        one.wait()


def ask(port: int, *, method: str = "GET", **headers: str) -> Answer:
    """Which process answered, the cookie nginx set, and the headers the process was sent."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    body = b"name=chair" if method == "POST" else None
    connection.request(method, "/", body, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    name, told = json.loads(answer.read())
    connection.close()
    return name, answer.getheader("Set-Cookie", ""), told


def note(name: str) -> str:
    return f"{COOKIE}={name}; Path=/; HttpOnly; SameSite=Lax"


def test_browser_stays_with_the_process_that_answered_first(nginx: Callable[[dict[str, int]], int]) -> None:
    with process("a") as a, process("b") as b:
        port = nginx({"a": a, "b": b})
        first, cookie, _ = ask(port)
        again = [ask(port, Cookie=f"{COOKIE}={first}")[:2] for _ in range(6)]

    assert (cookie, again) == (note(first), [(first, "")] * 6)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_was_with_a_process_that_is_gone_goes_to_another_and_stays_there(nginx: Callable[[dict[str, int]], int], method: str) -> None:
    with process("b") as b:
        port = nginx({"a": free_port(), "b": b})

        assert ask(port, method=method, Cookie=f"{COOKIE}=a")[:2] == ("b", note("b"))
        assert ask(port, method=method, Cookie=f"{COOKIE}=b")[:2] == ("b", "")


def test_tabs_of_a_browser_go_to_the_same_process_and_browsers_to_several(nginx: Callable[[dict[str, int]], int]) -> None:
    with process("a") as a, process("b") as b:
        port = nginx({"a": a, "b": b})
        tabs = [{ask(port, Cookie=f"{COOKIE}=gone; {SESSION_COOKIE}={token}")[0] for _ in range(3)} for token in range(12)]

    assert sorted({name for names in tabs for name in names}) == ["a", "b"]
    assert [len(names) for names in tabs] == [1] * 12


def test_who_is_with_none_of_ours_is_new(nginx: Callable[[dict[str, int]], int]) -> None:
    with process("a") as a:
        port = nginx({"a": a})

        assert ask(port, Cookie=f"{COOKIE}=z")[:2] == ("a", note("a"))


def test_process_is_told_who_really_asks(nginx: Callable[[dict[str, int]], int]) -> None:
    claims = {"X_Forwarded_For": "10.9.9.9", "X_Forwarded_Proto": "https", "Forwarded": "for=10.9.9.9", "X_Real_IP": "10.9.9.9"}
    with process("a") as a:
        port = nginx({"a": a})
        told = ask(port, Host="union.school.example", **claims)[2]

    named = ("Host", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "X-Real-IP")
    assert {name: told[name] for name in named if name in told} == {
        "Host": "union.school.example",
        "X-Forwarded-For": "127.0.0.1",
        "X-Forwarded-Proto": "http",
    }


def test_configuration_nginx_refuses_does_not_take_the_place_of_the_good_one(
    tmp_path: Path, nginx: Callable[[dict[str, int]], int]
) -> None:
    with process("a") as a:
        nginx({"a": a})
    good = (tmp_path / "nginx.conf").read_text(encoding="utf-8")

    with pytest.raises(DidNotStart):
        proxy.lay_conf(tmp_path, [Member("a", 99_999)], Address("127.0.0.1", free_port()))

    assert (tmp_path / "nginx.conf").read_text(encoding="utf-8") == good
