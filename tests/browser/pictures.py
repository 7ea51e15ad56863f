"""The pictures of the guide and the README: what is opened, done and cut out for each, and the words that stood in it.

A picture goes stale when words on its page change. So the manifest (docs/pictures.json) keeps the words that were seen; the tests walk
there again and compare. ``make pictures`` takes all of them anew.
"""

import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page

from tests.browser.conftest import wait_settled
from tests.browser.desk import keyed
from unionboard.config import PROJECT_DIR

FOLDERS = {"zh_CN": "zh-CN", "en": "en"}
PICTURES_DIR = PROJECT_DIR / "docs" / "guide" / "pictures"
MANIFEST = PROJECT_DIR / "docs" / "pictures.json"
COLOURS, MOST_BYTES = 256, 150_000
DESK, PHONE, TALL = (1280, 800), (390, 780), (1280, 2600)
MARGIN = 12
_OF_THE_CLOCK = re.compile(r"\d{1,2}月\d{1,2}日|\d{1,2} [A-Z][a-z]{2,8}( \d{4})?|[0-9a-f]{6,}|\d{3}-|/\S+|\d+")
SEE_WORDS = """([left, top, right, bottom]) => {
  const words = [];
  const walk = node => {
    if (node.nodeType === Node.TEXT_NODE) {
      const said = node.textContent.trim().replace(/\\s+/g, ' ');
      if (!said) return;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      const middle = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      if (box.width > 1 && middle[0] > left && middle[1] > top && middle[0] < right && middle[1] < bottom) words.push(said);
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || ['STYLE', 'SCRIPT', 'CANVAS'].includes(node.tagName)) return;
    if (node.dataset.testid === 'stIconMaterial' || (node.checkVisibility && !node.checkVisibility({visibilityProperty: true}))) return;
    if (node.shadowRoot) node.shadowRoot.childNodes.forEach(walk);
    node.childNodes.forEach(walk);
  };
  walk(document.body);
  return words;
}"""


