"""The summary of the demo year and its records: every figure computed once more, every record taken away once."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Connection, Engine
from sqlmodel import Session

from tests.services.full_year import fill_year
from tests.services.recomputing import Tables, list_written, read_tables, recompute
from unionboard.drafting.compose import compose_blocks
from unionboard.drafting.facts import YearFacts
from unionboard.drafting.figures import Source
from unionboard.drafting.finding import find_facts
from unionboard.drafting.phrases import Sentence
from unionboard.drafting.wording import Form
from unionboard.services.year_records import gather_before, gather_records

AS_OF = date(2026, 11, 21)
PLAN_ID = 1
Key = tuple[str, str]
"""Of a block and of a sentence in it."""
Told = dict[Key, Sentence]


def _find(connection: Connection, *, as_of: date = AS_OF, language: str = "zh_CN") -> YearFacts:
    """The year as the records of this connection tell it now."""
    with Session(connection) as session:
        records = gather_records(session, PLAN_ID, as_of=as_of, language=language)
        before = gather_before(session, PLAN_ID, as_of=as_of, language=language)
    return find_facts(records, before=before)


def _tell(connection: Connection) -> Told:
    """The draft of the combined form, which holds all of the full one. Headings in it come and go with what stands below them."""
    blocks = compose_blocks(_find(connection), form=Form.COMBINED, language="zh_CN")
    told = {(block.key, sentence.key): sentence for block in blocks for sentence in block.sentences}
    return {key: sentence for key, sentence in told.items() if not key[1].startswith("head:")}


def _tell_all(connection: Connection, as_of: date) -> list[Sentence]:
    """The sentences of every form in both languages."""
    years = {language: _find(connection, as_of=as_of, language=language) for language in ("zh_CN", "en")}
    drafts = [compose_blocks(facts, form=form, language=language) for language, facts in years.items() for form in Form]
    return [sentence for blocks in drafts for block in blocks for sentence in block.sentences]


@pytest.fixture
def connection(demo: Engine) -> Iterator[Connection]:
    """One transaction on the demo year that is never committed, and in which anything may be deleted."""
    with demo.execution_options(unionboard_writes=True).connect() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        triggers = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
        for trigger in triggers:
            connection.exec_driver_sql(f'DROP TRIGGER "{trigger}"')
        yield connection
        connection.rollback()


@pytest.fixture
def tables(connection: Connection) -> Tables:
    """The rows that count."""
    return read_tables(connection, as_of=AS_OF)


@pytest.fixture
def full_year(connection: Connection) -> Connection:
    """The demo year with everything it lacks."""
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        fill_year(session)
        session.commit()
    return connection


DAYS = [date(2026, 3, 31), AS_OF, date(2026, 12, 31)]


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("as_of", DAYS, ids=str)
@pytest.mark.parametrize("year", ["connection", "full_year"])
def test_every_figure_is_what_its_records_give_by_its_rule(year: str, as_of: date, request: pytest.FixtureRequest) -> None:
    connection = request.getfixturevalue(year)
    tables = read_tables(connection, as_of=as_of)

    quotes = [quote for sentence in _tell_all(connection, as_of) for quote in sentence.quotes]

    assert [quote.figure for quote in quotes if recompute(quote.figure, tables) != quote.figure.value] == []


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("as_of", DAYS, ids=str)
@pytest.mark.parametrize("year", ["connection", "full_year"])
def test_every_digit_stands_in_a_quote_that_says_its_figure(year: str, as_of: date, request: pytest.FixtureRequest) -> None:
    told = _tell_all(request.getfixturevalue(year), as_of)

    assert [one.text for one in told if re.search(r"\d", _without_quotes(one))] == []
    assert [one.text for one in told if re.search(r"\d", one.text) and not one.sources] == []
    quotes = [(one, quote, one.text[quote.start : quote.end]) for one in told for quote in one.quotes]
    assert [(one.text, wrong) for one, quote, words in quotes if (wrong := list_written(words, quote.figure))] == []


def _without_quotes(sentence: Sentence) -> str:
    letters = list(sentence.text)
    for quote in sentence.quotes:
        letters[quote.start : quote.end] = " " * (quote.end - quote.start)
    return "".join(letters)


REMOVALS = {
    "activity": "UPDATE activity SET removed = 1 WHERE id = {id}",
    "budget_amendment": "DELETE FROM budget_amendment WHERE id = {id}",
    "budget_line": "DELETE FROM budget_line WHERE id = {id}",
    "care_visit": "UPDATE care_visit SET removed = 1 WHERE id = {id}",
    "check_off": "UPDATE check_off SET undone_at_utc = '2026-11-21 00:00:00' WHERE id = {id}",
    "decision": "UPDATE decision SET taken_back_at_utc = '2026-11-21 00:00:00' WHERE id = {id}",
    "evidence": "UPDATE evidence SET removed_at_utc = '2026-11-21 00:00:00' WHERE id = {id}",
    "fund_entry": "DELETE FROM fund_entry WHERE id = {id}",
    "handout": "UPDATE handout SET removed_at_utc = '2026-11-21 00:00:00' WHERE id = {id}",
    "meeting": "UPDATE meeting SET ended_at_utc = NULL WHERE id = {id}",
    "member": "UPDATE member SET is_active = 0 WHERE id = {id}",
    "occurrence": "DELETE FROM occurrence WHERE id = {id}",
}
"""How a record of each kind goes. The union, the plan and its headings are not records of the year: without them there is no summary."""
EVERY = {"evidence": 6, "occurrence": 3}
"""Of so many alike, every sixth and every third."""


@pytest.mark.parametrize("noun", REMOVALS)
def test_without_a_record_exactly_the_sentences_that_rested_on_it_change(connection: Connection, tables: Tables, noun: str) -> None:
    before = _tell(connection)
    unmoved, moved = [], []

    for id_ in sorted(tables[noun])[:: EVERY.get(noun, 1)]:
        gone = connection.begin_nested()
        connection.exec_driver_sql(REMOVALS[noun].format(id=id_))
        if noun == "occurrence":
            connection.exec_driver_sql(f"UPDATE check_off SET undone_at_utc = '2026-11-21 00:00:00' WHERE occurrence_id = {id_}")
        after = _tell(connection)
        gone.rollback()
        record, kin = Source(noun, id_), _kin(noun, id_, tables)
        changed = {key for key in before.keys() | after.keys() if _text(before, key) != _text(after, key)}
        unmoved += [(record, _text(before, key)) for key, one in before.items() if record in one.sources and key not in changed]
        moved += [(record, _text(before, key), _text(after, key)) for key in changed if kin.isdisjoint(_sources(before, after, key))]

    assert (unmoved, moved) == ([], [])


def _kin(noun: str, id_: int, tables: Tables) -> set[Source]:
    """The record itself, what it belongs to, what is nothing without it, and of a budget line what else stands on its item."""
    row = tables[noun][id_]
    kin = {Source(noun, id_)}
    kin |= {Source(other, row[f"{other}_id"]) for other in ("activity", "check_off") if row.get(f"{other}_id")}
    if noun == "evidence":
        kin.add(Source("activity", tables["check_off"][row["check_off_id"]]["activity_id"]))
    for part in ("check_off", "occurrence", "decision"):
        kin |= {Source(part, one["id"]) for one in tables[part].values() if one.get(f"{noun}_id") == id_}
    if noun == "budget_line":
        kin |= {Source("fund_entry", one["id"]) for one in tables["fund_entry"].values() if one["item"] == row["item"]}
    return kin


def _text(told: Told, key: Key) -> str:
    return told[key].text if key in told else ""


def _sources(before: Told, after: Told, key: Key) -> set[Source]:
    """What a sentence rests on; an answer comes and goes with the problem that it answers."""
    keys = (key, ("problems", key[1])) if key[0] == "next_year" else (key,)
    return {source for told in (before, after) for one in keys if one in told for source in told[one].sources}
