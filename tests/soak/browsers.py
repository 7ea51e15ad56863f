"""Twenty people at once, each in a browser of their own, log duties and book income: ``pytest -s tests/soak/browsers.py``.

``SOAK_BROWSERS`` and ``SOAK_SECONDS`` make it shorter. What a browser saw confirmed must be there, once, and nobody may meet an error page.
"""

import asyncio
import os
import random
import re
import sqlite3
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect
from playwright.async_api import TimeoutError as TooSlow
from sqlalchemy import Engine

from tests.browser.conftest import CHROMIUM, Program, environment
from unionboard import clock, db
from unionboard.config import SESSION_COOKIE, read_config
from unionboard.models import AccountRole
from unionboard.services import accounts, sign_ins
from unionboard.services.origins import Way
from unionboard.services.verification import verify_books

BROWSERS = int(os.environ.get("SOAK_BROWSERS", "20"))
SECONDS = int(os.environ.get("SOAK_SECONDS", "120"))
ROLES = (AccountRole.CHAIR, AccountRole.TREASURER, AccountRole.COMMITTEE)
PASSWORD = "拔河比赛 2026 操场"
SETTLED = """() => document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]')
  && !document.querySelector('[data-testid="stSkeleton"]')"""
PATIENCE_MS = 60_000


@dataclass(slots=True)
class Person:
    """What one browser saw."""

    name: str
    token: str
    logged: int = 0
    refused: int = 0
    booked: dict[str, str] = field(default_factory=dict)  # purpose -> the voucher it was told
    errors: list[str] = field(default_factory=list)
    waits_s: list[float] = field(default_factory=list)


@pytest.mark.timeout(900)
def test_many_at_once_lose_nothing(demo: Engine, data_dir: Path) -> None:
    people = _make_people(demo)
    demo.dispose()
    program = Program(data_dir, environment(data_dir))
    try:
        asyncio.run(_let_them_work(people, program.address))
    finally:
        program.stop()

    rows, vouchers = _read(data_dir)
    logged, booked = sum(one.logged for one in people), sum(len(one.booked) for one in people)
    lost = [one.name for one in people if rows[one.name] < one.logged]
    lost += [purpose for one in people for purpose, voucher in one.booked.items() if vouchers.get(purpose) != int(voucher)]
    told = Counter(voucher for one in people for voucher in one.booked.values())
    waits = sorted(wait for one in people for wait in one.waits_s)
    refused, errors = sum(one.refused for one in people), [error for one in people for error in one.errors]
    twice = [voucher for voucher, count in told.items() if count > 1]
    print(f"\n{BROWSERS} browsers, {SECONDS} s: {logged} logged, {booked} booked, {refused} refused with a sentence, {len(lost)} lost,")
    print(f"{len(twice)} vouchers twice, {len(errors)} error pages; from click to answer {_middle(waits, 50):.2f} s, 95 of 100 in", end=" ")
    print(f"{_middle(waits, 95):.2f} s")
    assert (errors, lost, twice) == ([], [], [])
    assert booked > 0
    assert logged > 0
    with db.reading() as session:
        assert verify_books(session, evidence_folder=read_config().evidence_dir) == ()


