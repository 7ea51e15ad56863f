"""The running program in a real browser: a server on data of its own, and Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.conftest import TODAY
from unionboard.config import PROJECT_DIR

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))), None)
PATIENCE_MS = 30_000  # two cores may run two browsers, two servers and the rest of the tests
SETTLED = """() => document.querySelector('[data-testid="stApp"]')
  && !document.querySelector('[data-testid="stStatusWidget"]')
  && !document.querySelector('[data-testid="stSkeleton"]')
  && document.querySelector('[data-testid="stMain"]')?.innerText.trim().length > 0"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """``serve("demo")`` starts the program on a fresh folder after running those commands; returns its address."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*commands: str) -> str:
        env = os.environ | {"UNIONBOARD_DATA_DIR": str(tmp_path / "data"), "UNIONBOARD_TODAY": TODAY.isoformat()}
        env.pop("UNIONBOARD_DATABASE_URL", None)
        for command in commands:
            subprocess.run([sys.executable, "-m", "unionboard", command], env=env, check=True, cwd=PROJECT_DIR, stdout=subprocess.DEVNULL)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        with (tmp_path / "server.log").open("wb") as log:
            server = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.headless", "true"],
                env=env,
                cwd=PROJECT_DIR,
                stdout=log,
                stderr=log,
            )
        started.append(server)
        for _ in range(240):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).close()
                return f"http://127.0.0.1:{port}"
            except (urllib.error.URLError, OSError):
                assert server.poll() is None, (tmp_path / "server.log").read_text()
                time.sleep(0.25)
        raise AssertionError((tmp_path / "server.log").read_text())

    yield start
    for server in started:
        server.terminate()
        server.wait(20)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile, Chinese, at a laptop's size."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN", accept_downloads=True)
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


def wait_settled(page: Page) -> None:
    """Until Streamlit has drawn the page and nothing runs."""
    page.wait_for_function(SETTLED, timeout=PATIENCE_MS)
    page.wait_for_timeout(300)
    page.wait_for_function(SETTLED, timeout=PATIENCE_MS)
