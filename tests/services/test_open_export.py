"""Everything taken out: what anybody can read by the description alone, and that the same data give the same file."""

import csv
import hashlib
import io
import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select

from tests.makers import NOW, make_plan, make_union
from unionboard import db, secrecy
from unionboard.config import read_config
from unionboard.errors.open_format import RowsUnreadable
from unionboard.errors.permissions import NotYours
from unionboard.errors.unions import KeptByFirst
from unionboard.models import AccountRole, CareVisit, ChannelKind, MessageEvent, SummaryTemplate
from unionboard.models import Union as UnionRow
from unionboard.services.access_tokens import open_calendar
from unionboard.services.guard import Actor
from unionboard.services.message_channels import add_channel
from unionboard.services.open_export import export_all
from unionboard.services.open_format import Package

CHAIR = Actor(roles=frozenset({AccountRole.CHAIR}))


def take(engine: Engine, path: Path, **asked: Any) -> Package:
    return export_all(engine, read_config(), path, at=NOW, actor=CHAIR, **asked)


def read_table(package: ZipFile, name: str) -> list[dict[str, Any]]:
    """As the description says: one JSON object a line."""
    return [json.loads(line) for line in package.read(f"tables/{name}.jsonl").splitlines()]


def read_sheet(package: ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(package.read(f"sheets/{name}.csv").decode("utf-8-sig"), newline="")))