def _stay(_page: Page) -> None:
    """Nothing is done: the address shows it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """``data``: demo, empty or county. ``card``: the key of the container that is cut out; none: the whole window.

    ``follows_clock``: figures are left out of the words, as they tell the real time.
    """

    name: str
    address: str
    do: Callable[[Page], None] = _stay
    data: str = "demo"
    size: tuple[int, int] = DESK
    follows_clock: bool = False
    card: str = ""

    def path(self, language: str) -> Path:
        """Where it lies."""
        return PICTURES_DIR / FOLDERS[language] / f"{self.name}.png"


def press(page: Page, key: str) -> None:
    """Press the first button whose key is so or begins so."""
    keyed(page, key).get_by_role("button").first.click()
    wait_settled(page)


def read_sample(page: Page) -> None:
    """Read the Word sample and open one of its rows."""
    press(page, "sample_-docx")
    page.locator(".row[data-id] .cell.title").nth(2).click()
    page.locator(".editor [data-field=title]").wait_for()
    page.evaluate("document.activeElement.blur()")


def tick_first(page: Page) -> None:
    """Tick the first card that is open."""
    press(page, "tick_")


def open_point(page: Page) -> None:
    """Begin the meeting, everybody present, and go to the third point."""
    press(page, "go_meeting_start")
    press(page, "meeting_all_present")
    for _ in range(3):
        press(page, "meeting_next")


def open_claim(page: Page) -> None:
    """Open the second of all claims, which waits for approval."""
    keyed(page, "open_claim_all_").get_by_role("button").nth(1).click()
    page.get_by_role("dialog").wait_for()


def plan_handout(page: Page) -> None:
    """Open the form of a hand-out."""
    press(page, "open_handout")
    page.get_by_role("dialog").wait_for()


def scroll_to_checklist(page: Page) -> None:
    """To what is looked at before the books are closed."""
    page.locator("[class*='st-key-close']").last.scroll_into_view_if_needed()
    page.mouse.move(640, 400)
    page.mouse.wheel(0, 2000)


def pick_sentence(number: int) -> Callable[[Page], None]:
    """Press a sentence of the paper and wait for where it comes from."""

    def do(page: Page) -> None:
        """Press a sentence of the paper."""
        page.locator(".sheet .sentence").nth(number).click()
        keyed(page, "summary_figures").first.wait_for()

    return do


def back_up(page: Page) -> None:
    """Make a backup, as there is one every day."""
    press(page, "back_up")
    page.wait_for_timeout(1000)
    wait_settled(page)


def make_calendar(page: Page) -> None:
    """Make an address of the calendar."""
    press(page, "make_calendar")


def ask_copy(page: Page) -> None:
    """Open what copying to next year would do."""
    press(page, "plan_more")
    page.get_by_role("menuitem").or_(page.get_by_role("option")).last.click()
    keyed(page, "go_copy").wait_for()


PICTURES = (
    Picture("welcome", "", data="empty"),
    Picture("board", ""),
    Picture("plan", "plan", read_sample, data="empty"),
    Picture("phone", "checkoffs", tick_first, size=PHONE),
    Picture("evidence", "checkoffs?show=coverage"),
    Picture("timeline", "timeline"),
    Picture("meeting", "meeting", open_point, follows_clock=True),
    Picture("fund", "fund"),
    Picture("budget", "fund?view=budget"),
    Picture("claim", "fund?view=claims", open_claim),
    Picture("close", "fund?view=close", scroll_to_checklist),
    Picture("care", "fund?view=care"),
    Picture("handout", "fund?view=care", plan_handout),
    Picture("rules", "fund?view=rules"),
    Picture("summary", "summary"),
    Picture("sentence", "summary", pick_sentence(2)),
    Picture("safety", "settings?tab=safety", back_up, follows_clock=True, card="safety_facts"),
    Picture("handover", "settings?tab=safety", size=TALL, card="handover_card", follows_clock=True),
    Picture("accounts", "settings?tab=accounts", follows_clock=True),
    Picture("history", "settings?tab=history", follows_clock=True),
    Picture("papers", "papers"),
    Picture("calendar", "settings?tab=connections", make_calendar, size=TALL, card="calendars_card", follows_clock=True),
    Picture("messages", "settings?tab=connections", size=TALL, card="messages_card", follows_clock=True),
    Picture("open", "settings?tab=safety", size=TALL, card="open_export_card", follows_clock=True),
    Picture("copy", "plan", ask_copy),
    Picture("unions", "unions", data="county", follows_clock=True),
)


def open_picture(page: Page, picture: Picture, language: str, base: str) -> None:
    """Go where ``picture`` is taken and do what comes before it."""
    page.set_viewport_size({"width": picture.size[0], "height": picture.size[1]})
    page.goto(f"{base}/{picture.address}{'&' if '?' in picture.address else '?'}lang={language}")
    wait_settled(page)
    picture.do(page)
    wait_settled(page)
    page.mouse.move(2, 2)
    page.wait_for_timeout(300)  # what slides in has come


def find_box(page: Page, picture: Picture) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is shown."""
    if not picture.card:
        return (0, 0, *picture.size)
    box = keyed(page, picture.card).first.bounding_box()
    assert box is not None, picture.card
    left, top = max(0, int(box["x"]) - MARGIN), max(0, int(box["y"]) - MARGIN)
    right, bottom = int(box["x"] + box["width"]) + MARGIN, int(box["y"] + box["height"]) + MARGIN
    return (left, top, min(right, picture.size[0]), min(bottom, picture.size[1]))


def see_words(page: Page, picture: Picture) -> list[str]:
    """The words within the picture, each once and in alphabetical order; without figures where they follow the clock."""
    seen = page.evaluate(SEE_WORDS, list(find_box(page, picture)))
    return sorted({_OF_THE_CLOCK.sub("0", word) for word in seen} if picture.follows_clock else set(seen))


def shoot(page: Page, picture: Picture) -> bytes:
    """What the window shows, in ``COLOURS`` colours, as a small PNG."""
    shot = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("RGB").crop(find_box(page, picture))
    small = shot.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    file = io.BytesIO()
    small.save(file, "PNG", optimize=True)
    return file.getvalue()


def read_manifest() -> dict[str, Any]:
    """The pictures as they were taken: where, and which words were seen, by ``<folder>/<name>``."""
    told: dict[str, Any] = json.loads(MANIFEST.read_text(encoding="utf-8")) if MANIFEST.is_file() else {}
    return told


def write_manifest(told: dict[str, Any]) -> None:
    """In the order of names, a line for each field, so that changes can be read."""
    MANIFEST.write_text(json.dumps(dict(sorted(told.items())), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def describe(picture: Picture, words: list[str], size: tuple[int, int]) -> dict[str, Any]:
    """An entry of the manifest."""
    return {
        "address": f"/{picture.address}",
        "done first": (picture.do.__doc__ or "").splitlines()[0] if picture.do is not _stay else "",
        "data": picture.data,
        "size": list(size),
        "words": words,
    }


def name_in_manifest(picture: Picture, language: str) -> str:
    """``zh-CN/board``."""
    return f"{FOLDERS[language]}/{picture.name}"
