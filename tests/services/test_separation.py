"""Who works for one union reaches nothing of another's, whatever they ask: every table, every kind of statement, on SQLite and PostgreSQL.

Statements written as plain text are tried on PostgreSQL alone, where the server itself refuses them.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, delete, exists, func, insert, inspect, literal_column, text, union_all, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session as OrmSession
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col, select

from tests.postgres import NoServer, running_server
from tests.unions import HERE, OWNED, THERE, fill_union, key_of, make_row, only_row
from unionboard import db
from unionboard.errors.unions import OtherUnion
from unionboard.models import Activity, CheckOff, Plan, Union, metadata
from unionboard.models.separation import OVERSEEN, _references, of_all
from unionboard.services.migrations import bring_up_to_date

OF_NO_UNION = {"union": "by its own number", "safekeeping": "the database's key and copies, one row for all"}
"""Tables whose rows say of no union that they are its own, and why."""
TABLES = list(OWNED.values())
pytestmark = pytest.mark.sqlite  # and on a server of their own
Attack = Callable[[Session, type[Any], Any], Any]


# --- two unions with a row of every kind, on both kinds of database -----------------------------------------------------------


@pytest.fixture(scope="module")
def filled_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("unions") / "two.sqlite3"
    shutil.copy(migrated_file, path)
    _fill(db.open_engine(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="module")
def server_engine(key_file: Path) -> Iterator[Engine]:
    try:
        with running_server() as server:
            engine = db.open_engine(server.create("two"))
            bring_up_to_date(engine)
            _fill(engine)
            yield engine
            engine.dispose()
    except NoServer:
        pytest.skip("no PostgreSQL on this machine")


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, data_dir: Path) -> Engine:
    """Nothing is committed in these tests, so that all share a server."""
    if request.param == "postgresql":
        server: Engine = request.getfixturevalue("server_engine")
        return server
    shutil.copy(request.getfixturevalue("filled_file"), data_dir / "unionboard.sqlite3")
    return db.current_engine()


@pytest.fixture
def here(engine: Engine) -> Iterator[Session]:
    """A writing session of the first union, rolled back."""
    with Session(engine.execution_options(unionboard_writes=True, unionboard_union=HERE), info={"union": HERE}) as session:
        yield session


def _fill(engine: Engine) -> None:
    for union in (HERE, THERE):
        with db.within(union), db.writing(engine) as session:
            fill_union(session, union, above=HERE if union == THERE else None)


def _theirs(engine: Engine) -> dict[str, Any]:
    """The other union's rows, as plain values."""
    with Session(engine, info={"union": THERE}, expire_on_commit=False) as session:
        return {name: only_row(session, table, THERE) for name, table in OWNED.items() if name != "change"}


# --- looking ------------------------------------------------------------------------------------------------------------------

LOOKS: dict[str, Attack] = {
    "select": lambda session, table, _: [row.union_id for row in session.exec(select(table))],
    "columns": lambda session, table, _: list(session.exec(select(table.union_id))),
    "by its key": lambda session, table, row: [one.union_id for one in [session.get(table, key_of(row))] if one],
    "told whose": lambda session, table, _: list(session.exec(select(table.union_id).where(table.union_id == THERE))),
    "anybody's": lambda session, table, _: list(
        session.exec(select(table.union_id).where((table.union_id == HERE) | literal_column("1=1")))
    ),
    "an alias": lambda session, table, _: list(session.exec(select((other := aliased(table)).union_id).order_by(other.union_id))),
    "a join with itself": lambda session, table, _: _join_with_itself(session, table),
    "a subquery": lambda session, table, _: list(session.execute(select(select(table.union_id).subquery().c.union_id)).scalars()),
    "a CTE": lambda session, table, _: list(session.execute(select(select(table.union_id).cte().c.union_id)).scalars()),
    "a scalar subquery": lambda session, table, _: list(
        session.execute(select(select(func.max(table.union_id)).scalar_subquery())).scalars()
    ),
    "a union": lambda session, table, _: list(session.execute(union_all(select(table.union_id), select(table.union_id))).scalars()),
    "a stream": lambda session, table, _: [row.union_id for row in session.execute(select(table).execution_options(yield_per=1)).scalars()],
    "the old way": lambda session, table, _: [row.union_id for row in OrmSession.query(session, table)],
}


