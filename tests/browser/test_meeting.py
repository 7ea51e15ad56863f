"""A meeting as a committee holds it before a projector: with a keyboard and a clicker, and without touching a mouse."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlmodel import Session, select

from tests.browser.conftest import wait_settled
from unionboard import db
from unionboard.models import Activity, Decision, DecisionKind, Meeting
from unionboard.services.activities import Status, find_activity

pytestmark = pytest.mark.browser
CARRIED, PROMISED, LATE = "明年工作计划征求意见的办法", "收集教职工对明年节日慰问品的意见", "合理化建议征集与评选"
HELD, HANDED_ON, DROPPED, SOURCE = "困难教职工建档复核", "师徒结对中期汇报", "校园劳动安全检查（下半年）", "职工互助保障续保"
FOLLOW_SECONDS = 3
AT_REST = """() => document.querySelector('[data-testid="stApp"]').dataset.testScriptState === 'notRunning'"""


def press(page: Page, *keys: str) -> None:
    """One key after the other, each with what it brings about."""
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(250)
        page.wait_for_function(AT_REST)
        page.wait_for_timeout(150)


def type_text(page: Page, text: str) -> None:
    """Where the focus is."""
    page.keyboard.insert_text(text)


def expect_title(page: Page, title: str) -> None:
    """Wait until the item is on the screen and the run that put it there is over: a key pressed into a run is lost."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    page.wait_for_function(AT_REST)
    page.wait_for_timeout(150)


def expect_form(page: Page, kind: str) -> None:
    """Wait until the form is there and has the focus, with all that stands in its first field marked: typing replaces it."""
    page.wait_for_function(AT_REST)
    page.wait_for_function(
        """kind => {
          const field = document.activeElement
          if (!field.closest(`[class*="st-key-meeting_form_${kind}_"]`)) return false
          return !field.value || field.selectionEnd - field.selectionStart === field.value.length
        }""",
        arg=kind,
    )


def tab_to(page: Page, key: str) -> None:
    """Press Tab until the focus is on the widget with ``key``."""
    for _ in range(80):
        if page.evaluate(f"document.activeElement.closest('[class*=\"st-key-{key}\"]') !== null"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{key} is not reached by Tab")


def go_to_first_point(page: Page, address: str, query: str = "") -> None:
    """Begin the demo year's next meeting and go to its first point."""
    begin(page, address, query)
    press(page, "PageDown")
    expect_title(page, CARRIED)
    wait_settled(page)


def begin(page: Page, address: str, query: str = "") -> None:
    """Begin the demo year's next meeting: Enter, as soon as the page listens to keys."""
    page.goto(f"{address}/meeting{query}")
    expect_heard(page, "go_meeting_start", "Enter")
    press(page, "Enter")
    expect_heard(page, "meeting_all_present", "A")


def expect_heard(page: Page, name: str, key: str) -> None:
    """Wait until ``key`` presses the button ``name``."""
    expect(page.locator(f".st-key-{name} button")).to_have_attribute("aria-keyshortcuts", key)


def list_agenda(page: Page) -> list[str]:
    """The agenda as the opening shows it, without its numbers."""
    rows = page.locator("[class*='st-key-title_agenda_'] button").all_inner_texts()
    return [row.partition(". ")[2].strip() for row in rows]


def test_meeting_from_start_to_minutes_by_keyboard_alone(
    serve: Callable[..., str], context: BrowserContext, served_dir: Path, tmp_path: Path
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 1920, "height": 1080})

    begin(page, serve("demo"), "?screen=big")
    press(page, "a", "3", "PageDown")
    expect_title(page, CARRIED)
    decide_follow_up(page, "向各组室征集2027年工作计划的意见")
    press(page, "PageDown")
    expect_title(page, PROMISED)
    say_done(page)
    press(page, "ArrowRight")
    expect_title(page, LATE)
    postpone(page)
    press(page, " ")
    expect_title(page, HELD)
    say_done(page)
    press(page, "u")
    say_done(page)
    press(page, "PageDown")
    expect_title(page, HANDED_ON)
    hand_on(page)
    press(page, "PageDown")
    expect_title(page, DROPPED)
    cancel(page)
    press(page, "PageDown")
    expect_title(page, SOURCE)
    add_activity(page)
    press(page, "End", "e", "Enter")
    minutes = download_minutes(page, tmp_path / "minutes.docx")
    tab_to(page, "go_meeting_start")
    press(page, "Enter")

    expect(page.locator("[class*='st-key-title_agenda_']").first).to_be_visible()
    assert list_agenda(page)[:2] == ["宪法和教师法学习答题", "班主任技能展示"]
    assert [text for text in said_in_minutes() if text not in minutes] == []
    with Session(db.open_engine(f"sqlite:///{served_dir / 'unionboard.sqlite3'}")) as session:
        assert read_outcome(session) == {
            LATE: ("postponed", "2026-12-11", "2026-12-20"),
            HELD: ("done", "2026-11-21", ""),
            HANDED_ON: ("owner", "吴佳", ""),
            DROPPED: ("cancelled", "与年度体检重复", ""),
            "新春游园会": ("owner", "何敏", "2026-12-31"),
            "向各组室征集2027年工作计划的意见": ("owner", "何敏", "2026-12-05"),
            PROMISED: ("settled", "2026-11-21", ""),
        }


