"""What people do on the reading page, for the tests that go through it."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import wait_settled


def keyed(page: Page, key: str) -> Locator:
    """The element a widget or container with ``key`` (or a key that begins so) stands in."""
    return page.locator(f"[class*='st-key-{key}']")


def find_row(page: Page, title: str) -> Locator:
    """The row of that name."""
    return page.locator(".row[data-id]").filter(has_text=title)


def count_to_adopt(page: Page) -> int:
    """The number on the button that adopts."""
    words = keyed(page, "go_adopt").get_by_role("button").inner_text()
    return int("".join(letter for letter in words.partition("项")[0] if letter.isdigit()))


def expect_count(page: Page, n: int) -> None:
    """Wait until the button says that ``n`` rows will be adopted."""
    expect(keyed(page, "go_adopt").get_by_role("button")).to_contain_text(f"采纳 {n} 项")


def correct(page: Page, title: str, field: str, value: str) -> None:
    """Open the row and type ``value`` into one of its fields; the row is closed again."""
    find_row(page, title).locator(".cell.title").click()
    cell = page.locator(f".editor [data-field={field}]")
    cell.fill(value)
    cell.press("Enter")
    page.wait_for_timeout(300)
    cell.press("Escape")


def adopt(page: Page) -> None:
    """Press the button and wait for the plan that stands."""
    keyed(page, "go_adopt").get_by_role("button").click()
    expect(keyed(page, "go_save_plan")).to_be_visible()
    wait_settled(page)
