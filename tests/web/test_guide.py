"""The guide within the program: in both languages, behind the gate, with pictures, and no way out of it."""

import re

import pytest
from sqlalchemy import Engine

from tests.web.visitors import HTML, make_account, make_token, visit, visit_here
from unionboard.web.addresses import local_path
from unionboard.web.guide_text import DOCS, find_address, list_addresses, list_tasks, make_anchor, write_html

pytestmark = pytest.mark.usefixtures("engine")
PAGES = sorted(list_addresses())


def read(path: str, **headers: str) -> str:
    answer = visit_here().get(path, headers={**HTML, **headers})
    assert answer.status_code == 200, path
    return answer.text


@pytest.mark.parametrize("path", [page for page in PAGES if page != "/guide"])
def test_every_page_is_whole_and_leads_only_to_pages_there_are(path: str) -> None:
    page = read(path)

    assert page.count("<h1") == 1
    ours = {re.split("[#?]", link)[0] for link in re.findall(r'href="(/guide[^"]*)"', page)}
    assert ours - {""} <= set(PAGES)


def test_guide_opens_in_the_language_of_the_browser_or_as_asked() -> None:
    places = [
        visit_here().get(path, headers={**HTML, "accept-language": "en-GB"}).headers["location"] for path in ("/guide", "/guide?lang=zh_CN")
    ]

    assert places == ["/guide/en", "/guide/zh-CN"]


def test_pages_say_their_language_and_offer_the_other() -> None:
    page = read("/guide/zh-CN/care")

    assert '<html  lang="zh-CN">' in page
    assert '<a href="/guide/en/care" lang="en">English</a>' in page


def test_tasks_follow_one_another() -> None:
    tasks = [task.name for task in list_tasks("en")]

    first, second = read(f"/guide/en/{tasks[0]}"), read(f"/guide/en/{tasks[1]}")

    assert [re.findall(r'<a href="([^"]+)" rel="(\w+)"', page) for page in (first, second)] == [
        [(f"/guide/en/{tasks[1]}", "next")],
        [(f"/guide/en/{tasks[0]}", "prev"), (f"/guide/en/{tasks[2]}", "next")],
    ]


def test_the_page_one_is_on_is_told() -> None:
    assert re.findall(r'href="([^"]+)" aria-current=page', read("/guide/en/plan")) == ["/guide/en/plan"]


@pytest.mark.parametrize("path", ["/guide/fr", "/guide/fr/plan", "/guide/en/nonsense", "/guide/more/nonsense", "/guide/en/README"])
def test_what_is_no_page_leads_to_the_contents_or_the_board(path: str) -> None:
    assert visit_here().get(path, headers=HTML).headers["location"] in ("/", "/guide")


@pytest.mark.parametrize("name", ["nonsense.png", "README.md"])
def test_only_pictures_of_the_guide_are_sent(name: str) -> None:
    assert visit_here().get(f"/guide/pictures/en/{name}").status_code == 404


def test_a_picture_is_sent() -> None:
    file = next((DOCS / "guide" / "pictures" / "en").glob("*.png"))

    answer = visit_here().get(f"/guide/pictures/en/{file.name}")

    assert (answer.headers["content-type"], answer.content) == ("image/png", file.read_bytes())


def test_with_accounts_only_who_signed_in_reads_it(engine: Engine) -> None:
    account_id = make_account(engine)

    closed = visit().get("/guide/en/plan", headers=HTML)
    opened = visit(token=make_token(engine, account_id)).get("/guide/en/plan", headers=HTML)

    assert (closed.status_code, closed.headers["location"]) == (303, "/login?next=%2Fguide%2Fen%2Fplan")
    assert opened.status_code == 200


def test_signing_in_leads_back_to_the_page_of_the_guide() -> None:
    assert [local_path("/guide/en/plan"), local_path("/guide/en/nonsense")] == ["/guide/en/plan", "/"]


def test_pages_run_no_script_and_load_nothing_from_elsewhere() -> None:
    policy = visit_here().get("/guide/en/plan", headers=HTML).headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("plan.md", "/guide/zh-CN/plan"),
        ("README.md", "/guide/zh-CN"),
        ("../../roles.md", "/guide/more/roles"),
        ("../../postgresql.md#tests", "/guide/more/postgresql#tests"),
        ("../pictures/zh-CN/board.png", "/guide/pictures/zh-CN/board.png"),
        ("../../../CONTRIBUTING.md", None),
        ("../../adr/0013-unions.md", None),
        ("https://example.org/", "https://example.org/"),
    ],
)
def test_links_become_addresses(target: str, address: str | None) -> None:
    assert find_address(target, "guide/zh-CN") == address


def test_a_link_that_leads_out_of_the_documents_is_told_as_text() -> None:
    html = write_html(DOCS / "unions.md")

    assert "<span>adr/0013</span>" in html


def test_anchors_are_those_of_the_repository_s_website() -> None:
    assert [make_anchor(heading) for heading in ("What differs", "A county's year, `make`", "数据与隐私")] == [
        "what-differs",
        "a-countys-year-make",
        "数据与隐私",
    ]


def test_a_language_the_guide_is_not_written_in_reads_it_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unionboard.web.guide.choose_language", lambda *_: "fr")

    assert visit_here().get("/guide", headers=HTML).headers["location"] == "/guide/en"