def _middle(waits: list[float], per_cent: int) -> float:
    return waits[min(len(waits) - 1, len(waits) * per_cent // 100)] if waits else 0.0


def _make_people(engine: Engine) -> list[Person]:
    people = []
    for number in range(1, BROWSERS + 1):
        name = f"委员{number:02}"
        with db.writing(engine) as session:
            account = accounts.add_account(session, name=name, roles=ROLES, password=PASSWORD, who="chair", now_utc=clock.now_utc())
            session.flush()
            started = sign_ins.start(session, account.id or 0, way=Way.LOCAL, address="127.0.0.1", now_utc=clock.now_utc())
        people.append(Person(name, started.token))
    return people


def _read(folder: Path) -> tuple[Counter[str], dict[str, int]]:
    with closing(sqlite3.connect(folder / "unionboard.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = Counter(row[0] for row in database.execute("SELECT who FROM check_off"))
        return rows, dict(database.execute("SELECT purpose, voucher FROM fund_entry"))


async def _let_them_work(people: list[Person], address: str) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        pages = [await _open(browser, one, address) for one in people]
        await asyncio.gather(*(_come_in(page, address) for page in pages))  # the clock starts when everybody is there
        until = time.monotonic() + SECONDS
        await asyncio.gather(*(_work(page, one, address, until) for page, one in zip(pages, people, strict=True)))
        await browser.close()


async def _open(browser: Browser, person: Person, address: str) -> Page:
    context = await browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    await context.add_cookies([{"name": SESSION_COOKIE, "value": person.token, "url": address}])
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    return page


async def _come_in(page: Page, address: str) -> None:
    await page.goto(f"{address}/checkoffs")
    await page.locator("[class*='st-key-log_']").first.wait_for()
    await _settle(page)


async def _work(page: Page, person: Person, address: str, until: float) -> None:
    chance = random.Random(person.name)
    while time.monotonic() < until:
        try:
            if chance.random() < 0.5:
                await _log(page, person, address, chance, until)
            else:
                await _book(page, person, address, until)
        except (TooSlow, AssertionError) as error:
            person.errors.append(f"{person.name} {page.url}: {str(error)[:300]} {(await page.inner_text('body'))[:300]}")
            return
        if await page.get_by_text("没能显示出来").count():
            person.errors.append(await page.inner_text("body"))


async def _settle(page: Page) -> None:
    await page.wait_for_function(SETTLED)


async def _log(page: Page, person: Person, address: str, chance: random.Random, until: float) -> None:
    """A duty that everybody logs: the card counts what was logged here."""
    await _come_in(page, address)
    buttons = page.locator("[class*='st-key-log_']")
    key = re.search(r"st-key-log_(\d+)", str(await buttons.nth(chance.randrange(await buttons.count())).get_attribute("class")))
    assert key is not None
    activity_id = key[1]
    button = page.locator(f".st-key-log_{activity_id} button")
    for number in range(1, 5):
        if time.monotonic() > until:
            return
        began = time.monotonic()
        await button.click()
        card, refused = page.locator(f".st-key-card_{activity_id}"), page.locator(".st-key-refused")
        await expect(card.get_by_text(f"今天记了 {number} 次").or_(refused).first).to_be_visible(timeout=PATIENCE_MS)
        person.waits_s.append(time.monotonic() - began)
        if await refused.count():
            person.refused += 1
            return
        person.logged += 1


async def _book(page: Page, person: Person, address: str, until: float) -> None:
    """Income: the toast says which voucher it became."""
    await page.goto(f"{address}/fund?view=ledger")
    await page.locator("[class*='st-key-go_open_entry'] button").click()
    drawer, purpose = page.get_by_role("dialog"), f"会费 {person.name} 第{len(person.booked) + person.refused + 1}笔"
    await drawer.wait_for()
    await _settle(page)  # what is typed while a run is under way may be drawn over
    await drawer.get_by_text("收入", exact=True).click()
    await _settle(page)
    for label, text in (("金额（元）", "12.5"), ("摘要", purpose)):
        await drawer.get_by_label(label).fill(text)
        await drawer.get_by_label(label).press("Tab")
        await _settle(page)
    await drawer.get_by_role("combobox", name="科目").click()
    await page.get_by_role("option", name="会费收入").click()
    await _settle(page)
    began = time.monotonic()
    await drawer.locator(".st-key-go_drawer_save button").click()
    told, refused = page.locator("[data-testid='stToast']").filter(has_text="凭证").last, page.locator(".st-key-refused")
    await expect(told.or_(refused).first).to_be_visible(timeout=PATIENCE_MS)
    person.waits_s.append(time.monotonic() - began)
    if await refused.count():
        person.refused += 1
        return
    found = re.search(r"(\d+)\D*$", (await told.inner_text()).strip())
    assert found is not None
    person.booked[purpose] = found[1]