def decide_follow_up(page: Page, text: str) -> None:
    press(page, "6")
    expect_form(page, "follow_up")
    type_text(page, text)
    press(page, "Tab")
    type_text(page, "何")
    press(page, "ArrowDown", "Enter", "Enter")
    expect(page.get_by_text(text)).to_be_visible()


def say_done(page: Page) -> None:
    press(page, "1")
    expect_form(page, "done")
    press(page, "Enter")


def postpone(page: Page) -> None:
    """Keys that mean something elsewhere are letters here."""
    press(page, "2")
    expect_form(page, "postponed")
    type_text(page, "12月中旬")
    page.keyboard.press("Tab")
    page.keyboard.type("12n u6")
    press(page, "Enter")
    expect(page.get_by_text("10月 → 12月中旬")).to_be_visible()


def hand_on(page: Page) -> None:
    """A surname is enough."""
    press(page, "3")
    expect_form(page, "reassigned")
    type_text(page, "吴")
    press(page, "Enter", "Enter")
    expect(page.locator(".st-key-meeting_undo")).to_be_visible()


def cancel(page: Page) -> None:
    press(page, "4")
    expect_form(page, "cancelled")
    type_text(page, "与年度体检重复")
    press(page, "Enter", "n")
    expect_form(page, "note")
    type_text(page, "检查项目并入校医室的体检。")
    press(page, "Escape")
    expect(page.get_by_text("检查项目并入校医室的体检。")).to_be_visible()


def add_activity(page: Page) -> None:
    press(page, "5")
    expect_form(page, "added")
    type_text(page, "新春游园会")
    page.keyboard.press("Tab")
    type_text(page, "12月下旬")
    page.keyboard.press("Tab")
    type_text(page, "何")
    press(page, "ArrowDown", "Enter", "Enter")
    expect(page.get_by_text("新春游园会")).to_be_visible()


def download_minutes(page: Page, path: Path) -> str:
    """Enter saves the minutes of the meeting that just ended; the text of all their paragraphs and cells."""
    expect(page.locator("[class*='st-key-go_minutes_']")).to_be_visible()
    wait_settled(page)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "2026年第3次委员会会议纪要.docx"
    download.value.save_as(path)
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def said_in_minutes() -> list[str]:
    """What must stand in the minutes of this meeting."""
    decided = ["向各组室征集2027年工作计划的意见", "12月中旬", "12n u6", "与年度体检重复", "新春游园会", "检查项目并入校医室的体检"]
    return [CARRIED, PROMISED, LATE, HELD, HANDED_ON, DROPPED, *decided, "孙晓岚", "宪法和教师法学习答题"]


