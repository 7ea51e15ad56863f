"""The running program in a real browser: a server on data of its own, and Chromium."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.conftest import TODAY
from unionboard.config import PROJECT_DIR

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))), None)
PATIENCE_MS = 30_000  # two cores may run two browsers, two servers and the rest of the tests
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
SETTLED = """() => document.querySelector('[data-testid="stApp"]')
  && !document.querySelector('[data-testid="stStatusWidget"]')
  && !document.querySelector('[data-testid="stSkeleton"]')
  && !document.querySelector('[data-stale="true"]')
  && document.querySelector('[data-testid="stMain"]')?.innerText.trim().length > 0"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Program:
    """The program as a server of its own on ``folder``."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.log = folder / "server.log"
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.headless", "true"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, env=env, cwd=PROJECT_DIR, stdout=log, stderr=log)
        self._wait()

    def _wait(self) -> None:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=1).close()
                return
            except (urllib.error.URLError, OSError):
                assert self.process.poll() is None, self.log.read_text()
                time.sleep(0.25)
        raise AssertionError(self.log.read_text())

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


def environment(folder: Path) -> dict[str, str]:
    """The settings of a program that keeps its data in ``folder``; today is ``TODAY``."""
    env = os.environ | {"UNIONBOARD_DATA_DIR": str(folder), "UNIONBOARD_TODAY": TODAY.isoformat()}
    env.pop("UNIONBOARD_DATABASE_URL", None)
    return env


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path, request: pytest.FixtureRequest) -> Callable[..., Path]:
    """``prepared()``: a data folder with an empty database; ``prepared("demo")``: with the demo year."""

    @cache
    def prepare(*commands: str) -> Path:
        folder = tmp_path_factory.mktemp("prepared")
        file: Path = request.getfixturevalue("demo_file") if commands == ("demo",) else migrated_file
        shutil.copy(file, folder / "unionboard.sqlite3")
        return folder

    return prepare


@pytest.fixture(scope="session")
def shared_program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], tuple[Program, Path]]]:
    """The one server most tests visit, started by the first of them."""
    started: list[tuple[Program, Path]] = []

    def start() -> tuple[Program, Path]:
        if not started or started[-1][0].process.poll() is not None:
            folder = tmp_path_factory.mktemp("shared")
            started.append((Program(folder, environment(folder)), folder))
        return started[-1]

    yield start
    for program, _ in started:
        program.stop()


@pytest.fixture
def served_dir(shared_program: Callable[[], tuple[Program, Path]]) -> Path:
    """The data folder of the server that ``serve`` fills."""
    return shared_program()[1]


@pytest.fixture
def serve(
    tmp_path: Path, prepared: Callable[..., Path], shared_program: Callable[[], tuple[Program, Path]]
) -> Iterator[Callable[..., str]]:
    """``serve("demo")`` gives the address of the program, its data as those commands leave them.

    The server is one for many tests and only its data are laid anew; ``serve("demo", fresh=True)`` starts one of its own.
    """
    own: list[Program] = []

    def start(*commands: str, fresh: bool = False) -> str:
        if fresh:
            shutil.copytree(prepared(*commands), tmp_path / "data")
            own.append(Program(tmp_path / "data", environment(tmp_path / "data")))
            return own[-1].address
        program, folder = shared_program()
        refill(folder, prepared(*commands))
        return program.address

    yield start
    for program in own:
        program.stop()


def refill(folder: Path, template: Path) -> None:
    """Make the data of a running program those of ``template``: the database through SQLite itself, so that open connections see it."""
    for kept in folder.iterdir():
        if kept.is_dir():
            shutil.rmtree(kept)
    name = "unionboard.sqlite3"
    with closing(sqlite3.connect(template / name)) as source, closing(sqlite3.connect(folder / name)) as target:
        source.backup(target)


@pytest.fixture(scope="session")
def profile(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser that has been here before: scripts of pages are loaded and compiled once, not for every test."""
    profile = browser.browser_type.launch_persistent_context(
        tmp_path_factory.mktemp("profile"),
        executable_path=CHROMIUM,
        args=FLAGS,
        viewport={"width": 1440, "height": 900},
        locale="zh-CN",
        accept_downloads=True,
    )
    profile.set_default_timeout(PATIENCE_MS)
    yield profile
    profile.close()


@pytest.fixture
def context(profile: BrowserContext) -> Iterator[BrowserContext]:
    """A browser at a desk, Chinese, at a laptop's size, which remembers nothing of what the tests before it did."""
    yield profile
    first, *opened = profile.pages
    storage = profile.new_cdp_session(first)
    for page in opened:
        kept = {"origin": page.evaluate("location.origin"), "storageTypes": "local_storage,indexeddb,cache_storage,service_workers"}
        page.close()
        storage.send("Storage.clearDataForOrigin", kept)
    storage.detach()
    profile.clear_cookies()


def wait_settled(page: Page) -> None:
    """Until Streamlit has drawn the page and nothing runs."""
    page.wait_for_function(SETTLED, timeout=PATIENCE_MS)
    page.wait_for_timeout(300)
    page.wait_for_function(SETTLED, timeout=PATIENCE_MS)
