"""The printable page: the rows the timeline shows, its size, and sentences instead of breakdowns."""

import re
from datetime import date
from html import unescape

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.makers import make_activity, make_plan, make_section
from unionboard import db
from unionboard.models import Change, DatePrecision, Union
from unionboard.services.unions import find_union
from unionboard.web.middleware import middleware
from unionboard.web.routes import routes

HTML = {"accept": "text/html"}
client = TestClient(Starlette(routes=routes, middleware=middleware), base_url="http://localhost:8501", client=("127.0.0.1", 50000))


@pytest.fixture
def plan_id(engine: Engine) -> int:
    """A race in May, a visit late since October, a ball in December."""
    with db.writing(engine) as session:
        plan = make_plan(session)
        sport = make_section(session, plan, position=1, printed_number="一")
        care = make_section(session, plan, position=2, printed_number="二", heading="常走访、真帮扶")
        make_activity(session, plan, title="趣味运动会 <b>", section_id=sport.id, owner="沈一鸣")
        october = {"starts_on": date(2026, 10, 1), "ends_on": date(2026, 10, 31)}
        make_activity(session, plan, title="走访慰问", section_id=care.id, area="CARE", owner="吴佳", **october)
        december = {"starts_on": date(2026, 12, 4), "ends_on": date(2026, 12, 4), "precision": DatePrecision.DAY}
        make_activity(session, plan, title="迎新联欢", section_id=sport.id, owner="沈一鸣", **december)
        return plan.id or 0


def ask(query: str = "") -> str:
    answer = client.get(f"/paper/timeline?{query}", headers=HTML)
    assert answer.status_code == 200, answer.text
    return answer.text


def titles(page: str) -> list[str]:
    return [unescape(title) for title in re.findall(r'class="title">([^<]*)<', page)]


def choice(page: str) -> str:
    return unescape(re.search(r'class="choice">([^<]*)<', page)[1])  # type: ignore[index]


@pytest.mark.usefixtures("plan_id")
def test_whole_plan_is_on_the_page() -> None:
    page = ask()

    assert titles(page) == ["趣味运动会 <b>", "迎新联欢", "走访慰问"]
    assert choice(page) == "全部计划，共3项活动。"


@pytest.mark.parametrize(
    ("query", "left", "sentence"),
    [
        ("owner=吴佳", ["走访慰问"], "只列：负责人“吴佳”，共3项中的1项。"),
        ("zoom=quarter&at=2026-04", ["趣味运动会 <b>"], "只列：第二季度，共3项中的1项。"),
        ("status=late&status=coming&find=联欢", ["迎新联欢"], "只列：含“联欢”；逾期，未到，共3项中的1项。"),
        ("in=area:CARE", ["走访慰问"], "只列：送温暖与帮扶，共3项中的1项。"),
        ("owner=nobody", [], "只列：负责人“nobody”，共3项中的0项。"),
    ],
)
@pytest.mark.usefixtures("plan_id")
def test_filters_of_the_timeline_are_kept_and_said(query: str, left: list[str], sentence: str) -> None:
    page = ask(query)

    assert (titles(page), choice(page)) == (left, sentence)


@pytest.mark.parametrize(("query", "size"), [("", "297mm 210mm"), ("size=A3", "420mm 297mm")])
@pytest.mark.usefixtures("plan_id")
def test_page_is_cut_for_its_paper(query: str, size: str) -> None:
    assert f"@page{{size:{size};margin:0}}" in ask(query)


@pytest.mark.usefixtures("plan_id")
def test_page_asks_nothing_of_another_host() -> None:
    addresses = set(re.findall(r"(?:https?:)?//[\w.-]+[\w/]*", ask()))

    assert addresses == {"http://www.w3.org/2000/svg"}


@pytest.mark.usefixtures("plan_id")
def test_page_speaks_the_language_asked_for_else_the_unions(engine: Engine) -> None:
    assert ('lang="en"' in ask("lang=en"), "Printed on 21 Nov 2026" in ask("lang=en")) == (True, True)
    with db.writing(engine) as session:
        union = find_union(session)
        assert isinstance(union, Union)
        union.language = "en"

    assert '<html  lang="en">' in ask()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("plan=99", "There is no such plan. Choose one under Settings."),
        ("plan=first", "There is no such plan. Choose one under Settings."),
        ("size=A0", "The timeline knows no “A0”. Open this page from the timeline again."),
        ("zoom=<b>", "The timeline knows no “<b>”. Open this page from the timeline again."),
        ("at=2026-99", "The timeline knows no “2026-99”. Open this page from the timeline again."),
    ],
)
@pytest.mark.usefixtures("plan_id")
def test_what_cannot_be_understood_is_answered_by_a_sentence(query: str, sentence: str) -> None:
    answer = client.get(f"/paper/timeline?lang=en&{query}", headers=HTML)

    assert (answer.status_code, unescape(answer.text.split('class="sentence"><p>')[1].split("</p>")[0])) == (404, sentence)


@pytest.mark.usefixtures("engine")
def test_without_a_plan_the_page_says_what_to_do() -> None:
    answer = client.get("/paper/timeline", headers=HTML)

    assert (answer.status_code, "还没有计划" in answer.text) == (404, True)


@pytest.mark.usefixtures("plan_id")
def test_only_its_own_script_may_run() -> None:
    policy = client.get("/paper/timeline", headers=HTML).headers["content-security-policy"]

    assert re.sub("'sha256-[^']+'", "'sha256'", policy) == (
        "default-src 'none'; script-src 'sha256'; style-src 'unsafe-inline'; img-src blob: data:; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.usefixtures("plan_id")
def test_page_that_is_taken_along_is_written_down(engine: Engine) -> None:
    ask()

    with db.reading(engine) as session:
        line = session.exec(select(Change).where(Change.action == "export")).one()
    assert (line.who, line.origin, line.after) == ("chair", "this computer", {"what": "timeline_paper", "names": False})


def test_page_that_is_refused_is_not_written_down(engine: Engine) -> None:
    assert client.get("/paper/timeline", headers=HTML).status_code == 404

    with db.reading(engine) as session:
        assert session.exec(select(Change).where(Change.action == "export")).all() == []
