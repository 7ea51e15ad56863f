"""``unionboard run``: where it listens, what it says, how it ends."""

import http.server
import json
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.conftest import Run
from tests.install.conftest import clean_environment
from unionboard import server
from unionboard.errors.cluster import PortTaken
from unionboard.errors.running import CannotListen, NoFreePort

HOST = "127.0.0.1"


class _Answering(http.server.BaseHTTPRequestHandler):
    """Says ``program`` of itself."""

    program = "something else"

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"program": self.program, "version": "0.1.0"}).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
        """Nothing."""


@contextmanager
def answering(program: str) -> Iterator[int]:
    """A server on a free port that says it is ``program``."""
    handler = type("Handler", (_Answering,), {"program": program})
    with http.server.ThreadingHTTPServer((HOST, 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        try:
            yield running.server_port
        finally:
            running.shutdown()


def free_port() -> int:
    with socket.create_server((HOST, 0)) as probe:
        return int(probe.getsockname()[1])


def test_free_port_is_taken_as_named() -> None:
    port = free_port()

    assert server.choose_port(HOST, port, first=1) == (port, False)


def test_named_port_of_another_program_is_refused() -> None:
    with answering("something else") as port, pytest.raises(PortTaken) as refused:
        server.choose_port(HOST, port, first=1)

    assert refused.value.facts == {"port": port}


def test_port_where_unionboard_answers_is_that_one() -> None:
    with answering("unionboard") as port:
        assert server.choose_port(HOST, port, first=1) == (port, True)


def test_usual_port_of_another_program_is_passed_over() -> None:
    with answering("something else") as port:
        chosen, runs_already = server.choose_port(HOST, None, first=port)

    assert (chosen > port, runs_already) == (True, False)


def test_when_all_ports_are_taken_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "PORTS", 1)
    with answering("something else") as port, pytest.raises(NoFreePort) as refused:
        server.choose_port(HOST, None, first=port)

    assert refused.value.facts == {"first": port, "last": port}


def test_address_of_another_computer_is_refused() -> None:
    with pytest.raises(CannotListen):
        server.choose_port("192.0.2.1", None, first=free_port())


@pytest.mark.parametrize(("listens", "found"), [("0.0.0.0", HOST), ("::", HOST), (HOST, HOST), ("192.168.1.20", "192.168.1.20")])
def test_this_computer_finds_what_listens_everywhere_at_home(listens: str, found: str) -> None:
    assert server.reach(listens) == found


def test_without_a_screen_no_browser_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")

    assert server.has_screen() is False


def test_second_start_leads_to_the_first(run: Run) -> None:
    with answering("unionboard") as port:
        code, out, err = run("--lang", "en", "run", "--port", str(port), "--no-browser")

    expected = f"Unionboard runs already: http://localhost:{port}. For a second one, on other data, name another port: --port {port + 1}\n"
    assert (code, out, err) == (0, expected, "")


def read_theme(port: int) -> str:
    """The primary colour that the server at ``port`` tells a browser."""
    with connect(f"ws://{HOST}:{port}/_stcore/stream", max_size=None) as socket_:
        socket_.send(BackMsg(rerun_script=ClientState()).SerializeToString())
        while True:
            data = socket_.recv(timeout=30)
            assert isinstance(data, bytes)
            if (answer := ForwardMsg.FromString(data)).WhichOneof("type") == "new_session":
                return str(answer.new_session.custom_theme.light.primary_color)


def test_start_says_where_and_ends_in_peace(installed: Path, tmp_path: Path) -> None:
    """Installed, and started where somebody else's settings for Streamlit lie: ours hold."""
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text('[theme.light]\nprimaryColor = "#FF0000"\n')
    port, env = free_port(), clean_environment(tmp_path, PYTHONPATH=str(installed), UNIONBOARD_LANG="en")
    command = [sys.executable, "-m", "unionboard", "run", "--port", str(port)]
    running = subprocess.Popen(command, env=env, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        lines = [running.stdout.readline().strip() for _ in range(5)]
        colour = read_theme(port)
    finally:
        running.send_signal(signal.SIGINT)
        rest, _ = running.communicate(timeout=30)

    assert [lines[0], *lines[2:]] == [  # between them: where the new key lies
        "Starting …",
        f"Unionboard is ready: http://localhost:{port}",
        f"Your data are in {tmp_path / '.local' / 'share' / 'unionboard'}",
        "Ctrl-C, or closing this window, ends it. What was saved stays.",
    ]
    assert (colour, running.returncode, rest.split("\n")[-2]) == ("#1F5AA6", 0, "Unionboard has ended.")
