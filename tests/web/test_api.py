"""The API: every address by a token and by nothing else, its answers as its schema says, and nothing personal in them."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate
from sqlalchemy import Engine
from sqlmodel import Session, select
from starlette.testclient import TestClient

from tests.conftest import TODAY, Run
from tests.makers import NOW, make_activity, make_plan, make_union
from tests.web.visitors import HTML, make_account, make_token, visit
from unionboard import db
from unionboard.drafting.figures import Rule, Source
from unionboard.models import Activity, CareVisit, CheckOff, TokenKind
from unionboard.services import access_tokens, activities, checkoffs, plans, timeline
from unionboard.services.board import read_board
from unionboard.services.summary_figures import TOLD_OF, list_summary_figures
from unionboard.services.throttle import unknown_tokens
from unionboard.web.api_door import load_api
from unionboard.web.rate import PER_MINUTE, Rate, rate

PATHS = tuple(load_api().openapi()["paths"])
OPEN = tuple(path.replace("{activity_id}", "1") for path in PATHS)


@pytest.fixture(autouse=True)
def count_anew() -> Iterator[None]:
    for one in (unknown_tokens, rate):
        one.forget()
    yield
    for one in (unknown_tokens, rate):
        one.forget()


def issue(engine: Engine, *, union: int = 1) -> str:
    with db.within(union), db.writing(engine) as session:
        return access_tokens.issue_api_token(session, label="校园网站", language="zh_CN", who="chair", now_utc=NOW).token


def client(token: str, *, language: str = "en") -> TestClient:
    visitor = visit()
    visitor.headers.update({"authorization": f"Bearer {token}", "accept-language": language})
    return visitor


@pytest.fixture
def asking(demo: Engine) -> TestClient:
    return client(issue(demo))


def ask(asking: TestClient, path: str, **asked: Any) -> Any:
    answer = asking.get(f"/api/v1{path}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def problem(answer: Any) -> tuple[int, str]:
    told = answer.json()["error"]
    assert told["sentence"]
    return answer.status_code, told["code"]


# --- the schema -----------------------------------------------------------------------------------------------------------------


def test_schema_is_valid_openapi_and_told_to_everybody(demo: Engine) -> None:
    make_account(demo)

    schema = visit().get("/api/openapi.json").json()

    validate(schema)
    assert (schema["openapi"], schema["servers"]) == ("3.1.0", [{"url": "/api/v1"}])
    assert {tuple(methods) for methods in schema["paths"].values()} == {("get",)}
    assert all(methods["get"]["security"] == [{"HTTPBearer": []}] for methods in schema["paths"].values())


@pytest.mark.parametrize("path", PATHS)
def test_answer_is_what_the_schema_says(asking: TestClient, path: str) -> None:
    schema = load_api().openapi()
    told = schema["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]

    answer = ask(asking, path.replace("{activity_id}", "1"))

    OAS31Validator({**told, "components": schema["components"]}).validate(answer)
    assert answer


@pytest.mark.parametrize("path", PATHS)
def test_refusal_is_what_the_schema_says(demo: Engine, path: str) -> None:
    schema = load_api().openapi()
    told = schema["paths"][path]["get"]["responses"]["401"]["content"]["application/json"]["schema"]

    answer = visit().get(f"/api/v1{path}")

    OAS31Validator({**told, "components": schema["components"]}).validate(answer.json())


def test_program_starts_without_libraries_that_few_requests_need() -> None:
    late = ("fastapi", "icalendar", "markdown_it", "apprise", "segno")
    told = f"import sys, unionboard.web.routes; print([name for name in {late} if name in sys.modules])"

    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout == "[]\n"


# --- who may ask ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", OPEN)
def test_nothing_is_told_without_a_token(demo: Engine, path: str) -> None:
    own = make_token(demo, make_account(demo))

    for visitor in (visit(), visit(token=own)):
        answer = visitor.get(f"/api/v1{path}", headers=HTML)
        assert problem(answer) == (401, "token_missing")
        assert answer.headers["www-authenticate"] == "Bearer"


def test_unknown_and_revoked_tokens_and_a_calendars_secret_look_alike(demo: Engine) -> None:
    revoked = issue(demo)
    with db.writing(demo) as session:
        row = access_tokens.find_by_secret(session, revoked, TokenKind.API)
        assert row is not None
        access_tokens.revoke(session, row.id or 0, who="chair", now_utc=NOW)
        feed = access_tokens.open_calendar(session, language="en", who="chair", now_utc=NOW).token

    answers = [client(token).get("/api/v1/union") for token in (revoked, feed, "ub_" + "A" * 43, "x")]

    assert {(problem(answer), answer.text) for answer in answers} == {((401, "token_unknown"), answers[0].text)}


def test_token_in_the_address_is_refused_even_where_it_is_right(demo: Engine) -> None:
    token = issue(demo)

    assert problem(visit().get("/api/v1/union", params={"token": token})) == (401, "token_in_address")
    assert problem(client(token).get("/api/v1/union", params={"access_token": token})) == (401, "token_in_address")


def test_other_ways_to_show_a_token_are_none(demo: Engine) -> None:
    token = issue(demo)

    assert problem(visit().get("/api/v1/union", headers={"authorization": f"Basic {token}"})) == (401, "token_missing")
    assert problem(visit(token=token).get("/api/v1/union")) == (401, "token_missing")


def test_day_of_the_last_use_is_kept(demo: Engine) -> None:
    ask(client(issue(demo)), "/union")

    with db.reading(demo) as session:
        assert [row.used_on for row in access_tokens.list_tokens(session)] == [TODAY]


def test_guessing_ends(demo: Engine) -> None:
    answers = [visit().get("/api/v1/union", headers={"authorization": f"Bearer {number}"}) for number in range(201)]

    assert [problem(answer)[0] for answer in answers] == [401] * 200 + [429]
    assert answers[-1].headers["retry-after"] == "900"


def test_one_token_asks_so_often_a_minute_and_no_other_waits_for_it() -> None:
    now = [0.0]
    counted = Rate(lambda: now[0])
    for second in range(PER_MINUTE):
        now[0] = second / 10
        counted.enter(1)

    with pytest.raises(Exception, match="Try again in 49 seconds"):
        counted.enter(1)
    counted.enter(2)
    now[0] = 60.0
    counted.enter(1)


def test_token_that_asks_too_often_is_told_when_to_come_back(asking: TestClient) -> None:
    for _ in range(PER_MINUTE):
        rate.enter(1)

    answer = asking.get("/api/v1/union")

    assert problem(answer) == (429, "too_many_requests")
    assert 0 < int(answer.headers["retry-after"]) <= 60


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_changed(demo: Engine, method: str) -> None:
    visitor = client(issue(demo))

    answer = visitor.request(method, "/api/v1/activities", headers={"origin": str(visitor.base_url)})

    assert problem(answer) == (405, "only_read")


@pytest.mark.parametrize("path", ["/nothing", "/activities/", "/docs", "/openapi.json", "/%2e%2e/fund", "/activities/1/x", "/"])
def test_address_that_is_none_says_so(asking: TestClient, path: str) -> None:
    assert problem(asking.get(f"/api/v1{path}")) == (404, "not_found")


# --- what is asked ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "asked", "name"),
    [
        ("/activities", {"month": "2026-13"}, "month"),
        ("/activities", {"area": "XYZ"}, "area"),
        ("/activities", {"status": "finished"}, "status.0"),
        ("/activities", {"per_page": 201}, "per_page"),
        ("/activities", {"page": 0}, "page"),
        ("/activities", {"stat": "late"}, "stat"),
        ("/activities/0", {}, "activity_id"),
        ("/activities/99999999999999999999", {}, "activity_id"),
        ("/figures", {"year": "abc"}, "year"),
        ("/fund", {"plan": 1}, "plan"),
    ],
)
def test_what_is_not_understood_is_named(asking: TestClient, path: str, asked: dict[str, Any], name: str) -> None:
    answer = asking.get(f"/api/v1{path}", params=asked)

    assert problem(answer) == (422, "not_understood")
    assert [one["name"] for one in answer.json()["error"]["fields"]] == [name]


@pytest.mark.parametrize(
    ("path", "code"),
    [("/figures?year=2020", "no_plan_for_year"), ("/meetings?plan=9", "no_such_plan"), ("/activities/9999", "no_such_activity")],
)
def test_what_is_not_there_is_404_in_the_askers_language(demo: Engine, path: str, code: str) -> None:
    told = [client(issue(demo), language=language).get(f"/api/v1{path}") for language in ("zh-CN", "en")]

    assert [problem(answer) for answer in told] == [(404, code)] * 2
    assert [answer.json()["error"]["sentence"].isascii() for answer in told] == [False, True]


def test_activities_come_in_the_plans_order_by_page(asking: TestClient, demo: Engine) -> None:
    pages = [ask(asking, "/activities", page=page, per_page=20) for page in (1, 2, 3, 4)]

    with db.reading(demo) as session:
        ids = [view.id for view in activities.list_activities(session, 1, today=TODAY)]
    assert [one["id"] for page in pages for one in page["items"]] == ids
    assert [(page["total"], page["page"], page["pages"], len(page["items"])) for page in pages] == [
        (48, 1, 3, 20),
        (48, 2, 3, 20),
        (48, 3, 3, 8),
        (48, 4, 3, 0),
    ]


@pytest.mark.parametrize(
    "asked",
    [
        {"area": "CULT"},
        {"owner": "吴佳"},
        {"status": ["late", "postponed"]},
        {"month": "2026-05"},
        {"area": "CULT", "month": "2026-11", "year": 2026},
    ],
)
def test_filters_choose_as_the_timeline_does(asking: TestClient, demo: Engine, asked: dict[str, Any]) -> None:
    month = date.fromisoformat(f"{asked['month']}-01") if "month" in asked else None
    with db.reading(demo) as session:
        chosen = timeline.select_activities(
            activities.list_activities(session, 1, today=TODAY),
            areas=[asked["area"]] if "area" in asked else (),
            owners=[asked["owner"]] if "owner" in asked else (),
            statuses=[activities.Status(one) for one in asked.get("status", ())],
            within=(month, (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)) if month else None,
        )

    answer = ask(asking, "/activities", **asked)

    assert [one["id"] for one in answer["items"]] == [view.id for view in chosen]
    assert chosen


def test_figures_are_the_boards(asking: TestClient, demo: Engine) -> None:
    with db.reading(demo) as session:
        board = read_board(session, 1, today=TODAY)

    told = ask(asking, "/figures")

    assert (told["counted"], told["done"], told["late"], told["share_done_pct"]) == (
        len(board.counted),
        len(board.done),
        len(board.late),
        board.share_done_pct,
    )
    assert told["by_status"] == {status.value: n for status, n in timeline.count_statuses(board.activities).items()}
    assert [(one["area"], one["done"], one["counted"]) for one in told["areas"]] == [
        (row.code, row.done, row.counted) for row in board.areas
    ]


def test_figures_of_the_summary_are_those_of_the_command(asking: TestClient, run: Run) -> None:
    _code, out, _err = run("summary", "--year", "2026", "--lang", "zh_CN", "--json")
    written: dict[str, list[tuple[object, str, str]]] = {
        section["key"]: [
            (figure["value"], figure["unit"], figure["from"]["rule"]) for told in section["sentences"] for figure in told["figures"]
        ]
        for section in json.loads(out)["sections"]
    }

    told = ask(asking, "/summary-figures")

    assert (told["plan_id"], told["as_of"]) == (1, TODAY.isoformat())
    assert [one for one in told["items"] if (one["value"], one["unit"], one["rule"]) not in written[one["section"]]] == []
    first = told["items"][0]
    assert {name: first[name] for name in ("section", "value", "unit", "rule", "records")} == {
        "section": "lead",
        "value": 41,
        "unit": "item",
        "rule": "count",
        "records": 41,
    }
    assert len({one["id"] for one in told["items"]}) == len(told["items"]) > 50


# --- what is never told -----------------------------------------------------------------------------------------------------------------


def test_nothing_of_visits_lines_and_notes_is_in_any_answer(asking: TestClient, demo: Engine) -> None:
    with db.reading(demo) as session:
        recipients = {name for told in session.exec(select(CareVisit.recipient)) for name in [told] if name}
    everything = "\n".join(json.dumps(ask(asking, path), ensure_ascii=False) for path in (*OPEN, "/activities?per_page=200"))

    assert recipients
    assert [name for name in recipients if name in everything] == []
    assert [word for word in ("purpose", "note", "recipient", "payee", "handler", "voucher", "result") if f'"{word}"' in everything] == []


def test_days_and_numbers_of_care_are_not_told(asking: TestClient) -> None:
    told = ask(asking, "/activities", area="CARE", status="done")["items"]

    assert told
    assert {(one["done_on"], one["participants"]) for one in told} == {(None, None)}


def test_summary_tells_neither_money_nor_what_few_visits_came_to(asking: TestClient, demo: Engine) -> None:
    with db.reading(demo) as session:
        _day, told = list_summary_figures(session, plans.list_plans(session)[0], today=TODAY, language="zh_CN")
        query = select(CheckOff.id).join(Activity).where((Activity.area == "CARE") | (Activity.area_2 == "CARE"))
        care = {Source("check_off", number or 0) for number in session.exec(query)}

    assert {source.noun for one in told for source in one.figure.records} <= TOLD_OF
    assert {one["unit"] for one in ask(asking, "/summary-figures")["items"]} & {"fen", "date", "year"} == set()
    measured = [care.intersection(one.figure.records) for one in told if one.figure.rule is not Rule.COUNT]
    assert [found for found in measured if 0 < len(found) < 3] == []
    assert [found for found in measured if found]


def test_summary_leaves_out_what_two_visits_came_to_and_what_would_tell_it(engine: Engine) -> None:
    """Two activities of care with 7 and 8 people among one with 20: their sum, and the total less what is known, would tell it."""
    with db.writing(engine) as session:
        plan = make_plan(session)
        for title, area, people in (("看望", "CARE", 7), ("慰问", "CARE", 8), ("歌会", "CULT", 20)):
            activity = make_activity(session, plan, title=title, area=area)
            details = checkoffs.Details(participants=people)
            checkoffs.check_off(session, activity.id or 0, done_on=TODAY, today=TODAY, who="chair", now_utc=NOW, details=details)

    told = ask(client(issue(engine)), "/summary-figures")["items"]

    assert {one["value"] for one in told} & {7, 8, 15, 35} == set()


def test_name_of_whoever_was_visited_is_covered(engine: Engine) -> None:
    with db.writing(engine) as session:
        session.add(CareVisit(visited_on=TODAY, kind="hospital", recipient="安然", who="chair", created_at_utc=NOW))
        make_activity(session, make_plan(session), title="看望安然老师", owner="安然")

    (told,) = ask(client(issue(engine)), "/activities")["items"]

    assert (told["title"], told["owner"]) == ("看望***老师", "***")


def test_token_of_a_union_opens_nothing_of_another(engine: Engine) -> None:
    numbers = {}
    for union, name in ((2, "梧桐"), (1, "青松")):
        with db.within(union), db.writing(engine) as session:
            make_union(session, id=union, name=f"{name}工会")
            numbers[union] = make_activity(session, make_plan(session), title=f"{name}歌会").id
    mine, theirs = (client(issue(engine, union=union)) for union in (1, 2))

    assert [ask(one, "/union")["name"] for one in (mine, theirs)] == ["青松工会", "梧桐工会"]
    assert [[row["title"] for row in ask(one, "/activities")["items"]] for one in (mine, theirs)] == [["青松歌会"], ["梧桐歌会"]]
    assert problem(mine.get(f"/api/v1/activities/{numbers[2]}")) == (404, "no_such_activity")
    assert [row["id"] for row in ask(mine, "/plans")["items"]] == [2]


def test_nobodys_answer_is_kept_on_the_way(asking: TestClient) -> None:
    answer = asking.get("/api/v1/figures")

    assert (answer.headers["cache-control"], answer.headers["x-content-type-options"]) == ("no-store", "nosniff")
    assert "access-control-allow-origin" not in answer.headers


def test_another_sites_page_cannot_ask(asking: TestClient) -> None:
    assert asking.get("/api/v1/union", headers={"origin": "https://evil.example"}).status_code == 403


# --- the page -----------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "word"), [("zh-CN", "全年活动"), ("en", "The activities of a year")])
def test_page_for_people_tells_every_address_and_loads_nothing(demo: Engine, language: str, word: str) -> None:
    make_account(demo)

    answer = visit().get("/api", headers={**HTML, "accept-language": language})

    assert answer.status_code == 200
    assert word in answer.text
    assert [path for path in PATHS if f"GET /api/v1{path}<" not in answer.text] == []
    assert [mark for mark in ("<script", "src=", "//cdn", "@import") if mark in answer.text] == []


def test_union_without_a_plan_is_told_so(session: Session) -> None:
    make_union(session)
    session.commit()

    answer = client(issue(session.get_bind())).get("/api/v1/figures")  # type: ignore[arg-type]

    assert problem(answer) == (404, "no_plan_yet")


def test_union_that_nobody_named_yet_has_an_empty_name(engine: Engine) -> None:
    assert ask(client(issue(engine)), "/union") == {"name": "", "kind": "school", "time_zone": "Asia/Shanghai"}
