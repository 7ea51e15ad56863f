"""Fava beside our fund page: the same book, both warm, in turns.

Fava and beancount come from PyPI into an environment of their own, ``bench/.rivals``, which is kept between runs.
"""

import hashlib
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

from tests.bench.pages import sized
from tests.bench.rows import NotHere, Row, against, in_turns
from tests.bench.server import data, environment, running, serve
from tests.bench.wire import Run, Visitor
from unionboard.config import PROJECT_DIR

PINNED = Path(__file__).parent / "requirements-rivals.txt"
PLACE = PROJECT_DIR / "bench" / ".rivals"
BOOKS = (2000, 20_000)
ROUNDS, WARM_UPS = 9, 2
SHOWN = ("income_statement", "journal_page?page=1&order=desc")
"""What Fava fetches for what our page shows first: the sums by item, and the first page of the ledger."""


def measure() -> Iterator[Row]:
    fava = install()
    for count in BOOKS:
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            book = Path(folder) / "book.beancount"
            book.write_text(write_book(count), encoding="utf-8")
            env = stack.enter_context(data(*sized(50, count).maker))
            server = stack.enter_context(serve(env))
            command = (str(fava), "--host", "127.0.0.1", "--port", "{port}", str(book))
            rival = stack.enter_context(running(*command, env=environment(folder), path="/book/api/changed"))
            theirs, sent = fetch(rival.address), first_run(server.port)
            ms, floor_ms = in_turns(lambda: first_run(server.port).ms, lambda: fetch(rival.address).ms, rounds=ROUNDS, warm_ups=WARM_UPS)  # noqa: B023
        name = f"fund of {count:,} entries, first run"
        yield against(f"{name}, against Fava", ms, "ms", floor=floor_ms, target=1.0)
        yield against(f"{name}, sent, against Fava", sent.received_bytes / 1000, "kB", floor=theirs.received_bytes / 1000)


def first_run(port: int) -> Run:
    """Our page as a new session gets it."""
    with Visitor(port, "fund") as visitor:
        return visitor.rerun()


def fetch(address: str) -> Run:
    """The data of Fava's page, without its frame."""
    began = time.perf_counter()
    received = 0
    for what in SHOWN:
        with urllib.request.urlopen(f"{address}/book/api/{what}", timeout=60) as answer:
            received += len(answer.read())
    return Run((time.perf_counter() - began) * 1000, received)


def install() -> Path:
    """The command ``fava``, installed once for every state of the pins.

    Raises: NotHere when the registry cannot be reached.
    """
    stamp, pins = PLACE / "pins", hashlib.sha256(PINNED.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != pins:
        print("-- installing Fava (once) …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(PLACE)], check=True)
        pip = [str(PLACE / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(PINNED)]
        done = subprocess.run(pip, capture_output=True, text=True, check=False, timeout=300)
        if done.returncode:
            raise NotHere(f"Fava could not be installed: {done.stderr.strip().splitlines()[-1:]}")
        stamp.write_text(pins)
    return PLACE / "bin" / "fava"


def write_book(count: int) -> str:
    """``count`` payments of 2026 with purpose and payee, spread over ten items, as tests/bench/year.py spreads them."""
    first = date(2026, 1, 1)
    accounts = [f"Expenses:Item{n}" for n in range(9)] + ["Income:Item9"]
    lines = ['option "title" "book"', 'option "operating_currency" "CNY"']
    lines += [f"{first} open {account} CNY" for account in ("Assets:Bank", *accounts)]
    for n in range(count):
        fen = 55_00 + n * 37 % 500_00
        sign = "-" if n % 10 == 9 else ""
        lines.append(f'{first + timedelta(days=n * 324 // count)} * "文具店{n % 40}" "第{n + 1}次活动的材料和用品"')
        lines += [f"  {accounts[n % 10]}  {sign}{fen // 100}.{fen % 100:02} CNY", "  Assets:Bank"]
    return "\n".join(lines) + "\n"