@pytest.mark.parametrize("how", LOOKS)
def test_looking_finds_own_rows_only(engine: Engine, here: Session, how: str) -> None:
    theirs, found = _theirs(engine), {}
    for name, table in OWNED.items():
        if name in theirs:
            found[name] = set(LOOKS[how](here, table, theirs[name]))
            here.expunge_all()

    wanted: set[int] = set() if how in ("by its key", "told whose") else {HERE}
    assert {name for name, unions in found.items() if unions != wanted} == set()


def test_counting_counts_own_rows_only(here: Session) -> None:
    counted = {name: here.exec(select(func.count()).select_from(table)).one() for name, table in OWNED.items()}

    assert {name for name, count in counted.items() if count != 1} - {"change"} == set()


def test_whether_another_has_something_is_not_told(engine: Engine, here: Session) -> None:
    theirs = _theirs(engine)["plan"]

    assert here.exec(select(exists().where(col(Plan.id) == theirs.id))).one() is False


def test_own_rows_are_not_joined_to_another_s(engine: Engine, here: Session) -> None:
    theirs = _theirs(engine)["activity"]
    query = select(CheckOff.id).join(Activity, literal_column("1=1")).where(col(Activity.id) == theirs.id)

    assert here.exec(query).all() == []


def test_other_unions_are_not_seen(here: Session) -> None:
    assert [union.id for union in here.exec(select(Union))] == [HERE]
    assert here.get(Union, THERE) is None


# --- writing ------------------------------------------------------------------------------------------------------------------

REFUSED: dict[str, Attack] = {
    "add a row of theirs": lambda session, table, row: session.add(_with_union(make_row(session, table, HERE, mark="b"), THERE)),
    "change one that was loaded before": lambda session, _table, row: _touch(session, row),
    "take one as one's own": lambda session, _table, row: _take(session, row),
    "delete one that was loaded before": lambda session, _table, row: session.delete(row),
    "give one's own away": lambda session, table, _: _with_union(session.exec(select(table).limit(1)).first(), THERE),
    "give all away": lambda session, table, _: session.execute(update(table).values(union_id=THERE)),
    "give all away by column": lambda session, table, _: session.execute(update(table).values({table.union_id: table.union_id + 1})),
    "give all away in order": lambda session, table, _: session.execute(update(table).ordered_values((table.union_id, THERE))),
    "insert for them": lambda session, table, _: session.execute(insert(table).values(union_id=THERE)),
    "insert many for them": lambda session, table, _: session.execute(insert(table), [{"union_id": THERE}, {"union_id": THERE}]),
    "insert what is read": lambda session, table, _: session.execute(insert(table).from_select(["union_id"], select(table.union_id))),
    "change by a list of keys": lambda session, table, row: session.execute(update(table), [_keys(row)]),
}


@pytest.mark.parametrize("how", REFUSED)
def test_writing_another_s_rows_is_refused(engine: Engine, here: Session, how: str) -> None:
    theirs, passed = _theirs(engine), []
    for name, table in OWNED.items():
        if name not in theirs:
            continue
        try:
            REFUSED[how](here, table, theirs[name])
            here.flush()
        except OtherUnion:
            here.expunge_all()
        else:
            passed.append(name)

    assert passed == []


@pytest.mark.parametrize("how", [update, delete])
def test_changing_all_rows_changes_own_ones_only(engine: Engine, how: Callable[[Any], Any]) -> None:
    """Last things first; each table in a transaction of its own, taken back. What is append-only refuses by itself."""
    touched = {}
    for name, table in reversed(OWNED.items()):
        statement: Any = how(table)
        if how is update:
            statement = statement.values({_some_column(table): _some_column(table)})
        with Session(engine.execution_options(unionboard_writes=True), info={"union": HERE}) as session:
            try:
                touched[name] = session.execute(statement).rowcount  # type: ignore[attr-defined]
            except DBAPIError:
                continue  # others of its own refer to it, or it is append-only
    assert {name for name, count in touched.items() if count > 1} == set()
    assert "sign_in" in touched


def test_rows_inserted_at_once_get_their_union(here: Session) -> None:
    here.execute(insert(OWNED["member"]), [{"name": "何敏"}, {"name": "沈一鸣"}])

    names = here.execute(select(col(OWNED["member"].union_id)).where(literal_column("name").in_(["何敏", "沈一鸣"]))).scalars()
    assert list(names) == [HERE, HERE]


REFERENCES = [(table, name, parent) for table in TABLES for name, parent in _references(table)]


