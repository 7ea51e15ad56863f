"""A county of many unions, stored at once: ``python -m tests.bench.unions_year 1000`` fills an empty database, without a change log."""

import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import Connection, insert, text
from sqlmodel import Session, SQLModel

from tests.bench.year import TODAY
from tests.makers import NOW
from unionboard import db
from unionboard.models import (
    Activity,
    BudgetAmendment,
    BudgetLine,
    CheckOff,
    Evidence,
    FundEntry,
    FundYear,
    Occurrence,
    Plan,
    SummaryDraft,
    Union,
)
from unionboard.services.demo_county import COUNTY, UnionStory, tell_county, tell_unions
from unionboard.services.migrations import bring_up_to_date

AT_ONCE = 50
"""So many unions are told before they are stored: few statements, little memory."""
TABLES: tuple[type[SQLModel], ...] = (
    Union,
    Plan,
    Activity,
    Occurrence,
    CheckOff,
    Evidence,
    FundYear,
    BudgetLine,
    BudgetAmendment,
    FundEntry,
    SummaryDraft,
)
Rows = dict[type[SQLModel], list[dict[str, Any]]]
Numbers = dict[type[SQLModel], Iterator[int]]


def load_unions(count: int) -> None:
    """The upper union and ``count`` below it in the configured database, about 140 rows each."""
    numbers: Numbers = {table: iter(range(1, sys.maxsize)) for table in TABLES}
    engine = db.as_program(db.current_engine())
    with engine.begin() as connection:
        _store(connection, {Union: [_row(Union, numbers, COUNTY, tell_county())]})
        rows: Rows = {}
        for number, story in enumerate(tell_unions(count, year=TODAY.year, today=TODAY), start=COUNTY + 1):
            _tell(story, number, rows, numbers)
            if number % AT_ONCE == 0:
                _store(connection, rows)
                rows = {}
        _store(connection, rows)


def _tell(story: UnionStory, union_id: int, rows: Rows, numbers: Numbers) -> None:
    def add(table: type[SQLModel], values: dict[str, Any]) -> Any:
        row = _row(table, numbers, union_id, values)
        rows.setdefault(table, []).append(row)
        return row.get("id")

    stamp = {"who": "chair"}
    add(Union, story.union)
    if story.plan is None:
        return
    plan_id = add(Plan, story.plan)
    ids = []
    for activity in story.activities:
        ids.append(activity_id := add(Activity, activity.values | {"plan_id": plan_id}))
        turns = [add(Occurrence, turn | {"activity_id": activity_id}) for turn in activity.turns]
        for deed in activity.deeds:
            turn = {"occurrence_id": turns[deed.turn - 1]} if deed.turn else {}
            check_off_id = add(CheckOff, deed.values | stamp | turn | {"activity_id": activity_id})
            for paper in deed.papers:
                add(Evidence, paper | stamp | {"check_off_id": check_off_id})
    add(FundYear, story.head)
    for line in story.budget:
        add(BudgetLine, line)
    for amendment in story.amendments:
        add(BudgetAmendment, amendment | stamp)
    for entry, number in story.entries:
        add(FundEntry, entry | stamp | {"activity_id": None if number is None else ids[number]})
    if story.hands_in:
        add(SummaryDraft, _summary(story, plan_id))


def _summary(story: UnionStory, plan_id: int) -> dict[str, Any]:
    """What it handed in: a few of the figures."""
    done = sum(bool(activity.deeds) for activity in story.activities)
    figures = [
        {"part": "union", "code": "members", "unit": "person", "records": 1, "value": story.union["member_count"]},
        {"part": "plan", "code": "planned", "unit": "item", "records": len(story.activities), "value": len(story.activities)},
        {"part": "plan", "code": "done", "unit": "item", "records": done, "value": done},
        {"part": "plan", "code": "done_rate", "unit": "percent", "records": len(story.activities), "of": [done, len(story.activities)]},
    ]
    stamp = {"written_at_utc": NOW, "finalised_at_utc": NOW, "finalised_by": "chair", "fingerprint": "0" * 64}
    return stamp | {"plan_id": plan_id, "title": story.plan and story.plan["title"], "as_of": TODAY, "final": {"figures": figures}}


def _row(table: type[SQLModel], numbers: Numbers, union_id: int, values: dict[str, Any]) -> dict[str, Any]:
    """All columns of a row, so that one statement takes many of them."""
    own = (
        {"id": union_id}
        if table is Union
        else {"union_id": union_id} | ({"id": next(numbers[table])} if "id" in table.model_fields else {})
    )
    return _defaults(table) | values | own


@cache
def _defaults(table: type[SQLModel]) -> dict[str, Any]:
    return table().model_dump()


def _store(connection: Connection, rows: Rows) -> None:
    for table in TABLES:
        if rows.get(table):
            connection.execute(insert(table), rows[table])


def main() -> None:
    """Fill the configured database, and count on from there on a server."""
    engine = db.current_engine()
    bring_up_to_date(engine)
    load_unions(int(sys.argv[1]))
    if engine.dialect.name == "postgresql":
        with Session(db.as_program(engine)) as session, session.begin():
            for table in TABLES:
                if "id" in table.model_fields:
                    name = str(table.__tablename__)
                    newest = f'(SELECT max(id) FROM "{name}")'
                    session.execute(text(f"SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), {newest})"))


if __name__ == "__main__":
    main()
