"""Everything brought in again: nothing is lost, whatever it is, and what is no export of ours changes nothing."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from alembic import command
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, MetaData, Table, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from tests.files import make_zip
from tests.makers import NOW, make_plan
from tests.open_exports import change_export, change_index, change_rows, pack, take_apart
from tests.postgres import Server
from tests.unions import fill_union
from unionboard import db, secrecy
from unionboard.config import Config, read_config
from unionboard.errors import Refusal
from unionboard.errors.backups import KeyNotFitting
from unionboard.errors.open_format import (
    ExportDamaged,
    ExportForeign,
    ExportIsBackup,
    ExportTooLarge,
    ExportTooNew,
    ExportUnreadable,
    NotEmptyHere,
)
from unionboard.errors.permissions import NotYours
from unionboard.models import AccountRole, CareVisit, Change, CheckOff, FundPaper, Plan, Safekeeping, TokenKind, UnionKind, metadata
from unionboard.models import Union as UnionRow
from unionboard.services import access_tokens, accounts, evidence, fund_papers, keys, plans, unions
from unionboard.services.backups import make_backup
from unionboard.services.guard import Actor
from unionboard.services.migrations import alembic_config, bring_up_to_date
from unionboard.services.open_export import export_all
from unionboard.services.open_import import BroughtIn, import_all
from unionboard.services.open_rows import Reader, Teller
from unionboard.services.table_copy import TableFacts, read_facts
from unionboard.services.union_tree import add_union
from unionboard.services.unused import is_empty
from unionboard.services.verification import verify_data

STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}
CHAIR = Actor(roles=frozenset({AccountRole.CHAIR}))
PAPER = b"%PDF-1.7 sports day " + bytes(5000)


@dataclass(frozen=True)
class Place:
    """An installation."""

    engine: Engine
    config: Config

    def facts(self) -> Mapping[str, TableFacts]:
        with db.as_program(self.engine).connect() as connection:
            return {name: facts for name, facts in read_facts(connection).items() if name != "sign_in"}

    def files(self) -> dict[str, bytes]:
        folders = (self.config.evidence_dir, self.config.form_dir)
        return {f"{one.name}/{path.name}": path.read_bytes() for one in folders if one.is_dir() for path in one.iterdir() if path.is_file()}

    def left(self) -> list[str]:
        """What lies in the data folder besides the database."""
        found = self.config.data_dir.rglob("*") if self.config.data_dir.is_dir() else ()
        return sorted(path.name for path in found if path.is_file() and not path.name.startswith("unionboard."))

    def faults(self, union: int = 1, *, backups: bool = False) -> tuple[Any, ...]:
        """What ``verify`` finds; with ``backups`` held against those in the data folder."""
        evidence_dir, form_dir, folders = self.config.evidence_dir, self.config.form_dir, [self.config.backup_dir] if backups else []
        with Session(self.engine, info={"union": union}) as session:
            report = verify_data(session, evidence_folder=evidence_dir, form_folder=form_dir, backup_folders=folders, now_utc=NOW)
        return report.faults


@pytest.fixture
def here(engine: Engine) -> Place:
    return Place(engine, read_config())


@pytest.fixture
def there(tmp_path: Path, migrated_file: Path) -> Iterator[Place]:
    """An empty installation elsewhere, with the same key."""
    folder = tmp_path / "there"
    folder.mkdir()
    url = f"sqlite:///{shutil.copy(migrated_file, folder / 'unionboard.sqlite3')}"
    engine = db.open_engine(url)
    yield Place(engine, replace(read_config(), data_dir=folder, database_url=url))
    engine.dispose()


def take(place: Place, path: Path, **asked: Any) -> Path:
    export_all(place.engine, place.config, path, at=NOW, actor=CHAIR, **asked)
    return path


def bring(place: Place, path: Path, **asked: Any) -> BroughtIn:
    return import_all(place.engine, place.config, path, actor=CHAIR, **STAMP, **asked)


def add_files(session: Session) -> None:
    """A paper of a check-off, a private paper that names somebody, one of each taken away again."""
    folder, check_off = read_config().evidence_dir, session.exec(select(CheckOff)).first()
    visit = session.exec(select(CareVisit).where(col(CareVisit.fund_entry_id).is_not(None))).first()
    assert check_off is not None
    assert visit is not None
    for content in (PAPER, PAPER + b"2"):
        kept = evidence.keep_file(content, "运动会.pdf", folder=folder)
        row = evidence.add_file(session, check_off.id or 0, kept, kind=None, **STAMP)
    evidence.remove_evidence(session, row.id or 0, **STAMP)
    stored = evidence.keep_file(b"%PDF-1.7 list", "慰问名单.pdf", folder=folder, is_private=True)
    fund_papers.add_file(session, stored, kind=None, fund_entry_id=visit.fund_entry_id, **STAMP)


@pytest.fixture
def filled(demo: Engine, here: Place) -> Place:
    """The demo year with files."""
    with db.writing(demo) as session:
        add_files(session)
    return here


# --- nothing is lost ------------------------------------------------------------------------------------------------------------


def test_demo_year_comes_back_record_by_record_and_file_by_file(filled: Place, there: Place, tmp_path: Path) -> None:
    told: list[float] = []
    first = take(filled, tmp_path / "first.zip")

    done = bring(there, first, tell=told.append)

    assert there.facts() == filled.facts()
    assert (there.files(), len(there.files())) == (filled.files(), 3)
    assert (there.faults(), filled.faults()) == ((), ())
    assert (done.files, done.unreadable, done.package.chain.id) == (3, 0, done.package.rows["change"])
    assert (told == sorted(told), told[-1]) == (True, 1.0)
    assert take(there, tmp_path / "second.zip").read_bytes() == first.read_bytes()
    assert there.left() == sorted(path.name for path in there.config.evidence_dir.iterdir())


def test_records_of_every_kind_come_back_of_every_union(here: Place, there: Place, tmp_path: Path) -> None:
    for union in (1, 2):
        with db.within(union), db.writing(here.engine) as session:
            fill_union(session, union)
    assert {name for name, facts in here.facts().items() if not facts.rows} == set()

    bring(there, take(here, tmp_path / "e.zip"))

    assert there.facts() == here.facts()
    with there.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sign_in")).scalar() == 0


NASTY = (
    *("=1+1", "@SUM(A1)", "-2", "+3", "0012", "1e5", "true", "null", "2026-03-08", "", "\\N", "sealed:"),
    *(
        "\ufeff带标记",
        "一\n二\n三",
        'a "b", c',
        "\t前",
        "'单引号",
        "🏅👩\u200d⚕️",
        "e\u0301",
        "\u3000",
        "\u2028",
        "</script>",
        "长" * 50_000,
    ),
)


def test_texts_that_trip_other_formats_up_come_back_letter_by_letter(filled: Place, there: Place, tmp_path: Path) -> None:
    with filled.engine.execution_options(unionboard_writes=True, unionboard_program=True).begin() as connection:
        for n, nasty in enumerate(NASTY, start=1):
            connection.execute(text("UPDATE activity SET note = :note WHERE id = :id"), {"note": nasty, "id": n})

    bring(there, take(filled, tmp_path / "e.zip"))

    with there.engine.connect() as connection:
        notes = connection.execute(text("SELECT note FROM activity WHERE id <= :last ORDER BY id"), {"last": len(NASTY)})
        assert tuple(notes.scalars()) == NASTY


WHOLE = st.integers(-(2**63), 2**63 - 1)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.data())
def test_any_row_is_the_same_after_it_was_a_line(data: st.DataObject) -> None:
    table = metadata.tables["summary_block"]
    texts = st.text(st.characters(exclude_categories=["Cs"]))
    row = {
        "union_id": data.draw(WHOLE),
        "id": 1,
        "draft_id": 1,
        "key": data.draw(texts),
        "kind": "section",
        "position": 1,
        "heading": data.draw(texts),
        "own_heading": data.draw(st.none() | texts),
        "is_left_out": data.draw(st.booleans()),
        "sentences": data.draw(JSON_VALUES.map(_as_json)),
        "edited": data.draw(st.none() | texts),
        "base": data.draw(st.none() | JSON_VALUES.map(_as_json)),
        "base_at_change": 1,
        "base_as_of": data.draw(st.none() | st.dates()),
        "choices": data.draw(JSON_VALUES.map(_as_json)),
        "edited_by": "",
        "edited_at_utc": data.draw(st.none() | st.datetimes()),
        "version": 1,
    }

    line = Teller(table, opens=False).to_line(row)

    assert line.count(b"\n") == 1
    assert Reader(table).to_row(line) == row


def _as_json(value: Any) -> str:
    """As SQLAlchemy stores it."""
    return json.dumps(value)


# --- names and the key ----------------------------------------------------------------------------------------------------------


def make_key(path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Another key than that of ``here``, in its place from now on."""
    monkeypatch.setenv("UNIONBOARD_KEY_FILE", str(path))
    return secrecy.create_key()