@pytest.mark.parametrize("how", ["added", "changed", "inserted at once", "updated at once"])
def test_no_row_refers_to_another_s(engine: Engine, here: Session, how: str) -> None:
    """A foreign key would let it: the row is there."""
    theirs, passed = _theirs(engine), []
    for table, name, parent in REFERENCES:
        value = theirs[str(parent.__tablename__)].id
        try:
            if how == "added":
                here.add(_with(make_row(here, table, HERE, mark="c"), name, value))
            elif how == "changed":
                _with(here.exec(select(table).limit(1)).one(), name, value)
            elif how == "inserted at once":
                here.execute(insert(table), [{name: value}])
            else:
                here.execute(update(table).values({name: value}))
            here.flush()
        except OtherUnion:
            here.expunge_all()
        else:
            passed.append((table.__tablename__, name))

    assert passed == []


def test_every_foreign_key_between_rows_of_unions_is_looked_at() -> None:
    keys = ((table.name, key.parent.name, key.column.table.name) for table in metadata.tables.values() for key in table.foreign_keys)

    told = {(table.__tablename__, name) for table, name, _ in REFERENCES}
    assert told == {(table, name) for table, name, parent in keys if table in OWNED and parent in OWNED}


def test_row_that_is_nowhere_is_left_to_the_foreign_key(here: Session) -> None:
    here.add(_with(make_row(here, CheckOff, HERE, mark="d"), "activity_id", 4711))

    with pytest.raises(DBAPIError):
        here.flush()


def test_program_says_whose_a_new_row_is(engine: Engine) -> None:
    with Session(engine, info={"union": None}) as session:
        session.add(OWNED["member"](name="何敏"))  # type: ignore[call-arg]
        with pytest.raises(OtherUnion):
            session.flush()


# --- the union above ----------------------------------------------------------------------------------------------------------


def test_upper_union_looks_at_the_year_of_those_below_and_at_nothing_else(engine: Engine) -> None:
    with db.within(HERE), db.reading(engine, below=[THERE]) as session:
        seen = {name for name, table in OWNED.items() if set(session.exec(select(table.union_id))) == {HERE, THERE}}
        unions = sorted(number or 0 for number in session.exec(select(Union.id)))

    assert (seen, unions) == ({str(table.__tablename__) for table in OVERSEEN}, [HERE, THERE])


def test_union_that_is_not_named_is_not_looked_at(engine: Engine) -> None:
    with db.within(THERE), db.reading(engine, below=[]) as session:
        assert list(session.exec(select(Activity.union_id))) == [THERE]


@pytest.mark.parametrize("how", sorted(REFUSED))
def test_upper_union_writes_nothing_of_those_below(engine: Engine, how: str) -> None:
    theirs, passed = _theirs(engine), []
    info = {"union": HERE, "below": (THERE,)}
    with Session(engine.execution_options(unionboard_writes=True), info=info) as session:
        for table in OVERSEEN:
            try:
                REFUSED[how](session, table, theirs[str(table.__tablename__)])
                session.flush()
            except OtherUnion:
                session.expunge_all()
            else:
                passed.append(table.__tablename__)

    assert passed == []


def test_upper_union_refers_to_nothing_below(engine: Engine) -> None:
    theirs = _theirs(engine)["activity"]
    with Session(engine.execution_options(unionboard_writes=True), info={"union": HERE, "below": (THERE,)}) as session:
        assert session.get(Activity, theirs.id) is not None
        session.add(_with(make_row(session, CheckOff, HERE, mark="e"), "activity_id", theirs.id))
        with pytest.raises(OtherUnion):
            session.flush()


# --- questions about the whole database ---------------------------------------------------------------------------------------


def test_question_about_all_ends_with_its_block(here: Session) -> None:
    with of_all(here):
        assert sorted(number or 0 for number in here.exec(select(Plan.union_id))) == [HERE, THERE]

    assert list(here.exec(select(Plan.union_id))) == [HERE]


def test_every_table_says_whose_its_rows_are() -> None:
    """Whoever adds a table decides: it is ``OfUnion``, or stands in ``OF_NO_UNION`` with its reason."""
    assert set(metadata.tables) - set(OWNED) == set(OF_NO_UNION)


# --- plain SQL, on PostgreSQL -------------------------------------------------------------------------------------------------


@pytest.fixture
def plain(server_engine: Engine) -> Iterator[Any]:
    """A connection of the tables' owner, who is no superuser; taken back at the end."""
    with server_engine.connect() as connection:
        yield connection


def _name(connection: Any, union: str, below: str = "{}") -> None:
    said = "SELECT set_config('unionboard.union', :union, true), set_config('unionboard.below', :below, true)"
    connection.execute(text(said), {"union": union, "below": below})


def _ask(connection: Any, statement: str) -> list[Any]:
    return [tuple(row) for row in connection.execute(text(statement))]


