"""A union whose every word is an attack, in a real browser: nothing is fetched from elsewhere, nothing is drawn but letters."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, Request, expect

from tests.attacks.hostile import spoil_file
from tests.attacks.payloads import ELSEWHERE
from tests.browser.conftest import wait_settled

pytestmark = pytest.mark.browser
ADDRESSES = (
    "/",
    "/?screen=big",
    "/?activity=1",
    "/plan",
    "/timeline",
    "/checkoffs",
    "/checkoffs?show=coverage",
    "/fund",
    "/fund?view=claims",
    "/fund?view=care",
    "/fund?view=rules",
    "/summary",
    "/settings",
    "/settings?tab=history",
    "/meeting",
    "/paper/timeline",
)
DRAWN = """() => {
  const found = []
  const look = (root) => {
    for (const node of root.querySelectorAll('*')) {
      if (node.shadowRoot) look(node.shadowRoot)
      if (node.matches('[data-evil], .katex, script:not([src])[data-evil], [onerror], a[href*="evil.example"], img[src*="evil.example"]'))
        found.push(node.outerHTML.slice(0, 120))
      if (node.matches('[data-testid="stIconMaterial"], span[role="img"]') && node.textContent.trim() === 'bomb') found.push('an icon')
    }
  }
  look(document)
  return found
}"""


@pytest.fixture
def asked(context: BrowserContext) -> list[str]:
    """Every address the browser asks, dialogs of scripts among them."""
    told: list[str] = []

    def note_request(request: Request) -> None:
        told.append(request.url)

    def note_dialog(dialog: Dialog) -> None:
        told.append(f"{ELSEWHERE} {dialog.message}")
        dialog.dismiss()

    context.on("request", note_request)
    context.on("dialog", note_dialog)
    return told


@pytest.mark.long
def test_hostile_words_are_letters_on_every_page(
    serve: Callable[..., str], served_dir: Path, context: BrowserContext, asked: list[str]
) -> None:
    address = serve("demo")
    spoil_file(served_dir / "unionboard.sqlite3")
    page = context.new_page()

    drawn = {path: _look(page, address + path) for path in ADDRESSES}
    page.goto(f"{address}/fund?view=claims")

    expect(page.get_by_text("<b data-evil=1>").first).to_be_visible()
    assert {path: found for path, found in drawn.items() if found} == {}
    assert [url for url in asked if ELSEWHERE in url] == []


def _look(page: Page, address: str) -> list[str]:
    page.goto(address)
    if "/paper/" not in address:
        wait_settled(page)
    return [str(found) for found in page.evaluate(DRAWN)]
