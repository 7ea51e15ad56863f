"""Every place of the program, seen in a browser: in one language whole, for weak eyes and screen readers, no wider than the screen, with
nothing asked of anybody else.

Every run walks the Chinese year and the empty program whole, and every second stretch of the English year. ``make soak`` (mark ``long``)
walks every place in both languages, by day and by night, at every width; so a place that is wrong only in English is found there.
"""

import ast
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import accumulate, cycle
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.browser.barriers import find_barriers
from tests.browser.conftest import PATIENCE_MS, refill
from tests.browser.letters import HAN, write_in_foreign_letters
from tests.browser.walks import COUNTY, EMPTY, SIGNED_IN, YEAR, Place, Walker
from tests.county import lay_county
from tests.makers import make_account
from tests.web import visitors
from tests.web.visitors import visit
from unionboard import db
from unionboard.config import HOME_UNION, PROJECT_DIR, SESSION_COOKIE
from unionboard.models import AccountRole
from unionboard.reference.ceilings import sample_rules
from unionboard.services import sign_ins
from unionboard.services.origins import Way
from unionboard.web.gate import Gate
from unionboard.web.set_up import set_up_code

pytestmark = pytest.mark.browser
Scheme = Literal["light", "dark"]
WORDS = (Path(__file__).parent / "page_words.js").read_text(encoding="utf-8")
LOCALES = {"zh_CN": "zh-CN", "en": "en-GB"}
LANGUAGES = [pytest.param(language, marks=pytest.mark.xdist_group(f"browser{line}")) for line, language in enumerate(LOCALES)]
"""Each language has a worker of its own: no run waits for both."""
FILE = "unionboard.sqlite3"
WIDTHS = (390, 1366, 1920, 3840)
NARROW = WIDTHS[:2]
HEIGHT = 1000
OVERFLOW = "() => document.scrollingElement.scrollWidth - innerWidth"

NAMES = (
    "Unionboard|unionboard run|--address 0.0.0.0|Excel|Word|WPS|Windows|English|Markdown|Webhook|Wi-Fi|USB|U(?= 盘)|KTV"
    "|PDF|CSV|JSON|TXT|HTML|DOCX|XLSX|ZIP|zip|SVG|PNG|ICS|iCal|API|HTTPS?|http|IP|KB|MB|GB|A[34]"
    "|Ctrl|Enter|Esc|Page Up|Page Down|Backspace"
)
LATIN_ALLOWED = re.compile(
    r"https?://\S+|[\w.+-]+@[\w.]+"
    rf"|(?<![A-Za-z])(?:{NAMES})(?![a-z])"  # names that stay as they are in Chinese
    r"|(?:[A-Z]:)?[\\/][\w./\\+-]+"  # places on a disk
    r"|\.(?:html|zip|docx|xlsx|csv|txt|md|ics|key|json)\b"
    r"|\b(?=[0-9a-f-]*\d)[0-9a-f-]{8,}\b"  # codes to compare
)
LATIN = re.compile(r"[A-Za-z]{2,}")
_WATCHED = sorted({word for rule in sample_rules().values() for word in rule.words}, key=len, reverse=True)
HAN_ALLOWED = re.compile(
    "中文|总工办发〔2017〕32号|财会〔2021〕7号"  # a language and documents, by their names
    f"|{'|'.join(_WATCHED)}"  # what purposes are searched for
    r"|[一-龥]+（\d+人次）"  # what the books say of visits: they are kept in one language
    "|第?[一二三四五六七八九十]+、"  # the numbers of a Chinese paper
    "|推进民主管理|坚持每月一次校务公开"  # see walks.PLAN
)
ENGLISH_ODD = re.compile(
    r"\b\d{1,2}/\d{1,2}/\d{2,4}\b"  # which is the month?
    r"|(?<!\d )\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{1,2}\b"
    r"|(?<![\d,.¥–-])1 (?!(?:is|was|has|this|unless|less|across|as|s|address|pass|class|days?’)\b)[a-z]+s\b"
    r"|(?<![\d,.])(?:0|[2-9]|\d{2,}) (?:activity|entry|claim|visit|photo|paper|member|decision|backup|place|point|day|person)\b(?!-)"
)
CHINESE_ODD = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b|[，。；：！？] ?[,;]|\{\w+\}")


@dataclass
class Walk:
    """What was met on the way, by place."""

    language: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    found: dict[str, list[str]] = field(default_factory=dict)
    places: int = 0
    looks: int = 0

    def note(self, place: object, findings: Sequence[str]) -> None:
        if findings:
            self.found.setdefault(str(place), []).extend(findings)


