"""The places of the program, and how one comes to each: a new page, tab, view or drawer is one line in ``YEAR`` or below it.

A place is an address and what is pressed or typed there. The browser goes on to the next address within one visit, as the pages' own links
do; only ``Place.is_anew`` loads the program again.
"""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import wait_settled

GO = "address => { history.pushState({}, '', address); dispatchEvent(new PopStateEvent('popstate')) }"
PLAN = "소학工会2026年工作计划\n一、推进民主管理\n1、坚持每月一次校务公开。\n活动安排\n三月：\n1、소학\n"
"""A plan to paste; what stays Chinese in it makes it one."""


@dataclass(frozen=True, slots=True)
class Place:
    """``presses``: selectors of what is pressed there, one after the other; ``*`` before one: only where it is there; ``=`` in one: what is
    typed into the field before it."""

    address: str
    presses: tuple[str, ...] = ()
    is_anew: bool = False

    def __str__(self) -> str:
        return " ".join((f"/{self.address}", *self.presses))


def button(key: str) -> str:
    """What is pressed in the element whose key begins so."""
    return f"[class*='st-key-{key}'] button"


YEAR = (
    Place("", is_anew=True),
    Place("?screen=big", is_anew=True),
    Place("?activity=5"),
    Place("?activity=5", (button("go_report_"),), is_anew=True),
    Place("?activity=5", (button("go_postpone_"),), is_anew=True),
    Place("?activity=5", (button("go_edit_"),), is_anew=True),
    Place("", (button("go_phone"),)),
    Place("plan"),
    Place("plan", (button("plan_more"),)),
    Place("plan", (button("read_corrected"),), is_anew=True),
    Place("plan", (f"[class*='st-key-plan_text'] textarea={PLAN}", button("go_read_text"))),
    Place("", (button("tour_again"), button("tour_next")), is_anew=True),
    Place("timeline", is_anew=True),
    Place("timeline?view=calendar"),
    Place("timeline?view=list"),
    Place("timeline?by=owner"),
    Place("timeline?find=쁦"),
    Place("timeline", (button("timeline_paper"),)),
    Place("checkoffs", is_anew=True),
    Place("checkoffs?show=coverage"),
    Place("checkoffs", (button("title_card_"),)),
    Place("fund", is_anew=True),
    Place("fund?view=claims"),
    Place("fund?view=budget"),
    Place("fund?view=care"),
    Place("fund?view=rules"),
    Place("fund?view=close"),
    Place("fund", (button("go_open_entry"),)),
    Place("fund", (button("fund_exports"),)),
    Place("fund", (button("go_open_import"),)),
    Place("fund?view=claims", (button("open_new_claim"),)),
    Place("fund?view=claims", (button("title_claim_all_"),)),
    Place("fund?view=budget", (button("open_items"),)),
    Place("fund?view=budget", (button("open_amendment"),)),
    Place("fund?view=budget", (button("open_adoption"),)),
    Place("fund?view=care", (button("open_visit"),)),
    Place("fund?view=care", (button("open_handout"),)),
    Place("fund?view=care", (button("open_occasions"),)),
    Place("fund?view=rules", (button("open_samples"),)),
    Place("fund?view=rules", (button("add_rule"),)),
    Place("fund?view=rules", (button("title_rule_1"),)),
    Place("summary", is_anew=True),
    Place("summary?text=en"),
    Place("summary", (button("open_check"),)),
    Place("summary", (button("go_export_summary"),)),
    Place("settings", is_anew=True),
    Place("settings?tab=accounts"),
    Place("settings?tab=safety"),
    Place("settings?tab=connections"),
    Place("settings?tab=trash"),
    Place("settings?tab=history"),
    Place("papers"),
    Place("unions"),
    Place("account"),
    Place("meeting"),
    Place("meeting", ("*" + button("go_meeting_start"),)),
    Place("meeting", (button("meeting_next"),)),
    Place("meeting", (button("meeting_to_end"),), is_anew=True),
    Place("paper/timeline", is_anew=True),
)
"""A year under way, as whoever sits at the computer sees it. The last ones begin a meeting."""

EMPTY_PAGES = ("", "plan", "timeline", "checkoffs", "fund", "fund?view=claims", "fund?view=budget", "fund?view=care", "summary", "meeting")
EMPTY = tuple(Place(address, is_anew=address == "") for address in EMPTY_PAGES)
"""A database with nothing in it."""

SIGNED_IN = (Place("account", is_anew=True), Place("settings?tab=accounts"), Place("fund?view=claims"))
"""The same year once there are accounts."""

COUNTY = (Place("unions", is_anew=True), Place("unions?view=sums"), Place("unions?union=2"), Place("unions?figure=union_members&view=sums"))
"""An upper union with unions below."""


class Walker:
    """Goes from place to place on one browser page; ``language`` is said in every address."""

    def __init__(self, page: Page, address: str, language: str) -> None:
        self.page, self._address, self._language = page, address, language

    def go(self, place: Place) -> None:
        """To ``place``, until all is drawn."""
        path = f"/{place.address}{'&' if '?' in place.address else '?'}lang={self._language}"
        if place.is_anew:
            self.page.goto(self._address + path)
        else:
            self._close()
            self.page.evaluate(GO, path)
        if place.address.startswith("paper/"):
            return
        wait_drawn(self.page)
        for press in place.presses:
            self._press(press)

    def _close(self) -> None:
        """Whatever was opened there."""
        opened = self.page.locator("[role=dialog], [data-testid='stPopoverBody']")
        for _ in range(2):
            if opened.count():
                self.page.keyboard.press("Escape")
                self.page.wait_for_timeout(150)
                wait_drawn(self.page)

    def _press(self, press: str) -> None:
        selector, _, words = press.removeprefix("*").partition("'] textarea=")
        if words:
            self.page.locator(selector + "'] textarea").fill(words)
            return
        found: Locator = self.page.locator(selector).first
        if press.startswith("*") and not found.count():
            return
        expect(found).to_be_enabled()
        found.click()
        self.page.wait_for_timeout(150)
        wait_drawn(self.page)


def wait_drawn(page: Page) -> None:
    """Until the run that follows an address or a press is over and drawn."""
    page.wait_for_timeout(60)
    wait_settled(page)
