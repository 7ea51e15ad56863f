"""The story of a record, and of everything: by whom, of which kind, on which days, page by page."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from tests.makers import NOW
from unionboard import db
from unionboard.errors.permissions import NotYours
from unionboard.models import AccountRole, Change, PaperKind
from unionboard.services import care, claims, fund_papers, private_names, unions
from unionboard.services.guard import Actor, bind_actor
from unionboard.services.history import GROUPS, PER_PAGE, list_all_changes, list_authors, list_history
from unionboard.services.log_replay import NOT_REPLAYED, REPLAYED

TODAY = date(2026, 11, 21)
BY: dict[str, Any] = {"who": "何敏", "now_utc": NOW}


def add_line(session: Session, **values: Any) -> None:
    session.add(Change(**{"at_utc": NOW, "who": "何敏", "action": "update", "noun": "member", "row_id": 1, **values}))
    session.flush()


def test_story_of_a_claim_tells_of_its_papers_too(session: Session) -> None:
    fields: dict[str, Any] = {"year": 2026, "item": "culture_sports", "amount_fen": 400_00, "purpose": "奖品", "handler": "沈一鸣"}
    claim = claims.save_claim(session, None, version=0, **fields, **BY)
    fund_papers.note_paper(session, kind=PaperKind.INVOICE, claim_id=claim.id, place="会计柜", **BY)

    told = [(change.noun, change.action, change.title) for change in list_history(session, "claim", claim.id or 0)]

    assert told[-1] == ("claim", "create", "奖品")
    assert {(noun, action) for noun, action, _ in told} == {("claim", "create"), ("fund_paper", "create")}


def test_story_of_a_visit_tells_nothing_of_it(session: Session) -> None:
    facts: dict[str, Any] = {"kind": "hospital", "recipient": "林小雨", "goods": "水果", "amount_fen": 500_00, "post": False}
    visit = care.record_visit(session, visited_on=date(2026, 6, 1), today=TODAY, **facts, **BY)
    care.edit_visit(session, visit.id or 0, version=1, goods="花", today=TODAY, **BY)
    private_names.reveal(session, [visit.id or 0], **BY)

    story = list_history(session, "care_visit", visit.id or 0)

    assert [(change.action, change.title, change.fields) for change in story] == [("update", "", ()), ("create", "", ())]


def test_who_looked_stands_among_all_changes(session: Session) -> None:
    visit = care.record_visit(session, visited_on=date(2026, 6, 1), kind="hospital", post=False, today=TODAY, **BY)
    private_names.reveal(session, [visit.id or 0], **BY)

    assert [change.action for change in list_all_changes(session, group="care").changes] == ["reveal", "create"]


def test_change_says_from_where_it_came(session: Session) -> None:
    bind_actor(session, Actor(roles=frozenset({AccountRole.CHAIR}), origin="10.0.0.7"))
    union = unions.ensure_union(session, name="青松小学工会", **BY)

    assert [change.origin for change in list_history(session, "union", union.id or 0)] == ["10.0.0.7"]


def test_filters_by_person_kind_and_day(session: Session) -> None:
    add_line(session, who="吴佳")
    add_line(session, noun="activity")
    add_line(session, at_utc=NOW - timedelta(days=1))
    add_line(session)

    assert [change.who for change in list_all_changes(session, who="吴佳").changes] == ["吴佳"]
    assert [change.noun for change in list_all_changes(session, group="plan").changes] == ["activity"]
    assert list_all_changes(session, last=date(2026, 11, 20)).total == 1
    assert list_all_changes(session, first=TODAY, last=TODAY).total == 3
    assert list_authors(session) == ("何敏", "吴佳")


def test_days_are_those_of_the_union(session: Session) -> None:
    add_line(session, at_utc=NOW.replace(hour=16))  # midnight in Beijing

    assert (list_all_changes(session, last=TODAY).total, list_all_changes(session, first=TODAY + timedelta(days=1)).total) == (0, 1)


@pytest.mark.parametrize(("asked", "page", "shown"), [(1, 1, PER_PAGE), (2, 2, 3), (9, 2, 3), (0, 1, PER_PAGE), (-5, 1, PER_PAGE)])
def test_page_beyond_the_last_is_the_last(session: Session, asked: int, page: int, shown: int) -> None:
    for _ in range(PER_PAGE + 3):
        add_line(session)

    told = list_all_changes(session, page=asked)

    assert (told.page, told.pages, told.total, len(told.changes)) == (page, 2, PER_PAGE + 3, shown)


@pytest.mark.parametrize("look", [lambda s: list_history(s, "union", 1), list_all_changes, list_authors])
def test_screen_for_everybody_sees_no_history(session: Session, look: Any) -> None:
    bind_actor(session, Actor(roles=frozenset({AccountRole.VIEWER})))

    with pytest.raises(NotYours):
        look(session)


def test_every_kind_of_record_stands_in_one_group() -> None:
    grouped = [noun for nouns in GROUPS.values() for noun in nouns]
    tables = {str(table.__tablename__) for table in (*REPLAYED, *NOT_REPLAYED)} - {"change", "occurrence", "summary_typing", "sent_message"}

    assert len(grouped) == len(set(grouped))
    assert tables | {"turns", "export", "backup"} == set(grouped)


def test_whole_demo_year_can_be_told(demo: Engine) -> None:
    with db.reading(demo) as session:
        first = list_all_changes(session)
        told = [change for page in range(1, first.pages + 1) for change in list_all_changes(session, page=page).changes]

    assert [change.change_id for change in told] == list(range(first.total, 0, -1))
