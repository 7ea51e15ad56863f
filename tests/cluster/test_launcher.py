"""One launcher for the data, and words to whoever starts it that say what to do. A whole cluster at work is walked by ``make load``."""

import fcntl
import shutil
import socket
from pathlib import Path

import pytest

from tests.bench.server import free_port
from tests.conftest import Run
from unionboard.cluster import proxy
from unionboard.cluster.launcher import Release, ask_to_upgrade, find_launcher
from unionboard.errors.cluster import NoCluster, NotInstalled


def test_launcher_is_known_by_its_lock_and_not_by_a_number_left_behind(tmp_path: Path) -> None:
    left = tmp_path / "launcher.pid"
    left.write_text("4711")

    assert find_launcher(tmp_path) is None
    with left.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert find_launcher(tmp_path) == 4711


def test_nothing_is_upgraded_where_nothing_runs(tmp_path: Path) -> None:
    with pytest.raises(NoCluster):
        ask_to_upgrade(tmp_path, Release())


def test_missing_nginx_is_told_with_the_way_to_install_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)

    told = "nginx is not on this computer. On Debian and Ubuntu: sudo apt install nginx\n"
    assert run("--lang", "en", "cluster") == (1, "", told)


def test_port_that_is_in_use_is_told(run: Run) -> None:
    try:
        proxy.find_nginx()
    except NotInstalled:
        pytest.skip("nginx is not on this computer")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = f"Port {port} is in use. Stop the program that uses it, or name another port.\n"

        assert run("--lang", "en", "cluster", "--port", str(port), "--database-port", str(free_port())) == (1, "", told)