def read_names(place: Place) -> set[str]:
    with Session(place.engine) as session:
        return {row.recipient for row in session.exec(select(CareVisit)) if row.recipient}


def test_names_that_came_open_are_sealed_with_the_key_that_is_there(
    filled: Place, there: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names, files = read_names(filled), sorted(path.name for path in filled.config.evidence_dir.iterdir() if path.is_file())
    export = take(filled, tmp_path / "e.zip", with_names=True)
    own = make_key(tmp_path / "own.key", monkeypatch)

    done = bring(there, export)

    assert (done.unreadable, read_names(there)) == (0, names)
    assert sorted(path.name for path in there.config.evidence_dir.iterdir()) == files
    with Session(there.engine) as session:
        assert session.exec(select(Safekeeping.key_id)).one() == own
        private = session.exec(select(FundPaper.stored_name).where(FundPaper.is_private, FundPaper.stored_name != "")).one()
        stored = session.connection().execute(text("SELECT recipient FROM care_visit WHERE recipient <> ''")).scalars()
        assert all(one.startswith(secrecy.MARK) for one in stored)
    assert secrecy.is_sealed((there.config.evidence_dir / private).read_bytes())
    assert there.faults() == ()


def test_calendar_goes_on_under_another_key_and_its_address_is_made_anew(
    filled: Place, there: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with db.writing(filled.engine) as session:
        old = access_tokens.open_calendar(session, language="zh_CN", **STAMP).token
    export = take(filled, tmp_path / "e.zip", with_names=True)
    make_key(tmp_path / "own.key", monkeypatch)

    assert bring(there, export).unreadable == 0

    with db.writing(there.engine) as session:
        assert access_tokens.find_by_secret(session, old, TokenKind.CALENDAR) is not None
        assert [row.token for row in access_tokens.list_tokens(session)] == [secrecy.UNREADABLE]
        assert access_tokens.open_calendar(session, language="zh_CN", **STAMP).token not in (old, "", secrecy.UNREADABLE)
    assert there.faults() == ()


def test_nobody_has_said_yet_that_a_copy_of_the_other_key_is_kept(
    filled: Place, there: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with db.writing(filled.engine) as session:
        keys.note_key_kept(session, **STAMP)
    export = take(filled, tmp_path / "e.zip", with_names=True)
    make_key(tmp_path / "own.key", monkeypatch)

    bring(there, export)

    with Session(there.engine) as session:
        assert session.exec(select(Safekeeping.key_kept_at_utc)).one() is None
        last = session.exec(select(Change).order_by(col(Change.id).desc())).first()
        assert last is not None
        assert (last.noun, last.who, list(last.after or {})) == ("safekeeping", "chair", ["key_kept_at_utc"])
    assert there.faults() == ()


def test_sealed_names_wait_for_their_key(filled: Place, there: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names, key = read_names(filled), read_config().key_path
    export = take(filled, tmp_path / "e.zip")
    make_key(tmp_path / "own.key", monkeypatch)

    assert bring(there, export).unreadable == 67
    assert read_names(there) == {secrecy.UNREADABLE}

    shutil.copy(key, tmp_path / "own.key")
    assert read_names(there) == names
    assert (there.facts(), there.faults()) == (filled.facts(), ())


def test_key_that_is_brought_along_takes_its_place_and_the_one_before_is_kept_under_its_number(
    filled: Place, there: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names, key = read_names(filled), read_config().key_path
    export = take(filled, tmp_path / "e.zip")
    make_key(tmp_path / "own.key", monkeypatch)
    unused, number = (tmp_path / "own.key").read_bytes(), secrecy.key_id()

    done = bring(replace_config(there), export, key_path=key)

    assert (done.unreadable, read_names(there)) == (0, names)
    assert (tmp_path / "own.key").read_bytes() == key.read_bytes()
    assert (tmp_path / "own.key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / f"own.key.{number}.kept").read_bytes() == unused


def test_key_of_other_data_is_refused(filled: Place, there: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export = take(filled, tmp_path / "e.zip")
    make_key(tmp_path / "own.key", monkeypatch)

    with pytest.raises(KeyNotFitting):
        bring(there, export, key_path=tmp_path / "own.key")

    assert is_empty(there.engine)


def replace_config(place: Place) -> Place:
    """The same with the key that is configured now."""
    return replace(place, config=replace(place.config, key_path=read_config().key_path))


# --- one union of many ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def county(here: Place) -> Place:
    """A county's union with one under it, number 2, that has accounts, a plan of its own name and lines in its own log."""
    with db.writing(here.engine) as session:
        accounts.add_account(session, name="王芳", roles=[AccountRole.CHAIR], **STAMP)
        unions.ensure_union(session, name="县总工会", **STAMP)
        add_union(session, name="白鹭小学工会", kind=UnionKind.SCHOOL, above=1, chair="李梅", **STAMP)
    with db.within(2), db.writing(here.engine) as session:
        plans.start_empty_plan(session, year=2026, **STAMP)
    return here


def test_one_union_of_many_is_the_first_and_only_one_where_it_comes_in(county: Place, there: Place, tmp_path: Path) -> None:
    bring(there, take(county, tmp_path / "e.zip", union=2))

    with Session(there.engine) as session:
        assert [(row.id, row.name, row.above_id) for row in session.exec(select(UnionRow))] == [(1, "白鹭小学工会", None)]
        assert session.exec(select(Plan.year)).all() == [2026]
        lines = session.exec(select(Change).order_by(col(Change.id).desc()).limit(2)).all()
        assert [(line.action, line.noun, line.row_id) for line in lines] == [("create", "union", 1), ("remove", "union", 2)]
    assert there.faults() == ()


def test_upper_union_alone_comes_in_without_those_below(county: Place, there: Place, tmp_path: Path) -> None:
    bring(there, take(county, tmp_path / "e.zip", union=1))

    with Session(there.engine, info={"union": None}) as session:
        assert [(row.id, row.name) for row in session.exec(select(UnionRow))] == [(1, "县总工会")]
    assert there.faults() == ()


def test_all_unions_come_back_as_they_were(county: Place, there: Place, tmp_path: Path) -> None:
    bring(there, take(county, tmp_path / "e.zip"))

    assert there.facts() == county.facts()
    assert (there.faults(1), there.faults(2)) == ((), ())


# --- what is no export of ours changes nothing ----------------------------------------------------------------------------------


Spoil = Callable[[Path], object]


def first_row(**values: Any) -> Callable[[list[dict[str, Any]]], object]:
    return lambda rows: rows[0].update(values)


def spoil_without_index(path: Path) -> None:
    """A record is changed, and the index still speaks of the old one."""
    parts = take_apart(path)
    parts["tables/activity.jsonl"] = parts["tables/activity.jsonl"].replace("师德".encode(), "道德".encode(), 1)
    pack(path, parts)


def add_twice(path: Path) -> None:
    with ZipFile(path, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("tables/activity.jsonl", b"")


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-2000])


def flip_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 0x55
    path.write_bytes(content)


SPOILED: dict[str, tuple[Spoil, type[Refusal], str]] = {
    "no zip": (lambda path: path.write_bytes(b"hello"), ExportUnreadable, ""),
    "another zip": (lambda path: path.write_bytes(make_zip({"a.txt": b"a"})), ExportUnreadable, ""),
    "cut short": (cut_short, ExportUnreadable, ""),
    "a backup": (lambda path: path.write_bytes(make_zip({"manifest.json": b"{}", "unionboard.sqlite3": b""})), ExportIsBackup, ""),
    "index is a list": (lambda path: path.write_bytes(make_zip({"datapackage.json": b"[]"})), ExportUnreadable, ""),
    "index too deep": (lambda path: path.write_bytes(make_zip({"datapackage.json": b"[" * 100_000})), ExportUnreadable, ""),
    "newer format": (lambda path: change_export(path, change_index(format=2)), ExportTooNew, ""),
    "newer revision": (lambda path: change_export(path, change_index(revision="9001")), ExportTooNew, ""),
    "record changed": (spoil_without_index, ExportDamaged, "tables/activity.jsonl"),
    "path above": (lambda path: change_export(path, lambda parts: parts.update({"../evil.jsonl": b""})), ExportForeign, "../evil.jsonl"),
    "path below": (
        lambda path: change_export(path, lambda parts: parts.update({"evidence/../../evil": b""})),
        ExportForeign,
        "evidence/../../evil",
    ),
    "a program": (lambda path: change_export(path, lambda parts: parts.update({"run.exe": b"MZ"})), ExportForeign, "run.exe"),
    "hidden file": (lambda path: change_export(path, lambda parts: parts.update({"forms/.x": b""})), ExportForeign, "forms/.x"),
    "the same twice": (add_twice, ExportForeign, "tables/activity.jsonl"),
    "bomb": (
        lambda path: change_export(path, lambda parts: parts.update({"tables/plan.jsonl": b" " * 30_000_000})),
        ExportTooLarge,
        "tables/plan.jsonl",
    ),
    "table missing": (lambda path: change_export(path, lambda parts: parts.pop("tables/claim.jsonl")), ExportDamaged, "tables/claim.jsonl"),
    "table unknown": (
        lambda path: change_export(path, lambda parts: parts.update({"tables/pirate.jsonl": b""})),
        ExportDamaged,
        "tables/pirate.jsonl",
    ),
    "sign-ins": (
        lambda path: change_export(path, lambda parts: parts.update({"tables/sign_in.jsonl": b""})),
        ExportDamaged,
        "tables/sign_in.jsonl",
    ),
    "column unknown": (lambda path: change_export(path, change_rows("plan", first_row(x=1))), ExportDamaged, "tables/plan.jsonl"),
    "word for a number": (
        lambda path: change_export(path, change_rows("plan", first_row(year="2026"))),
        ExportDamaged,
        "tables/plan.jsonl",
    ),
    "number too great": (lambda path: change_export(path, change_rows("plan", first_row(year=2**63))), ExportDamaged, "tables/plan.jsonl"),
    "no day": (lambda path: change_export(path, change_rows("plan", first_row(starts_on="neulich"))), ExportDamaged, "tables/plan.jsonl"),
    "nothing where something must be": (
        lambda path: change_export(path, change_rows("plan", first_row(title=None))),
        ExportDamaged,
        "tables/plan.jsonl",
    ),
    "record of nothing": (
        lambda path: change_export(path, change_rows("section", first_row(plan_id=77))),
        ExportDamaged,
        "tables/section.jsonl",
    ),
    "record twice": (
        lambda path: change_export(path, change_rows("plan", lambda rows: rows.append(rows[0]))),
        ExportDamaged,
        "tables/plan.jsonl",
    ),
    "log rewritten": (
        lambda path: change_export(path, change_rows("change", first_row(who="他"))),
        ExportDamaged,
        "tables/change.jsonl",
    ),
    "log cut": (lambda path: change_export(path, change_rows("change", list.pop)), ExportDamaged, "tables/change.jsonl"),
}


@pytest.fixture(scope="module")
def sound(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of the demo year that nobody has been at."""
    engine, path = db.open_engine(f"sqlite:///{demo_file}"), tmp_path_factory.mktemp("sound") / "e.zip"
    try:
        return take(Place(engine, read_config()), path)
    finally:
        engine.dispose()


@pytest.mark.sqlite
@pytest.mark.parametrize("name", SPOILED)
def test_spoiled_export_is_refused_by_the_part_that_is_wrong_and_nothing_is_there(
    name: str, sound: Path, there: Place, tmp_path: Path
) -> None:
    spoil, refusal, part = SPOILED[name]
    path = Path(shutil.copy(sound, tmp_path / "e.zip"))
    spoil(path)

    with pytest.raises(refusal) as refused:
        bring(there, path)

    assert refused.value.facts == {"file": "e.zip"} | ({"part": part} if part else {})
    assert is_empty(there.engine)
    assert (there.left(), there.files()) == ([], {})


def test_any_flipped_byte_of_what_is_read_is_found(filled: Place, there: Place, tmp_path: Path) -> None:
    path = take(filled, tmp_path / "e.zip")
    flip_byte(path)

    with pytest.raises(Refusal):
        bring(there, path)

    assert is_empty(there.engine)


# --- only where nothing is ------------------------------------------------------------------------------------------------------


def test_installation_with_records_is_left_as_it_is(filled: Place, there: Place, tmp_path: Path) -> None:
    export = take(filled, tmp_path / "e.zip")
    bring(there, export)
    before = there.facts(), there.files()

    with pytest.raises(NotEmptyHere):
        bring(there, export)

    assert (there.facts(), there.files()) == before


def answer(place: Place) -> None:
    """What the welcome page asks for, with a second thought, and the backup of the day."""
    with db.writing(place.engine) as session:
        unions.ensure_union(session, name="青松小学", **STAMP)
        session.flush()
        unions.save_union(session, 1, version=1, kind=UnionKind.HOSPITAL, **STAMP)
    make_backup(place.engine, folder=place.config.backup_dir, label="daily", now_utc=NOW)


def test_first_answers_give_way_to_what_comes_in(filled: Place, there: Place, tmp_path: Path) -> None:
    answer(there)

    bring(there, take(filled, tmp_path / "e.zip"))

    facts, sent = there.facts(), filled.facts()
    assert {name for name in facts if facts[name] != sent[name]} == {"change"}
    assert facts["change"].rows == sent["change"].rows + 1
    assert there.faults(backups=True) == ()


def test_log_that_came_in_over_first_answers_lets_nobody_change_it(filled: Place, there: Place, tmp_path: Path) -> None:
    answer(there)
    bring(there, take(filled, tmp_path / "e.zip"))

    for statement in ("UPDATE change SET who = 'x'", "DELETE FROM change"):
        with pytest.raises(DBAPIError, match="append-only"), there.engine.begin() as connection:
            connection.execute(text(statement))


def test_what_breaks_off_leaves_the_first_answers(filled: Place, there: Place, tmp_path: Path) -> None:
    def cut(share: float) -> None:
        if share >= 0.999:
            raise ConnectionError

    answer(there)
    before = there.facts()
    with pytest.raises(Refusal):
        bring(there, take(filled, tmp_path / "e.zip"), tell=cut)

    assert there.facts() == before
    assert bring(there, tmp_path / "e.zip").files == 3


RECORDS: dict[str, Callable[[Session], object]] = {
    "an account": lambda session: accounts.add_account(session, name="王芳", roles=[AccountRole.CHAIR], **STAMP),
    "a plan": lambda session: plans.start_empty_plan(session, year=2026, **STAMP),
    "a member": lambda session: unions.add_member(session, name="王芳", **STAMP),
    "a setting": lambda session: keys.note_key_kept(session, **STAMP),
}


@pytest.mark.parametrize("record", RECORDS)
def test_whatever_goes_beyond_the_first_answers_stays(record: str, filled: Place, there: Place, tmp_path: Path) -> None:
    answer(there)
    with db.writing(there.engine) as session:
        RECORDS[record](session)
    before = there.facts()

    with pytest.raises(NotEmptyHere):
        bring(there, take(filled, tmp_path / "e.zip"))

    assert there.facts() == before


def test_only_whoever_may_go_back_to_a_backup_brings_everything_in(filled: Place, there: Place, tmp_path: Path) -> None:
    export = take(filled, tmp_path / "e.zip")

    with pytest.raises(NotYours):
        import_all(there.engine, there.config, export, actor=Actor(roles=frozenset({AccountRole.TREASURER})), **STAMP)

    assert is_empty(there.engine)


@pytest.mark.parametrize("at", [0.1, 0.5, 0.999])
def test_whatever_breaks_off_on_the_way_leaves_nothing(at: float, filled: Place, there: Place, tmp_path: Path) -> None:
    def cut(share: float) -> None:
        if share >= at:
            raise ConnectionError

    export = take(filled, tmp_path / "e.zip")
    with pytest.raises((ConnectionError, Refusal)):
        bring(there, export, tell=cut)

    assert is_empty(there.engine)
    assert there.left() == []
    assert bring(there, export).files == 3


def test_files_that_cannot_be_put_in_their_place_take_the_rows_back(filled: Place, there: Place, tmp_path: Path) -> None:
    export = take(filled, tmp_path / "e.zip")
    (there.config.data_dir / "evidence").write_bytes(b"a file where a folder should be")

    with pytest.raises(Refusal):
        bring(there, export)

    assert is_empty(there.engine)


# --- other versions, other databases --------------------------------------------------------------------------------------------


def test_export_of_an_older_version_is_brought_up_to_date(filled: Place, there: Place, tmp_path: Path) -> None:
    path = take(filled, tmp_path / "e.zip")
    old = db.open_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    command.upgrade(alembic_config(old), "0007")
    tables = MetaData()
    tables.reflect(old)
    old.dispose()

    def make_old(parts: dict[str, bytes]) -> None:
        for name in [name for name in parts if name.startswith(("tables/", "sheets/"))]:
            table = tables.tables.get(name.partition("/")[2].partition(".")[0])
            if table is None:
                del parts[name]
            elif name.startswith("tables/"):
                keep_columns(table)(parts)
        change_index(revision="0007")(parts)

    change_export(path, make_old)
    bring(there, path)

    assert (there.facts(), there.faults()) == (filled.facts(), ())


def keep_columns(table: Table) -> Callable[[dict[str, bytes]], None]:
    def drop(rows: list[dict[str, Any]]) -> None:
        rows[:] = [{name: value for name, value in row.items() if name in table.columns} for row in rows]

    return change_rows(table.name, drop)


@pytest.fixture
def on_server(server: Server | None) -> Iterator[str]:
    """The address of an empty database on the server."""
    assert server is not None
    server.drop("brought")
    yield server.create("brought")
    server.drop("brought")


@pytest.mark.postgresql
def test_from_the_server_into_a_file_and_back(filled: Place, there: Place, on_server: str, tmp_path: Path) -> None:
    engine = db.open_engine(on_server)
    try:
        bring_up_to_date(engine)
        folder = tmp_path / "server"
        folder.mkdir()
        third = Place(engine, replace(read_config(), data_dir=folder, database_url=on_server))

        bring(there, take(filled, tmp_path / "first.zip"))
        bring(third, take(there, tmp_path / "second.zip"))

        assert there.facts() == filled.facts() == third.facts()
        assert (third.files(), third.faults()) == (filled.files(), ())
        assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "second.zip").read_bytes()
        with db.writing(engine) as session:
            assert make_plan(session, title="明年", year=2027).id == 2
    finally:
        engine.dispose()
