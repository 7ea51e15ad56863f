"""What a person sees in Chromium: pages from the click to rest, the tick, drawers, and a new browser's first paint."""

import statistics
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench import clicks
from tests.bench.pages import DEMO, PAGES, both, sized
from tests.bench.rows import Row, against, at_most, figure, in_turns
from tests.browser.conftest import CHROMIUM, FLAGS, wait_settled

TICK_TARGET = 2.0
ELSEWHERE_LIMIT_S = 3.0
COLD_LIMIT_S = {"timeline": 2.5}
ROUNDS, WARM_UPS = 9, 1
LARGE = sized(2000, 20_000)


def measure_demo() -> Iterator[Row]:
    """The demo year: the way to every page, the tick here and elsewhere; the floor is a click on the empty page in the same browser."""
    with both(DEMO.maker) as (server, bare), browsing() as open_page:
        empty = open_page(f"{bare.address}/?empty")
        page = open_page(server.address)
        names = PAGES[1:-1] + PAGES[:1]  # round and round; the meeting has no place in the menu
        *walked, floor = in_turns(
            *(partial(clicks.go_to, page, name) for name in names), lambda: clicks.empty_click(empty), rounds=ROUNDS, warm_ups=WARM_UPS
        )
        for name, ms in zip(names, walked, strict=True):
            yield against(f"{name}, click to rest", ms, "ms", floor=floor)
        page.goto(f"{server.address}/checkoffs")
        wait_settled(page)
        saved: list[float] = []

        def tick() -> float:
            drawn_ms, saved_ms = clicks.tick(page)
            saved.append(saved_ms)
            return drawn_ms

        ms, floor = taken(tick, empty)
        yield against("tick to repaint", ms, "ms", floor=floor, target=TICK_TARGET)
        yield against("tick to saved", statistics.median(saved[-ROUNDS:]), "ms", floor=floor)
        other = open_page(f"{server.address}/checkoffs?show=late")
        page.goto(server.address)
        wait_settled(page)
        (ms,) = in_turns(lambda: clicks.tick_elsewhere(page, other), rounds=ROUNDS, warm_ups=1)
        yield at_most("tick elsewhere to the board", ms / 1000, "s", ELSEWHERE_LIMIT_S)


def measure_large() -> Iterator[Row]:
    """2,000 activities and 20,000 entries: drawers and the ledger's search."""
    with both(LARGE.maker) as (server, bare), browsing() as open_page:
        empty = open_page(f"{bare.address}/?empty")
        timeline, fund = open_page(f"{server.address}/timeline"), open_page(f"{server.address}/fund")
        work: dict[str, Callable[[], float]] = {
            "timeline of 2,000, row to drawer": lambda: clicks.open_drawer(timeline),
            "fund of 20,000, line to drawer": lambda: clicks.open_entry(fund),
            "fund of 20,000, search": lambda: clicks.search_ledger(fund),
        }
        for name, measure in work.items():
            ms, floor = taken(measure, empty)
            yield against(name, ms, "ms", floor=floor)


def measure_cold() -> Iterator[Row]:
    """The first page of a new browser with an empty profile, the server warm: seconds from the address to the page's first own mark."""
    with both(DEMO.maker) as (server, bare), sync_playwright() as playwright:

        def first_paint(address: str, goal: str) -> float:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            try:
                return clicks.first_paint_s(new_page(browser), address, goal)
            finally:
                browser.close()

        board, timeline, empty = in_turns(
            lambda: first_paint(server.address, ".st-key-page .figure"),
            lambda: first_paint(f"{server.address}/timeline", ".st-key-page button[data-id]"),
            lambda: first_paint(f"{bare.address}/?empty", ".st-key-count button"),
            rounds=ROUNDS,
            warm_ups=1,
        )
    yield figure("cold first paint, empty page", empty, "s")
    yield against("cold first paint, board", board, "s", floor=empty)
    yield at_most("cold first paint, timeline", timeline, "s", COLD_LIMIT_S["timeline"])


def taken(measure: Callable[[], float], empty: Page) -> tuple[float, ...]:
    """Medians of a click of ours and one on the empty page, in turns."""
    return in_turns(measure, lambda: clicks.empty_click(empty), rounds=ROUNDS, warm_ups=WARM_UPS)


@contextmanager
def browsing() -> Iterator[Callable[[str], Page]]:
    """Opens pages in one browser, drawn and at rest."""
    with sync_playwright() as playwright, ExitStack() as stack:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        stack.callback(browser.close)

        def open_page(address: str) -> Page:
            page = new_page(browser)
            page.goto(address)
            wait_settled(page)
            return page

        yield open_page


def new_page(browser: Browser) -> Page:
    return browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
