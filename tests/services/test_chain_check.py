"""Whoever writes past the program is found: the log is append-only, each line hangs on the one before, and heads are kept elsewhere."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine

from tests.makers import NOW
from unionboard import db
from unionboard.models import Change, chain, metadata
from unionboard.services.chain_check import (
    Anchor,
    ChainBreak,
    ChainFault,
    ChainHead,
    anchors_of_backups,
    find_chain_faults,
    holds,
    read_code,
    read_head,
)
from unionboard.services.faults import FaultCode
from unionboard.services.log_replay import NOT_REPLAYED, REPLAYED
from unionboard.services.verification import verify_books, verify_data

pytestmark = pytest.mark.sqlite  # written past the program, into the file

Attack = Callable[[sqlite3.Connection], object]


@pytest.fixture
def file(demo: Engine, data_dir: Path) -> Iterator[Path]:
    """The database file of the demo year; the program has let go of it."""
    demo.dispose()
    yield data_dir / "unionboard.sqlite3"
    demo.dispose()


def open_file(path: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(path, isolation_level=None))


def attack(path: Path, deed: Attack) -> None:
    """What somebody does with a database browser who first takes the guards off, and puts them back so that nobody sees it."""
    with open_file(path) as raw:
        guards = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            raw.execute(f"DROP TRIGGER {name}")
        deed(raw)
        for _, sql in guards:
            raw.execute(sql)


def found(engine: Engine, *anchors: Anchor) -> set[FaultCode]:
    with db.reading(engine) as session:
        return {fault.code for fault in verify_books(session, evidence_folder=Path("nowhere"), anchors=anchors)} - {FaultCode.FILE_MISSING}


def head_of(engine: Engine) -> ChainHead:
    with db.reading(engine) as session:
        return read_head(session)


def rewrite_chain(raw: sqlite3.Connection) -> None:
    """Every hash worked out anew, as the program does it: the log fits itself again."""
    previous = chain.START
    names = ("id", "at_utc", "who", "origin", "action", "noun", "row_id", "before", "after")
    for row in raw.execute(f"SELECT {', '.join(names)} FROM change ORDER BY id").fetchall():
        line: dict[str, Any] = dict(zip(names, row, strict=True))
        line["at_utc"] = datetime.fromisoformat(line["at_utc"]).replace(tzinfo=UTC)
        line |= {side: json.loads(line[side]) if line[side] is not None else None for side in ("before", "after")}
        previous = chain.hash_line(previous, **line)
        raw.execute("UPDATE change SET sha256 = ? WHERE id = ?", (previous, line["id"]))


# --- with the guards on: refused -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["change", "fund_entry", "ceiling_finding"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET who = 'x' WHERE id = 1",
        "DELETE FROM {} WHERE id = 1",
        "DELETE FROM {}",
        "REPLACE INTO {} SELECT * FROM {} WHERE id = 1",
        "INSERT OR REPLACE INTO {} SELECT * FROM {} WHERE id = 1",
        "UPDATE OR REPLACE {} SET id = 1 WHERE id = 2",
        "INSERT INTO {} SELECT * FROM {} WHERE id = 1 ON CONFLICT (id) DO UPDATE SET who = 'x'",
    ],
)
def test_append_only_table_refuses(file: Path, table: str, statement: str) -> None:
    with open_file(file) as raw, pytest.raises(sqlite3.IntegrityError, match=f"{table} is append-only"):
        raw.execute(statement.replace("{}", table))


# --- with the guards off: found ------------------------------------------------------------------------------------------------------

LINE = "(SELECT id FROM change WHERE noun = 'fund_entry' ORDER BY id LIMIT 1 OFFSET 3)"
FACTS = "at_utc, who, action, noun, row_id, before, after, origin"
ATTACKS: dict[str, tuple[Attack, FaultCode]] = {
    "another name in a line": (lambda raw: raw.execute(f"UPDATE change SET who = '别人' WHERE id = {LINE}"), FaultCode.CHAIN_BROKEN),
    "another moment in a line": (
        lambda raw: raw.execute(f"UPDATE change SET at_utc = '2026-01-01 00:00:00.000000' WHERE id = {LINE}"),
        FaultCode.CHAIN_BROKEN,
    ),
    "another place in a line": (
        lambda raw: raw.execute(f"UPDATE change SET origin = '10.0.0.9' WHERE id = {LINE}"),
        FaultCode.CHAIN_BROKEN,
    ),
    "another value in a line": (
        lambda raw: raw.execute(f"UPDATE change SET after = json_set(after, '$.amount_fen', 1) WHERE id = {LINE}"),
        FaultCode.CHAIN_BROKEN,
    ),
    "a value added to a line": (
        lambda raw: raw.execute(f"UPDATE change SET after = json_set(after, '$.unknown', 1) WHERE id = {LINE}"),
        FaultCode.CHAIN_BROKEN,
    ),
    "a line that cannot be read": (lambda raw: raw.execute(f"UPDATE change SET after = '{{' WHERE id = {LINE}"), FaultCode.CHAIN_BROKEN),
    "a day that is none": (lambda raw: raw.execute(f"UPDATE change SET at_utc = 'Friday' WHERE id = {LINE}"), FaultCode.CHAIN_BROKEN),
    "bytes for a name": (lambda raw: raw.execute(f"UPDATE change SET who = x'ff00' WHERE id = {LINE}"), FaultCode.CHAIN_BROKEN),
    "another hash": (lambda raw: raw.execute(f"UPDATE change SET sha256 = '{'0' * 64}' WHERE id = {LINE}"), FaultCode.CHAIN_BROKEN),
    "no hash": (lambda raw: raw.execute(f"UPDATE change SET sha256 = '' WHERE id = {LINE}"), FaultCode.CHAIN_BROKEN),
    "a line of the middle deleted": (lambda raw: raw.execute(f"DELETE FROM change WHERE id = {LINE}"), FaultCode.CHAIN_BROKEN),
    "the first line deleted": (lambda raw: raw.execute("DELETE FROM change WHERE id = 1"), FaultCode.CHAIN_BROKEN),
    "a line before the first": (
        lambda raw: raw.execute(f"INSERT INTO change SELECT 0, {FACTS}, sha256, union_id FROM change WHERE id = 1"),
        FaultCode.CHAIN_BROKEN,
    ),
    "a line slipped into the middle": (
        lambda raw: raw.executescript(
            "UPDATE change SET id = -id - 1 WHERE id > 300; UPDATE change SET id = -id WHERE id < 0;"
            f"INSERT INTO change SELECT 301, {FACTS}, sha256, union_id FROM change WHERE id = 300"
        ),
        FaultCode.CHAIN_BROKEN,
    ),
    "two lines exchanged": (
        lambda raw: raw.executescript(
            "UPDATE change SET id = -1 WHERE id = 300; UPDATE change SET id = 300 WHERE id = 301; UPDATE change SET id = 301 WHERE id = -1"
        ),
        FaultCode.CHAIN_BROKEN,
    ),
    "a line added without its hash": (
        lambda raw: raw.execute(f"INSERT INTO change SELECT max(id) + 1, {FACTS}, '', union_id FROM change"),
        FaultCode.CHAIN_BROKEN,
    ),
    "record and log alike": (
        lambda raw: raw.executescript(
            "UPDATE fund_entry SET amount_fen = 1 WHERE id = 4;"
            "UPDATE change SET after = json_set(after, '$.amount_fen', 1) WHERE noun = 'fund_entry' AND row_id = 4"
        ),
        FaultCode.CHAIN_BROKEN,
    ),
    "a record changed": (lambda raw: raw.execute("UPDATE activity SET title = '别的' WHERE id = 5"), FaultCode.RECORD_CHANGED),
    "a record deleted": (lambda raw: raw.execute("DELETE FROM attendance WHERE id = 5"), FaultCode.RECORD_GONE),
    "a record slipped in": (
        lambda raw: raw.execute("INSERT INTO member (name, duty, position, is_active, version) VALUES ('外人', '主席', 99, 1, 1)"),
        FaultCode.RECORD_UNLOGGED,
    ),
    "an account slipped in": (
        lambda raw: raw.execute(
            "INSERT INTO account (name, name_key, roles, password_hash, must_change, email, is_active, created_at_utc, version)"
            " VALUES ('外人', '外人', '[\"chair\"]', 'x', 0, '', 1, '2026-01-01', 1)"
        ),
        FaultCode.RECORD_UNLOGGED,
    ),
    "a turn moved": (
        lambda raw: raw.execute("UPDATE occurrence SET due_to = '2026-12-31' WHERE id = (SELECT min(id) FROM occurrence)"),
        FaultCode.RECORD_CHANGED,
    ),
    "a turn deleted": (
        lambda raw: raw.execute(
            "DELETE FROM occurrence WHERE id = (SELECT max(id) FROM occurrence WHERE id NOT IN "
            "(SELECT occurrence_id FROM check_off WHERE occurrence_id IS NOT NULL))"
        ),
        FaultCode.RECORD_CHANGED,
    ),
    "a part of the summary edited": (
        lambda raw: raw.execute("UPDATE summary_block SET edited = '全体满意。' WHERE id = 3"),
        FaultCode.RECORD_CHANGED,
    ),
}


@pytest.mark.parametrize(("deed", "code"), ATTACKS.values(), ids=ATTACKS)
def test_what_was_done_past_the_program_is_found(file: Path, demo: Engine, deed: Attack, code: FaultCode) -> None:
    attack(file, deed)

    assert code in found(demo)


def test_untouched_year_is_in_order(demo: Engine) -> None:
    assert found(demo) == set()


def test_guards_that_were_left_off_are_missed(file: Path, demo: Engine) -> None:
    with open_file(file) as raw:
        raw.execute("DROP TRIGGER change_no_update")

    with db.reading(demo) as session:
        [fault] = [one for one in verify_books(session, evidence_folder=Path("nowhere")) if one.code is not FaultCode.FILE_MISSING]
    assert (fault.code, fault.facts) == (FaultCode.GUARD_MISSING, {"guard": "change_no_update"})


# --- a log that fits itself again: found by what stands elsewhere -------------------------------------------------------------------------


def cut_off(raw: sqlite3.Connection) -> None:
    """The last claim paper as if it had never been: record and line."""
    raw.execute("DELETE FROM summary_block")
    raw.execute("DELETE FROM summary_draft")
    raw.execute("DELETE FROM change WHERE id = (SELECT max(id) FROM change)")


def rewrite(raw: sqlite3.Connection) -> None:
    """Another sum in the books, in the log, and every hash after it."""
    raw.execute("UPDATE handout SET heads = heads + 1 WHERE id = 1")
    raw.execute("UPDATE change SET after = json_set(after, '$.heads', (SELECT heads FROM handout WHERE id = 1))"
                " WHERE noun = 'handout' AND row_id = 1 AND action = 'create'")  # fmt: skip
    rewrite_chain(raw)


def test_hashes_worked_out_anew_are_those_of_the_program(file: Path, demo: Engine) -> None:
    before = head_of(demo)
    demo.dispose()

    attack(file, rewrite_chain)

    assert head_of(demo) == before


@pytest.mark.parametrize(("deed", "code"), [(cut_off, FaultCode.CHAIN_CUT), (rewrite, FaultCode.CHAIN_REWRITTEN)])
def test_log_that_fits_itself_again_is_found_by_a_head_kept_elsewhere(file: Path, demo: Engine, deed: Attack, code: FaultCode) -> None:
    head = head_of(demo)
    demo.dispose()

    attack(file, deed)

    assert code not in found(demo)
    assert code in found(demo, Anchor(head.id, head.sha256, "备份"))


def write_backup(folder: Path, head: ChainHead, *, name: str = "unionboard-20261121-000000-000000-daily.zip", **told: Any) -> None:
    folder.mkdir(exist_ok=True)
    manifest = {"format": 1, "created_at_utc": NOW.isoformat(), "chain": {"id": head.id, "sha256": head.sha256}, **told}
    with ZipFile(folder / name, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))


def test_backups_say_what_the_log_was(file: Path, demo: Engine, data_dir: Path) -> None:
    write_backup(data_dir / "backups", head_of(demo))
    demo.dispose()
    attack(file, rewrite)

    with db.reading(demo) as session:
        report = verify_data(session, evidence_folder=data_dir, form_folder=data_dir, backup_folders=[data_dir / "backups"], now_utc=NOW)

    assert [dict(fault.facts) for fault in report.faults if fault.code is FaultCode.CHAIN_REWRITTEN] == [
        {"line": report.chain.id, "place": "unionboard-20261121-000000-000000-daily.zip"}
    ]


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04"])
def test_backup_that_cannot_be_read_is_said_to_be_so(demo: Engine, data_dir: Path, content: bytes) -> None:
    folder = data_dir / "backups"
    folder.mkdir()
    (folder / "unionboard-20261121-000000-000000-daily.zip").write_bytes(content)

    with db.reading(demo) as session:
        report = verify_data(session, evidence_folder=data_dir, form_folder=data_dir, backup_folders=[folder], now_utc=NOW)

    assert FaultCode.BACKUP_UNREADABLE in {fault.code for fault in report.faults}
    assert anchors_of_backups(folder) == ()


# --- an older backup was brought back ----------------------------------------------------------------------------------------------------


def add_line(engine: Engine, **values: Any) -> ChainHead:
    with db.writing(engine) as session:
        session.add(Change(**{"at_utc": NOW, "who": "chair", "action": "update", "noun": "export", "row_id": 0, **values}))
    return head_of(engine)


def bring_back(engine: Engine, *, left: ChainHead | None, **told: Any) -> None:
    head = head_of(engine)
    after = {
        "file": "x.zip",
        "chain_id": head.id,
        "chain_sha256": head.sha256,
        "replaced_chain_id": left.id if left else None,
        "replaced_chain_sha256": left.sha256 if left else None,
    }
    add_line(engine, action="restore", noun="backup", after={**after, **told})


def faults_with(engine: Engine, *anchors: Anchor) -> list[ChainFault]:
    with db.reading(engine) as session:
        return list(find_chain_faults(session, anchors=anchors))


@pytest.mark.parametrize(
    ("behind", "sha256", "is_explained"),
    [(9, "a" * 64, True), (9, "b" * 64, False), (4, "c" * 64, True), (10, "c" * 64, False), (0, "c" * 64, False)],
    ids=["its newest line", "not its newest line", "a line between", "a line beyond it", "a line before the return"],
)
def test_heads_of_data_that_were_replaced_are_explained(demo: Engine, behind: int, sha256: str, is_explained: bool) -> None:
    kept = head_of(demo).id
    bring_back(demo, left=ChainHead(kept + 9, "a" * 64))

    assert (faults_with(demo, Anchor(kept + behind, sha256, "x")) == []) is is_explained


def test_return_to_another_backup_than_the_one_before_it_explains_nothing(demo: Engine) -> None:
    left = ChainHead(head_of(demo).id + 9, "a" * 64)
    bring_back(demo, left=left, chain_sha256="d" * 64)

    assert faults_with(demo, Anchor(left.id, left.sha256, "x")) == [ChainFault(ChainBreak.CUT, left.id, "x")]


@pytest.mark.parametrize(("day", "is_explained"), [(20, True), (22, False)])
def test_of_data_too_damaged_to_be_read_all_that_is_older_than_the_return_is_explained(demo: Engine, day: int, is_explained: bool) -> None:
    lost = Anchor(head_of(demo).id + 9, "a" * 64, "x", NOW.replace(day=day))
    bring_back(demo, left=None)

    assert (faults_with(demo, lost) == []) is is_explained


# --- codes on paper ----------------------------------------------------------------------------------------------------------------------


def test_code_on_paper_names_line_and_hash(demo: Engine) -> None:
    head = head_of(demo)

    anchor = read_code(f" {head.code.upper()} ", place="纸")

    assert anchor == Anchor(head.id, head.sha256[:16], "纸")
    with db.reading(demo) as session:
        assert (holds(session, anchor), holds(session, Anchor(head.id, "0" * 16, "纸"))) == (True, False)


@pytest.mark.parametrize(
    "code", ["", "812", "812-", "812-3fa9", "x-3fa9c1d2e4b57a60", "812-3fa9c1d2e4b57a6z", "-1-3fa9c1d2e4b57a60", "9" * 80]
)
def test_what_is_no_code_is_none(code: str) -> None:
    assert read_code(code, place="") is None


def test_every_table_is_held_against_the_log_or_says_why_not() -> None:
    assert {str(table.__tablename__) for table in (*REPLAYED, *NOT_REPLAYED)} == set(metadata.tables)
