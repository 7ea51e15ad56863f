"""Calendars by a secret address: who gets one, what is the same for everybody who does not, and how seldom it is sent anew."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from anyio.from_thread import start_blocking_portal
from ical.calendar_stream import IcsCalendarStream
from sqlalchemy import Engine
from sqlmodel import Session, select
from starlette.types import Message

from tests.makers import NOW, make_activity, make_plan, make_union
from tests.web.visitors import HERE, HTML, THERE, make_account, make_token, program, visit, visit_here
from unionboard import db
from unionboard.models import AccessToken, DatePrecision, FeedScope, TokenKind
from unionboard.services import access_tokens, amendments
from unionboard.services.activities import find_activity
from unionboard.services.throttle import attempts, unknown_tokens
from unionboard.web.gate import Gate

UNKNOWN = "A" * 43


@pytest.fixture(autouse=True)
def count_anew() -> Iterator[None]:
    for one in (attempts, unknown_tokens):
        one.forget()
    yield
    for one in (attempts, unknown_tokens):
        one.forget()


def issue(engine: Engine, scope: FeedScope = FeedScope.ALL, about: str = "", *, union: int = 1) -> str:
    with db.within(union), db.writing(engine) as session:
        new = access_tokens.open_calendar(session, scope=scope, about=about, language="zh_CN", who="chair", now_utc=NOW)
        return f"/calendar/{new.token}.ics"


def revoke(engine: Engine, path: str) -> None:
    with db.writing(engine) as session:
        row = access_tokens.find_by_secret(session, path[10:-4], TokenKind.CALENDAR)
        assert row is not None
        access_tokens.revoke(session, row.id or 0, who="chair", now_utc=NOW)


def titles(text: str) -> set[str]:
    return {event.summary or "" for event in IcsCalendarStream.calendar_from_ics(text).events}


def make_dated(session: Session, title: str) -> int:
    row = make_activity(
        session,
        make_plan(session),
        title=title,
        precision=DatePrecision.DAY,
        starts_on=date(2026, 12, 4),
        ends_on=date(2026, 12, 4),
    )
    return row.id or 0


def test_whoever_has_the_address_gets_the_calendar_without_signing_in(demo: Engine) -> None:
    make_account(demo)
    path = issue(demo)

    answer = visit().get(path)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert len(IcsCalendarStream.calendar_from_ics(answer.text).events) == 77
    assert "set-cookie" not in answer.headers


def test_events_lead_back_under_the_name_that_was_asked(engine: Engine) -> None:
    with db.writing(engine) as session:
        number = make_dated(session, "歌会")
    path = issue(engine)

    links = [str(IcsCalendarStream.calendar_from_ics(client.get(path).text).events[0].url) for client in (visit(), visit_here())]

    assert links == [f"{base}/timeline?plan=1&activity={number}" for base in (THERE, HERE)]


def test_unknown_revoked_and_misspelt_addresses_look_alike(demo: Engine) -> None:
    path, api = issue(demo), ""
    with db.writing(demo) as session:
        api = access_tokens.issue_api_token(session, label="x", language="en", who="chair", now_utc=NOW).token
    revoked = issue(demo, FeedScope.AREA, "CULT")
    revoke(demo, revoked)

    asked = (
        f"/calendar/{UNKNOWN}.ics",
        revoked,
        "/calendar/.ics",
        f"/calendar/{api}.ics",
        path.replace(".ics", "x.ics"),
        "/calendar/中.ics",
    )
    answers = [visit().get(one) for one in asked]

    assert {(one.status_code, one.text, one.headers["cache-control"]) for one in answers} == {(404, "Not found.", "no-store")}
    assert {tuple(one.headers) for one in answers} == {tuple(answers[0].headers)}


def test_revoked_address_opens_nothing_from_then_on(demo: Engine) -> None:
    path = issue(demo)
    etag = visit().get(path).headers["etag"]

    revoke(demo, path)

    assert visit().get(path, headers={"if-none-match": etag}).status_code == 404


@pytest.mark.parametrize("path", ["/calendar/", "/calendar", f"/calendar/{UNKNOWN}", f"/calendar/{UNKNOWN}.ics/x", "/calendar/../fund.ics"])
def test_what_only_looks_like_an_address_stays_behind_the_gate(demo: Engine, path: str) -> None:
    make_account(demo)

    assert visit().get(path).status_code in (401, 404)
    assert "inside" not in visit().get(path).text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_calendar_is_only_read(demo: Engine, method: str) -> None:
    make_account(demo)

    assert visit().request(method, issue(demo)).status_code in (403, 405)


def test_head_tells_what_get_would(demo: Engine) -> None:
    path = issue(demo)

    head, got = visit().head(path), visit().get(path)

    assert (head.status_code, head.headers["etag"]) == (200, got.headers["etag"])


def test_calendar_is_sent_again_only_when_something_changed(demo: Engine) -> None:
    path = issue(demo)
    first = visit().get(path)
    marks = {"if-none-match": f'W/"x", {first.headers["etag"]}'}

    same, dated = visit().get(path, headers=marks), visit().get(path, headers={"if-modified-since": first.headers["last-modified"]})
    with db.writing(demo) as session:
        view = find_activity(session, 1, today=NOW.date())
        amendments.save_activity(session, 1, version=view.version, title="改名之后", who="chair", now_utc=NOW)
    changed = visit().get(path, headers=marks)

    assert [(one.status_code, one.content, one.headers["etag"]) for one in (same, dated)] == [(304, b"", first.headers["etag"])] * 2
    assert (changed.status_code, any("改名之后" in one for one in titles(changed.text))) == (200, True)
    assert changed.headers["etag"] != first.headers["etag"]


def test_mark_of_another_calendar_or_no_date_gets_the_file(demo: Engine) -> None:
    path = issue(demo)

    for headers in (
        {"if-none-match": '"other"'},
        {"if-modified-since": "yesterday"},
        {"if-modified-since": "Fri, 20 Nov 2026 00:00:00 GMT"},
    ):
        assert visit().get(path, headers=headers).status_code == 200


def test_day_of_the_last_use_is_kept(demo: Engine) -> None:
    path = issue(demo)

    visit().get(path)

    with db.reading(demo) as session:
        assert session.exec(select(AccessToken)).one().used_on == date(2026, 11, 21)


def test_calendar_of_a_union_shows_nothing_of_another(engine: Engine) -> None:
    with db.within(2), db.writing(engine) as session:
        make_union(session, id=2, name="梧桐中学工会")
        make_dated(session, "梧桐歌会")
    with db.within(1), db.writing(engine) as session:
        make_union(session, id=1)
        make_dated(session, "青松歌会")

    told = [visit().get(issue(engine, union=union)).text for union in (1, 2)]

    assert [titles(text) for text in told] == [{"青松歌会"}, {"梧桐歌会"}]
    assert ["梧桐中学工会" in text for text in told] == [False, True]


def test_whoever_is_signed_in_to_one_union_reads_the_other_by_its_address(engine: Engine) -> None:
    with db.within(2), db.writing(engine) as session:
        make_union(session, id=2, name="梧桐中学工会")
        make_dated(session, "梧桐歌会")
    with db.within(1), db.writing(engine) as session:
        make_union(session, id=1)
        make_dated(session, "青松歌会")
    token = make_token(engine, make_account(engine))

    assert titles(visit(token=token).get(issue(engine, union=2)).text) == {"梧桐歌会"}


def test_guessing_ends_and_keeps_nobody_from_signing_in(demo: Engine) -> None:
    answers = [visit().get(f"/calendar/{number:043}.ics").status_code for number in range(202)]

    assert answers == [404] * 200 + [429] * 2
    assert visit(address="10.0.0.8").get(issue(demo)).status_code == 200
    attempts.enter(name="陈立群", address="10.0.0.7")  # is not refused


def test_right_address_counts_as_no_guess(demo: Engine) -> None:
    path = issue(demo)

    assert {visit().get(path, headers={"if-none-match": "*"}).status_code for _ in range(202)} == {304}


@pytest.mark.parametrize("since", ["yesterday", "Fri, 01 Jan 2021 00:00:00 +99999999999999999999"])
def test_date_that_is_none_gets_the_file(demo: Engine, since: str) -> None:
    assert visit().get(issue(demo), headers={"if-modified-since": since}).status_code == 200


@pytest.mark.sqlite
def test_log_holds_no_address_when_the_data_are_gone(demo: Engine, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = issue(demo)
    monkeypatch.setenv("UNIONBOARD_DATABASE_URL", f"sqlite:///{data_dir}/nowhere/gone.sqlite3")

    visit().get(path)

    assert [json.loads(line)["where"] for line in (data_dir / "unionboard.log").read_text().splitlines()] == ["/calendar/"]


def test_program_under_a_name_that_is_not_ours_answers_nothing(demo: Engine) -> None:
    assert visit("http://evil.example").get(issue(demo)).status_code == 421


def test_browser_that_opens_the_address_gets_the_file_and_is_not_led_to_the_board(demo: Engine) -> None:
    make_account(demo)

    assert visit().get(issue(demo), headers=HTML).headers["content-type"] == "text/calendar; charset=utf-8"
    assert visit().get(f"/calendar/{UNKNOWN}.ics", headers=HTML).status_code == 404


async def ask_through_the_phones_door(path: str) -> int:
    """The number of the answer at the second listener, which phones come in by."""
    gate = Gate(program, key="k" * 22, cookie="phone")
    told: list[Message] = []
    headers = [(b"host", b"192.168.1.20:8510")]
    scope = {"type": "http", "http_version": "1.1", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b""}
    scope |= {"root_path": "", "scheme": "http", "headers": headers, "client": ("10.0.0.7", 50_000), "server": ("192.168.1.20", 8510)}

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        told.append(message)

    await gate(scope, receive, send)
    return int(told[0]["status"])


@pytest.mark.parametrize("path", ["/api", "/api/openapi.json", "/api/v1/union"])
def test_phones_door_opens_no_further_than_before(demo: Engine, path: str) -> None:
    with start_blocking_portal() as portal:  # a loop of its own: a browser test before this one leaves its loop running
        assert [portal.call(ask_through_the_phones_door, one) for one in (issue(demo), path)] == [403, 403]