def test_whoever_has_the_description_reads_every_record_with_its_type(demo: Engine, tmp_path: Path) -> None:
    take(demo, tmp_path / "e.zip")

    with ZipFile(tmp_path / "e.zip") as package:
        described = {one["path"]: one for one in json.loads(package.read("datapackage.json"))["resources"]}
        assert described.keys() == set(package.namelist()) - {"datapackage.json"}
        for path, told in described.items():
            content = package.read(path)
            assert (told["bytes"], told["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        tables = {path: told for path, told in described.items() if path.startswith("tables/")}
        kinds: dict[str, Callable[[Any], object]] = {
            "integer": lambda value: type(value) is int,
            "string": lambda value: type(value) is str,
            "boolean": lambda value: type(value) is bool,
            "date": date.fromisoformat,
            "datetime": lambda value: value.endswith("Z"),
            "any": lambda value: True,
        }
        for path, told in tables.items():
            rows = [json.loads(line) for line in package.read(path).splitlines()]
            assert len(rows) == told["unionboard:rows"]
            assert told["schema"]["missingValues"] == []  # an empty text is one
            for field in told["schema"]["fields"]:
                values = [row[field["name"]] for row in rows if row.get(field["name"]) is not None]
                assert all(kinds[field["type"]](value) for value in values), (path, field)
                if field.get("constraints", {}).get("required"):
                    assert len(values) == len(rows), (path, field)
                assert set(values) <= set(field["constraints"]["enum"]) if "enum" in field.get("constraints", {}) else True
        names = {told["name"]: path for path, told in described.items()}
        for told in tables.values():
            for key in told["schema"]["foreignKeys"]:
                target = {row[key["reference"]["fields"][0]] for row in read_table(package, names[key["reference"]["resource"]][7:-6])}
                column = key["fields"][0]
                assert {row[column] for row in read_table(package, told["path"][7:-6]) if row[column] is not None} <= target


def test_tables_and_sheets_say_the_same_as_the_database(demo: Engine, data_dir: Path, tmp_path: Path) -> None:
    told = take(demo, tmp_path / "e.zip")

    assert (told.rows["activity"], told.rows["fund_entry"], told.rows["change"]) == (48, 67, told.chain.id)
    with ZipFile(tmp_path / "e.zip") as package, db.as_program(demo).connect() as connection:
        titles = list(connection.execute(text("SELECT title FROM activity ORDER BY id")).scalars())
        assert [row["title"] for row in read_table(package, "activity")] == titles
        assert [row["title"] for row in read_sheet(package, "activity")] == titles
        assert "sign_in" not in told.rows


def test_same_data_give_the_same_bytes(demo: Engine, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        take(demo, tmp_path / name)

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_names_stay_sealed_unless_they_are_asked_for(demo: Engine, tmp_path: Path) -> None:
    sealed, opened = take(demo, tmp_path / "sealed.zip"), take(demo, tmp_path / "open.zip", with_names=True)

    with db.reading(demo) as session:
        name = next(row.recipient for row in session.exec(select(CareVisit)) if row.recipient)
    with ZipFile(tmp_path / "sealed.zip") as package:
        assert {row["recipient"][:7] for row in read_table(package, "care_visit")} == {"", secrecy.MARK}
        assert {row["recipient"] for row in read_sheet(package, "care_visit")} == {""}
        assert not any(name.encode() in package.read(one) for one in package.namelist())
    with ZipFile(tmp_path / "open.zip") as package:
        assert name in {row["recipient"] for row in read_table(package, "care_visit")}
        assert name in {row["recipient"] for row in read_sheet(package, "care_visit")}
    assert (sealed.sealed, sealed.key_id, opened.sealed, opened.with_names) == (66, secrecy.key_id(), 0, True)


def test_addresses_of_groups_and_calendars_stay_sealed_with_names(demo: Engine, tmp_path: Path) -> None:
    address = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k1234567"
    with db.writing(demo) as session:
        token = open_calendar(session, language="zh_CN", who="chair", now_utc=NOW).token
        add_channel(
            session,
            kind=ChannelKind.WECOM,
            name="工会群",
            address=address,
            events=[MessageEvent.LATE],
            language="zh_CN",
            who="chair",
            now_utc=NOW,
        )

    made = take(demo, tmp_path / "e.zip", with_names=True)

    with ZipFile(tmp_path / "e.zip") as package:
        stored = [row["token"] for row in read_table(package, "access_token")] + [
            row["address"] for row in read_table(package, "message_channel")
        ]
        assert [secrecy.unseal(one) for one in stored] == [token, address]
        assert [name for name in package.namelist() if token.encode() in package.read(name) or address.encode() in package.read(name)] == []
        assert (read_sheet(package, "access_token")[0]["token"], read_sheet(package, "message_channel")[0]["address"]) == ("", "")
    assert made.sealed == 0


def test_what_cannot_be_opened_here_stays_sealed_and_is_counted(demo: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONBOARD_KEY_FILE", str(tmp_path / "none.key"))

    assert take(demo, tmp_path / "e.zip", with_names=True).sealed == 66


def test_formula_is_told_exactly_to_machines_and_as_a_text_to_excel(engine: Engine, tmp_path: Path) -> None:
    with db.writing(engine) as session:
        make_plan(session, title='=HYPERLINK("http://example.com")')

    take(engine, tmp_path / "e.zip")

    with ZipFile(tmp_path / "e.zip") as package:
        assert read_table(package, "plan")[0]["title"] == '=HYPERLINK("http://example.com")'
        assert read_sheet(package, "plan")[0]["title"] == '\'=HYPERLINK("http://example.com")'


def test_form_comes_along_and_a_missing_one_is_told(engine: Engine, data_dir: Path, tmp_path: Path) -> None:
    told: dict[str, Any] = {"name": "年终总结.docx", "sha256": "0" * 64, "size_bytes": 4, "who": "chair", "created_at_utc": NOW}
    with db.writing(engine) as session:
        session.add(SummaryTemplate(stored_name="a1.docx", **told))
        session.add(SummaryTemplate(stored_name="b2.docx", **told))
    (data_dir / "forms").mkdir()
    (data_dir / "forms" / "a1.docx").write_bytes(b"form")

    made = take(engine, tmp_path / "e.zip")

    assert (made.kept_files, made.missing) == (("forms/a1.docx",), ("forms/b2.docx",))
    with ZipFile(tmp_path / "e.zip") as package:
        assert package.read("forms/a1.docx") == b"form"


def test_one_union_of_many_takes_out_its_own_and_nothing_of_the_others(engine: Engine, tmp_path: Path) -> None:
    with db.within(1), db.writing(engine) as session:
        make_union(session)
        make_plan(session, title="甲的计划")
    with db.within(2), db.writing(engine) as session:
        session.add(UnionRow(name="白鹭小学工会", above_id=1))
        session.flush()
        make_plan(session, title="乙的计划")

    made = take(engine, tmp_path / "e.zip", union=2)

    assert (made.unions, made.rows["plan"]) == ({2: "白鹭小学工会"}, 1)
    with ZipFile(tmp_path / "e.zip") as package:
        assert not any("甲的计划".encode() in package.read(name) for name in package.namelist())


def test_all_unions_are_taken_out_by_the_first_ones_chair_alone(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(KeptByFirst):
        export_all(engine, read_config(), tmp_path / "e.zip", at=NOW, actor=replace(CHAIR, union_id=2))
    with pytest.raises(NotYours):
        export_all(engine, read_config(), tmp_path / "e.zip", at=NOW, actor=Actor(roles=frozenset({AccountRole.AUDIT})))

    assert not (tmp_path / "e.zip").exists()


@pytest.mark.sqlite
def test_value_that_nobody_can_read_is_told_and_nothing_is_left(demo: Engine, data_dir: Path, tmp_path: Path) -> None:
    with sqlite3.connect(data_dir / "unionboard.sqlite3") as connection:
        connection.execute("UPDATE activity SET starts_on = 'neulich' WHERE id = 1")

    with pytest.raises(RowsUnreadable) as refused:
        take(demo, tmp_path / "out" / "e.zip")

    assert refused.value.facts == {"table": "activity"}
    assert list((tmp_path / "out").iterdir()) == []
