"""The data carried to another place: all of it or nothing, and what arrives is what was sent."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, inspect
from sqlmodel import Session, select, text

from tests.conftest import Run
from tests.makers import NOW, make_plan
from tests.postgres import Server
from unionboard import db
from unionboard.config import read_config
from unionboard.errors.moving import SourceFaulty, TargetNotEmpty, TargetUnknown, TargetUnusable
from unionboard.models import Activity
from unionboard.services.moving import move_data

COMMANDS = (("verify",), ("fund", "--year", "2026"), ("summary", "--year", "2026"))


def move(source: Engine, to: str | None, *, to_folder: Path | None = None, tell: Callable[[float], object] = str) -> Any:
    return move_data(source, read_config(), to=to, to_folder=to_folder, now_utc=NOW, tell=tell)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "elsewhere" / "year.sqlite3"


@pytest.fixture
def empty(server: Server | None) -> Iterator[str]:
    """The address of an empty database on the server."""
    assert server is not None
    server.drop("moved")
    url = server.create("moved")
    yield url
    db.engine_for(url).dispose()
    server.drop("moved")


def test_every_row_arrives_and_the_source_stays_as_it_is(demo: Engine, file: Path) -> None:
    told: list[float] = []

    done = move(demo, f"sqlite:///{file}", tell=told.append)

    assert (done.tables["activity"].rows, done.tables["fund_entry"].rows, done.tables["change"].rows) == (48, 67, done.chain.id)
    assert (told == sorted(told), told[-1]) == (True, 1.0)
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    with Session(demo) as session:
        assert len(session.exec(select(Activity.id)).all()) == 48


@pytest.mark.postgresql
def test_round_trip_to_the_server_and_back_leaves_what_is_printed_alike(
    demo: Engine, empty: str, file: Path, demo_file: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.parent.mkdir()
    shutil.copy(demo_file, file.with_name("first.sqlite3"))
    places = [f"sqlite:///{file.with_name('first.sqlite3')}", empty, f"sqlite:///{file}"]
    said = []
    for source, target in zip(places, [*places[1:], ""], strict=True):
        monkeypatch.setenv("UNIONBOARD_DATABASE_URL", source)
        if target:
            code, _, err = run("move", "--to", target, "--json")
            assert (code, err) == (0, "")
        told = {command: json.loads(run(command, *more, "--json")[1]) for command, *more in COMMANDS}
        told["verify"].pop("backup")
        said.append(told | {"verify": {**told["verify"], "checked_at_utc": ""}})

    assert said[0] == said[1] == said[2]
    assert said[0]["verify"]["ok"]


@pytest.mark.postgresql
def test_numbers_go_on_where_they_were(engine: Engine, empty: str, demo_file: Path, tmp_path: Path) -> None:
    source = db.engine_for(f"sqlite:///{shutil.copy(demo_file, tmp_path / 'source.sqlite3')}")
    move(source, empty)
    source.dispose()

    with db.writing(db.engine_for(empty)) as session:
        assert make_plan(session, title="明年").id == 2


@pytest.mark.postgresql
def test_server_is_left_empty_when_it_breaks_off(demo: Engine, empty: str) -> None:
    def cut(share: float) -> None:
        if share > 0.5:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        move(demo, empty, tell=cut)

    assert inspect(db.engine_for(empty)).get_table_names() == []


def test_folder_is_left_empty_when_it_breaks_off(demo: Engine, data_dir: Path, file: Path) -> None:
    put(data_dir / "forms" / "a1.docx")

    with pytest.raises(ZeroDivisionError):
        move(demo, f"sqlite:///{file}", to_folder=file.parent / "data", tell=lambda share: 1 / 0)

    assert [path.name for path in file.parent.rglob("*") if path.is_file()] == []


def put(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(path.name.encode())


def test_papers_and_forms_go_along_to_another_folder(demo: Engine, data_dir: Path, tmp_path: Path) -> None:
    put(data_dir / "evidence" / "b2.jpg")
    put(data_dir / "forms" / "a1.docx")

    done = move(demo, None, to_folder=tmp_path / "new")

    assert (tmp_path / "new" / "evidence" / "b2.jpg").read_bytes() == b"b2.jpg"
    assert (tmp_path / "new" / "forms" / "a1.docx").read_bytes() == b"a1.docx"
    assert (done.files, done.settings) == (2, {"UNIONBOARD_DATA_DIR": str(tmp_path / "new")})


def test_place_with_data_is_refused_and_left_as_it_is(demo: Engine, file: Path) -> None:
    move(demo, f"sqlite:///{file}")
    before = file.read_bytes()

    with pytest.raises(TargetNotEmpty):
        move(demo, f"sqlite:///{file}")
    with pytest.raises(TargetNotEmpty):
        move(demo, demo.url.render_as_string(hide_password=False))

    assert file.read_bytes() == before


@pytest.mark.postgresql
def test_server_with_data_is_refused(demo: Engine, empty: str) -> None:
    move(demo, empty)

    with pytest.raises(TargetNotEmpty):
        move(demo, empty)


def test_data_with_a_fault_are_not_moved(demo: Engine, file: Path) -> None:
    with db.writing(demo) as session:
        session.execute(text("UPDATE plan SET title = '改过的计划'"))

    with pytest.raises(SourceFaulty) as refused:
        move(demo, f"sqlite:///{file}")

    assert refused.value.facts["told"] == "record_changed"
    assert not file.exists()


@pytest.mark.parametrize("address", ["year", "mysql://host/year", "sqlite://", "sqlite:///:memory:", "postgresql://host"])
def test_what_is_no_address_is_refused(demo: Engine, address: str) -> None:
    with pytest.raises(TargetUnknown):
        move(demo, address)


@pytest.mark.parametrize("address", ["sqlite:////proc/year/year.sqlite3", "postgresql://chair:secret@127.0.0.1:9/year"])
def test_place_that_cannot_be_written_is_told_without_the_password(demo: Engine, address: str) -> None:
    with pytest.raises(TargetUnusable) as refused:
        move(demo, address)

    assert "secret" not in str(refused.value.facts)
    assert refused.value.facts["told"]


def test_command_says_what_to_set_to_work_there(demo: Engine, file: Path, run: Run) -> None:
    code, out, err = run("--lang", "en", "move", "--to", f"sqlite:///{file}")

    assert (code, err, out.splitlines()[-1:]) == (0, "", [f"UNIONBOARD_DATABASE_URL=sqlite:///{file}"])
    assert "rows in 42 tables arrived and are what was sent." in out


def test_command_without_a_place_says_how_to_name_one(run: Run) -> None:
    code, _, err = run("--lang", "en", "move")

    assert (code, err) == (1, "Say where to: --to for the database, --to-folder for the data folder.\n")
