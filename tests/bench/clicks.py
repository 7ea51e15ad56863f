"""Clicks in a real browser: milliseconds from the click to what it was for."""

import time

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PATIENCE_MS, wait_settled

_UNTIL = """(element, goals) => new Promise(done => {
  const began = performance.now(), reached = []
  const look = () => {
    const spent = performance.now() - began
    while (reached.length < goals.length && document.querySelector(goals[reached.length])) reached.push(spent)
    if (reached.length === goals.length || spent > 20000) done(goals.map((_, n) => reached[n] ?? NaN))
    else requestAnimationFrame(look)
  }
  element.click()
  requestAnimationFrame(look)  // not before the frame that shows it
})"""
_AT_REST = """(link, path) => new Promise(done => {
  const app = document.querySelector("[data-testid=stApp]")
  const isBusy = () => app.dataset.testScriptState !== "notRunning" || document.querySelector("[data-stale=true],[data-testid=stSkeleton]")
  const look = () => {
    const main = document.querySelector("[data-testid=stMain]")
    return [location.pathname, !!isBusy(), main.getElementsByTagName("*").length, main.scrollHeight].join()
  }
  const began = performance.now()
  let last = began, seen = look()
  const watch = () => {
    const now = performance.now(), sees = look()
    if (sees !== seen) [last, seen] = [now, sees]
    if (location.pathname === path && !isBusy() && now - last > 300) done(last - began)
    else now - began > 30000 ? done(NaN) : requestAnimationFrame(watch)
  }
  link.click()
  watch()
})"""
"""Until nothing on the page has changed for 300 ms; they are not counted."""


def click_until(target: Locator, *goals: str) -> list[float]:
    """Milliseconds from a click on ``target`` until each of ``goals`` (CSS selectors) is on the page, in this order."""
    return list(target.evaluate(_UNTIL, goals))


def empty_click(page: Page) -> float:
    """The floor: a click on a page that holds only the button."""
    clicks = int((page.locator("[class*='st-key-clicked_']").get_attribute("class") or "").split("st-key-clicked_")[1].split()[0])
    (spent,) = click_until(page.locator(".st-key-count button"), f".st-key-clicked_{clicks + 1}")
    wait_settled(page)
    return spent


def tick(page: Page) -> tuple[float, float]:
    """The first open card of the check-offs, until it is drawn as ticked, and until it is saved and can be taken back; then taken back."""
    holder = page.locator("[class*='st-key-tick_']").first
    activity_id = (holder.get_attribute("class") or "").split("st-key-tick_")[1].split()[0]
    undo = f".st-key-undo_{activity_id} button"
    drawn, saved = click_until(holder.locator("button"), undo, f"{undo}:not([aria-disabled])")
    wait_settled(page)
    page.locator(undo).click()
    page.locator(f".st-key-tick_{activity_id}").wait_for()
    wait_settled(page)
    return drawn, saved


def tick_elsewhere(board: Page, other: Page) -> float:
    """From a tick in a second session, ``other``, until the board of the first shows it; then taken back."""
    late = board.locator(".figure.late .value")
    before = late.inner_text()
    began = time.perf_counter()
    other.locator("[class*='st-key-tick_'] button").first.click()
    expect(late).not_to_have_text(before, timeout=PATIENCE_MS)
    spent = (time.perf_counter() - began) * 1000
    other.locator("[class*='st-key-undo_'] button").first.click()
    expect(late).to_have_text(before, timeout=PATIENCE_MS)
    wait_settled(other)
    return spent


def go_to(page: Page, name: str) -> float:
    """A click on the entry of page ``name`` in the menu, from another page, until it is drawn and at rest."""
    path = "/" if name == "board" else f"/{name}"
    return float(page.locator(f"[data-testid='stTopNavLink'][href$='{path}']").first.evaluate(_AT_REST, path))


def first_paint_s(page: Page, address: str, goal: str) -> float:
    """Seconds from asking for ``address`` until ``goal`` (a CSS selector) can be seen."""
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(goal).first.wait_for(timeout=PATIENCE_MS)
    return time.perf_counter() - began


def open_drawer(page: Page) -> float:
    """The first row of the timeline, until its drawer is there; then closed. Large plans begin folded: the first group is opened before."""
    rows = page.locator("button[data-id]")
    if not rows.count():
        page.locator("button[data-group]").first.click()
    (spent,) = click_until(rows.first, "[role=dialog] .st-key-drawer")
    wait_settled(page)
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.get_by_role("dialog").wait_for(state="detached")
    wait_settled(page)
    return spent


def search_ledger(page: Page) -> float:
    """From a word typed into the ledger's search until its lines stand there, the pause in typing included; then cleared."""
    box = page.locator(".st-key-fund_search input")
    lines = page.locator(".st-key-fund_ledger_card tfoot td.purpose")
    began = time.perf_counter()
    box.fill("文具店7")
    lines.wait_for()
    spent = (time.perf_counter() - began) * 1000
    box.fill("")
    lines.wait_for(state="detached")
    wait_settled(page)
    return spent


def open_entry(page: Page) -> float:
    """From a click on the ledger's first line until its drawer is there; then closed."""
    drawer = page.get_by_role("dialog")
    began = time.perf_counter()
    page.locator(".st-key-fund_ledger_card tbody tr").first.click()
    drawer.locator(".ub-facts").wait_for()
    spent = (time.perf_counter() - began) * 1000
    wait_settled(page)
    drawer.get_by_role("button", name="Close").click()
    drawer.wait_for(state="detached")
    wait_settled(page)
    return spent