def find_words(page: Page, language: str) -> list[str]:
    """What is not in ``language``; what people wrote is in other letters, see ``letters``."""
    tag, said = page.evaluate(WORDS)
    wrong = [] if tag == language.replace("_", "-") else [f"<html lang={tag}>"]
    if language == "en":
        left = {text: HAN_ALLOWED.sub("", text) for text in said}
        return wrong + [text[:120] for text in said if HAN.search(left[text]) or ENGLISH_ODD.search(text) or re.search(r"\{\w+\}", text)]
    left = {text: LATIN_ALLOWED.sub("", text) for text in said}
    return wrong + [text[:120] for text in said if LATIN.search(left[text]) or CHINESE_ODD.search(text)]


def find_overflow(page: Page, widths: Sequence[int]) -> list[str]:
    """Widths at which the page is wider than its window."""
    wide = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.wait_for_timeout(60)
        if (over := page.evaluate(OVERFLOW)) > 0:
            wide.append(f"{over} px too wide at {width}")
    page.set_viewport_size({"width": 1440, "height": HEIGHT})
    return wide


def look_around(page: Page, walk: Walk, place: Place, schemes: Sequence[Scheme], *, widths: Sequence[int]) -> None:
    """All that is looked for at one place."""
    walk.places += 1
    walk.note(place, find_words(page, walk.language))
    walk.note(place, find_overflow(page, widths))
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(150)
        walk.looks += 1
        walk.note(f"{place} {scheme}", find_barriers(page))


@pytest.fixture
def stroll(browser: Browser) -> Iterator[Callable[[str], tuple[Page, Walk]]]:
    """``stroll("en")``: a page of a browser that speaks the language, and what is noted on the way."""
    contexts: list[BrowserContext] = []

    def begin(language: str, *, token: str = "", address: str = "") -> tuple[Page, Walk]:
        context = browser.new_context(viewport={"width": 1440, "height": HEIGHT}, locale=LOCALES[language])
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        if token:
            context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": address}])
        walk = Walk(language)
        own = ("http://127.0.0.1", "http://localhost", "ws://127.0.0.1", "ws://localhost", "data:", "blob:")

        def note_request(request: Request) -> None:
            if not request.url.startswith(own):
                walk.outside.append(request.url)

        def note_console(message: ConsoleMessage) -> None:
            if message.type == "error" and "/_stcore/" not in message.location["url"]:  # Streamlit looks for its own folder from below
                walk.errors.append(message.text[:200])

        context.on("request", note_request)
        context.on("console", note_console)
        return context.new_page(), walk

    yield begin
    for context in contexts:
        context.close()


def take_walk(
    page: Page, walk: Walk, address: str, places: Sequence[Place], looks: Iterator[Sequence[Scheme]], *, widths: Sequence[int]
) -> None:
    walker = Walker(page, address, walk.language)
    for place in places:
        walker.go(place)
        look_around(page, walk, place, next(looks), widths=widths)


def take_every_second(places: Sequence[Place]) -> list[Place]:
    """Every second stretch: what follows a place that is opened anew may build on it, and goes or stays with it."""
    stretch = list(accumulate(place.is_anew for place in places))
    return [place for place, number in zip(places, stretch, strict=True) if number % 2 == 0]


@pytest.fixture
def lay(tmp_path: Path, prepared: Callable[..., Path], served_dir: Path, serve: Callable[..., str]) -> Callable[..., str]:
    """``lay("demo")``: the program's address, its data a year in letters of no language; ``lay()``: empty."""

    def lay(*commands: str, made: Callable[[Path], None] | None = None) -> str:
        folder = tmp_path / "_".join(("laid", *commands))
        folder.mkdir(exist_ok=True)
        file = folder / FILE
        if made:
            made(file)
        else:
            shutil.copy(prepared(*commands) / file.name, file)
        write_in_foreign_letters(file)
        address = serve()
        refill(served_dir, folder)
        return address

    return lay


def sign_in(file: Path) -> str:
    """A chair's token for the data in ``file``."""
    engine = db.open_engine(f"sqlite:///{file}")
    now = datetime.now(UTC)
    with db.within(HOME_UNION), db.writing(engine) as session:
        roles = (AccountRole.CHAIR, AccountRole.TREASURER, AccountRole.COMMITTEE)
        account = make_account(session, *roles, name="진군")
        token = sign_ins.start(session, account.id or 0, way=Way.LOCAL, address="127.0.0.1", now_utc=now).token
    engine.dispose()
    return token


def nothing(walk: Walk) -> bool:
    """Whether nothing was found; how much was seen stands in the test's output (``-s``)."""
    told = f"{walk.language}: {walk.places} places, {walk.looks} looks by axe-core, {sum(map(len, walk.found.values()))} findings\n"
    sys.stdout.write(told)
    assert walk.found == {}
    return (walk.outside, walk.errors) == ([], [])