def test_every_table_on_the_server_is_guarded_also_from_its_owner(plain: Any) -> None:
    """Those of no union have a reason; alembic's and the tries' are no data."""
    tables = "FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    rows = _ask(plain, f"SELECT relname, relrowsecurity AND relforcerowsecurity {tables}")

    assert {name for name, guarded in rows if not guarded} - {"failed_try"} == {"alembic_version", "safekeeping"}
    assert _ask(plain, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user") == [(False,)]


def test_nothing_is_seen_where_nobody_said_whose(plain: Any) -> None:
    assert {name for name in [*OWNED, "union"] if _ask(plain, f'SELECT 1 FROM "{name}"')} == set()


def test_plain_sql_sees_own_rows_only(plain: Any) -> None:
    _name(plain, "1")

    assert {name: set(_ask(plain, f'SELECT union_id FROM "{name}"')) for name in OWNED} == {name: {(HERE,)} for name in OWNED}
    assert _ask(plain, 'SELECT id FROM "union"') == [(HERE,)]


def test_plain_sql_changes_and_deletes_nothing_of_another_s(plain: Any) -> None:
    _name(plain, "1")
    changed = {}
    for name in OWNED:
        for statement in (f'UPDATE "{name}" SET union_id = union_id WHERE union_id = 2', f'DELETE FROM "{name}" WHERE union_id = 2'):
            changed[statement] = plain.execute(text(statement)).rowcount

    assert {statement for statement, count in changed.items() if count} == set()


def _try(connection: Any, statement: str) -> str:
    """Why the server refuses; empty where it does not."""
    with connection.begin_nested() as point:
        _name(connection, "1")
        try:
            connection.execute(text(statement))
        except DBAPIError as error:
            point.rollback()
            return str(error.orig)
    return ""


def test_plain_sql_gives_nothing_away(plain: Any) -> None:
    told = {name: _try(plain, f'UPDATE "{name}" SET union_id = 2') for name in OWNED}

    assert {name: why for name, why in told.items() if not re.search("row-level security|append-only", why)} == {}


def test_plain_sql_inserts_nothing_for_another(plain: Any) -> None:
    told = {}
    for name in OWNED:
        columns = ", ".join(f'"{column.name}"' for column in metadata.tables[name].columns if column.name not in ("id", "union_id"))
        told[name] = _try(plain, f'INSERT INTO "{name}" (union_id, {columns}) SELECT 2, {columns} FROM "{name}"')

    assert {name: why for name, why in told.items() if "row-level security" not in why} == {}


def test_plain_sql_from_above_looks_at_the_year_and_changes_nothing(plain: Any) -> None:
    _name(plain, "1", "{2}")
    seen = {name for name in OWNED if (THERE,) in _ask(plain, f'SELECT union_id FROM "{name}"')}
    changed = {name: plain.execute(text(f'UPDATE "{name}" SET union_id = union_id WHERE union_id = 2')).rowcount for name in OWNED}

    assert seen == {str(table.__tablename__) for table in OVERSEEN}
    assert {name for name, count in changed.items() if count} == set()


def test_what_was_said_ends_with_the_transaction(server_engine: Engine) -> None:
    with server_engine.connect() as connection:
        _name(connection, "*")
        assert len(_ask(connection, "SELECT 1 FROM plan")) == 2
        connection.rollback()
        assert _ask(connection, "SELECT 1 FROM plan") == []


# --- helpers ------------------------------------------------------------------------------------------------------------------


def _join_with_itself(session: Session, table: type[Any]) -> list[int]:
    other = aliased(table)
    return list(session.execute(select(other.union_id).select_from(table).join(other, literal_column("1=1"))).scalars())


def _with(row: Any, name: str, value: object) -> Any:
    setattr(row, name, value)
    return row


def _with_union(row: Any, union: int) -> Any:
    return _with(row, "union_id", union)


def _keys(row: Any) -> dict[str, Any]:
    columns = type(row).__table__.primary_key.columns
    return {column.key: getattr(row, column.key) for column in columns}


def _some_column(table: type[SQLModel]) -> Any:
    return next(getattr(table, column.key) for column in inspect(table).local_table.columns if column.key not in ("id", "union_id"))


def _touch(session: Session, row: Any) -> None:
    session.add(row)
    name = _some_column(type(row)).key
    value = getattr(row, name)
    setattr(row, name, None)
    setattr(row, name, value if not isinstance(value, str) else f"{value}x")


def _take(session: Session, row: Any) -> None:
    session.add(row)
    row.union_id = HERE