def read_outcome(session: Session) -> dict[str, tuple[str, str, str]]:
    """What the meeting made of what it decided about, as the database has it."""
    meeting = session.exec(select(Meeting).where(Meeting.number == 3)).one()
    outcome: dict[str, tuple[str, str, str]] = {}
    for decision in session.exec(select(Decision).where(Decision.meeting_id == meeting.id)):
        if decision.taken_back_at_utc is not None:
            continue
        if decision.kind is DecisionKind.FOLLOW_UP:
            outcome[decision.text] = ("owner", decision.owner, str(decision.due_on))
            continue
        row = session.get_one(Activity, decision.activity_id)
        view = find_activity(session, row.id or 0, today=meeting.held_on)
        match decision.kind:
            case DecisionKind.POSTPONED:
                outcome[row.title] = (view.status, str(row.starts_on), str(row.ends_on))
            case DecisionKind.DONE:
                outcome[row.title] = (view.status, str(view.done_on), "")
            case DecisionKind.CANCELLED:
                outcome[row.title] = (Status.CANCELLED, row.state_reason, "")
            case _:
                outcome[row.title] = ("owner", row.owner, str(row.ends_on) if decision.kind is DecisionKind.ADDED else "")
    promised = session.exec(select(Decision).where(Decision.settled_on == meeting.held_on)).one()
    return outcome | {PROMISED: ("settled", str(promised.settled_on), "")}


def test_second_screen_follows_and_leaves_an_open_form_alone(serve: Callable[..., str], browser: Browser, context: BrowserContext) -> None:
    address = serve("demo")
    clicker, secretary, projector = context.new_page(), context.new_page(), context.new_page()
    go_to_first_point(clicker, address)
    for page in (secretary, projector):
        page.goto(f"{address}/meeting")
        wait_settled(page)
    press(secretary, "6")
    expect_form(secretary, "follow_up")
    type_text(secretary, "联系校医院")

    press(clicker, "PageDown")

    expect(projector.get_by_role("heading", level=1)).to_contain_text(PROMISED, timeout=FOLLOW_SECONDS * 1000)
    secretary.wait_for_timeout(FOLLOW_SECONDS * 1000)
    expect_title(secretary, CARRIED)
    assert secretary.get_by_label("要做什么").input_value() == "联系校医院"
    press(secretary, "Enter")
    expect_title(secretary, PROMISED)


def test_clickers_third_key_darkens_the_screen_and_any_key_brings_it_back(serve: Callable[..., str], context: BrowserContext) -> None:
    page = context.new_page()
    go_to_first_point(page, serve("demo"))
    at_middle = "getComputedStyle(document.elementFromPoint(innerWidth / 2, innerHeight / 2)).backgroundColor"

    page.keyboard.press("b")
    dark = page.evaluate(at_middle)
    press(page, "PageDown")  # moves nowhere

    assert dark == "rgb(0, 0, 0)"
    assert page.evaluate(at_middle) != "rgb(0, 0, 0)"
    expect_title(page, CARRIED)


def test_point_fits_the_projector_without_scrolling(serve: Callable[..., str], context: BrowserContext) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 1920, "height": 1080})
    go_to_first_point(page, serve("demo"), "?screen=big")
    overflow = {}

    while "收尾" not in page.get_by_role("heading", level=1).all_inner_texts():
        press(page, "PageDown")
        title = page.get_by_role("heading", level=1).inner_text()
        overflow[title] = page.evaluate("(main => main.scrollHeight - main.clientHeight)(document.querySelector('[data-testid=stMain]'))")

    assert len(overflow) == 16
    assert {title: pixels for title, pixels in overflow.items() if pixels > 0 and title != "收尾"} == {}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_screen_of_a_meeting_has_no_serious_finding(serve: Callable[..., str], context: BrowserContext, language: str) -> None:
    page = context.new_page()
    begin(page, serve("demo"), f"?lang={language}")
    found = {}

    for keys in ((), ("PageDown",), ("6",), ("Escape", "n"), ("Escape", "End"), ("e",)):
        press(page, *keys)
        violations = Axe().run(page).response["violations"]
        found[keys] = [
            (one["id"], node["target"]) for one in violations if one["impact"] in ("serious", "critical") for node in one["nodes"]
        ]

    assert {keys: findings for keys, findings in found.items() if findings} == {}


def test_keys_pressed_faster_than_the_page_answers_are_none_of_them_lost(serve: Callable[..., str], context: BrowserContext) -> None:
    page = context.new_page()
    go_to_first_point(page, serve("demo"))

    for _ in range(3):
        page.keyboard.press("PageDown")

    expect_title(page, HELD)


def test_name_that_is_not_on_the_list_is_offered_in_the_pages_language(serve: Callable[..., str], context: BrowserContext) -> None:
    page = context.new_page()
    go_to_first_point(page, serve("demo"))

    press(page, "6", "Tab")
    page.keyboard.insert_text("王小明")

    expect(page.get_by_role("option")).to_have_text("新增：王小明")