LIGHT: tuple[Scheme, ...] = ("light",)
DARK: tuple[Scheme, ...] = ("dark",)
BY_TURNS: dict[str, tuple[tuple[Scheme, ...], ...]] = {"zh_CN": (LIGHT, (), DARK, ()), "en": ((), LIGHT, (), DARK)}
"""How places are seen in a short walk, each in one language; the long one sees them all by day and by night in both."""


@pytest.mark.timeout(420)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_of_the_year(lay: Callable[..., str], stroll: Callable[..., tuple[Page, Walk]], language: str) -> None:
    address = lay("demo")
    page, walk = stroll(language)

    places = YEAR if language == "zh_CN" else take_every_second(YEAR)
    take_walk(page, walk, address, places, cycle(BY_TURNS[language]), widths=NARROW if language == "zh_CN" else ())

    assert nothing(walk)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_of_the_year_by_day_and_by_night(
    lay: Callable[..., str], stroll: Callable[..., tuple[Page, Walk]], language: str
) -> None:
    address = lay("demo")
    page, walk = stroll(language)

    take_walk(page, walk, address, YEAR, cycle([("light", "dark")]), widths=WIDTHS)

    assert nothing(walk)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_of_an_empty_program(lay: Callable[..., str], stroll: Callable[..., tuple[Page, Walk]], language: str) -> None:
    address = lay()
    page, walk = stroll(language)

    take_walk(page, walk, address, EMPTY, cycle(BY_TURNS[language]), widths=NARROW if language == "zh_CN" else ())

    assert nothing(walk)


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_of_whoever_signed_in(
    lay: Callable[..., str], served_dir: Path, stroll: Callable[..., tuple[Page, Walk]], language: str
) -> None:
    address = lay("demo")
    page, walk = stroll(language, token=sign_in(served_dir / FILE), address=address)

    take_walk(page, walk, address, SIGNED_IN, cycle(BY_TURNS[language]), widths=())

    assert nothing(walk)


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_of_an_upper_union(
    lay: Callable[..., str],
    served_dir: Path,
    stroll: Callable[..., tuple[Page, Walk]],
    migrated_file: Path,
    common_dir: Path,
    language: str,
) -> None:
    address = lay("county", made=lambda file: lay_county(migrated_file, common_dir, file))
    page, walk = stroll(language, token=sign_in(served_dir / FILE), address=address)

    take_walk(page, walk, address, COUNTY, cycle(BY_TURNS[language]), widths=NARROW if language == "zh_CN" else ())

    assert nothing(walk)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_before_one_is_in(engine: Engine, stroll: Callable[..., tuple[Page, Walk]], language: str) -> None:
    wish, walked = f"?lang={language}", stroll(language)
    set_up_code.draw()
    doors = {"set up": visit().get(f"/setup{wish}").text}
    set_up_code.spend()
    visitors.make_account(engine, "진군")
    doors |= {"sign in": visit().get(f"/login{wish}").text, "sign out": visit().get(f"/logout{wish}").text}
    gate = TestClient(Gate(Starlette(), key="right", cookie="phone"), base_url="http://192.168.1.20:8510")
    doors["phone without a code"] = gate.get(f"/{wish}").text
    page, walk = walked

    for (name, html), schemes in zip(doors.items(), cycle((LIGHT, DARK)), strict=False):
        page.set_content(html)
        look_around(page, walk, Place(name), schemes, widths=NARROW)

    assert walk.places == 4
    assert nothing(walk)


def test_walks_pass_every_page_tab_and_view() -> None:
    addresses = {place.address for place in YEAR}
    pages = {"" if file.stem == "board" else file.stem for file in (PROJECT_DIR / "pages").glob("*.py")}
    tabs = {f"settings?tab={tab}" for tab in find_keys("settings", "TABS")} - {"settings?tab=union"}
    views = {f"fund?view={view}" for view in find_keys("fund", "VIEWS")}

    assert (pages | tabs | views) - addresses == set()


def find_keys(page: str, name: str) -> list[str]:
    """The strings in ``name = {…}`` or ``(…)`` of a page, which cannot be imported without running it."""
    tree = ast.parse((PROJECT_DIR / "pages" / f"{page}.py").read_text(encoding="utf-8"))
    assigned = [node for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name]
    told = assigned[0].value
    keys = [*told.keys] if isinstance(told, ast.Dict) else [*told.elts] if isinstance(told, ast.Tuple) else []
    return [str(key.value) for key in keys if isinstance(key, ast.Constant)]
