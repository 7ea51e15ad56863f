"""An account in real browsers: socket and files without a token, signing in, a tab left open after signing out elsewhere."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE_MS, wait_settled
from tests.web.visitors import visit
from unionboard import db
from unionboard.config import SESSION_COOKIE
from unionboard.models import AccountRole
from unionboard.services import accounts
from unionboard.web.set_up import set_up_code

pytestmark = pytest.mark.browser

PASSWORD, NEW = "青松小学的大槐树", "槐树下的第三张长凳"
SHUT = """async () => {
  const socket = await new Promise((done) => {
    const one = new WebSocket(`ws://${location.host}/_stcore/stream`, ["streamlit"])
    one.onopen = () => done("open")
    one.onclose = one.onerror = () => done("shut")
  })
  const ask = async (path, method) => (await fetch(path, { method })).status
  return [socket, await ask("/media/x.jpg", "GET"), await ask("/_stcore/upload_file/a/b", "PUT"), await ask("/pulse", "GET"),
    await ask("/_stcore/host-config", "GET")]
}"""


@pytest.fixture
def other(browser: Browser) -> Iterator[BrowserContext]:
    """Another browser of the same person."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


def add_chair(folder: Path, *, must_change: bool = False) -> None:
    with db.writing(db.open_engine(f"sqlite:///{folder / 'unionboard.sqlite3'}")) as session:
        accounts.add_account(
            session,
            name="陈立群",
            roles=[AccountRole.CHAIR, AccountRole.COMMITTEE],
            password=PASSWORD,
            must_change=must_change,
            who="陈立群",
            now_utc=datetime.now(UTC),
        )


def sign_in(page: Page, address: str, password: str = PASSWORD) -> None:
    page.goto(address)
    page.get_by_label("姓名").fill("陈立群")
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def find_serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']} {rule['nodes'][0]['target']}" for rule in found if rule["impact"] in ("serious", "critical")]


def test_one_signs_in_with_a_given_password_and_a_tab_left_open_shows_nothing_after_signing_out(
    context: BrowserContext, other: BrowserContext, serve: Callable[..., str], served_dir: Path
) -> None:
    address = serve("demo")
    add_chair(served_dir, must_change=True)
    violations: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: violations.append(message.text) if "Content Security Policy" in message.text else None)

    page.goto(f"{address}/fund")
    expect(page).to_have_url(f"{address}/login?next=%2Ffund")
    assert find_serious(page) == []
    page.goto(f"{address}/healthz")
    assert page.evaluate(SHUT) == ["shut", 401, 401, 401, 401]

    sign_in(page, f"{address}/login?next=/fund", "guess")
    expect(page.get_by_role("alert")).to_have_text("姓名或密码不对。请重新输入；忘了密码请主席重设。")
    sign_in(page, f"{address}/login?next=/fund")
    expect(page.get_by_role("heading", name="设置新密码")).to_be_visible()
    assert find_serious(page) == []
    page.get_by_label("新密码").fill(NEW)
    page.get_by_label("再输入一次").fill(NEW)
    page.get_by_role("button", name="保存并进入").click()
    expect(page).to_have_url(re.compile(r"/fund"))
    wait_settled(page)
    expect(page.get_by_role("heading", name="经费", exact=True)).to_be_visible()
    (cookie,) = (one for one in context.cookies() if one["name"] == SESSION_COOKIE)
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == (True, "Lax", -1)
    assert SESSION_COOKIE not in page.evaluate("document.cookie")
    page.reload()
    wait_settled(page)
    expect(page.get_by_role("heading", name="经费", exact=True)).to_be_visible()

    phone = other.new_page()
    sign_in(phone, f"{address}/login", NEW)
    wait_settled(phone)
    other.clear_cookies()
    other.add_cookies(
        [{"name": SESSION_COOKIE, "value": cookie["value"], "url": address}]
    )  # the first browser's token, signed out from here
    phone.goto(f"{address}/logout")
    assert find_serious(phone) == []
    phone.get_by_role("button", name="退出登录").click()
    expect(phone).to_have_url(f"{address}/login")

    expect(page.get_by_text("您在这个浏览器里已退出登录")).to_be_visible()
    expect(page.get_by_text("¥")).to_have_count(0)
    page.get_by_role("link", name="登录").click()
    expect(page.get_by_label("姓名")).to_be_visible()
    assert violations == []


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.usefixtures("engine")
def test_set_up_is_read_by_everybody(context: BrowserContext, language: str) -> None:
    set_up_code.draw()
    page = context.new_page()
    page.set_content(visit().get(f"/setup?lang={language}").text)
    set_up_code.spend()

    expect(page.get_by_role("textbox")).to_have_count(4)
    assert find_serious(page) == []
