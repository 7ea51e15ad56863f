"""Everything out and in again on the command line."""

import json
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from tests.conftest import Run
from tests.makers import NOW
from unionboard import db
from unionboard.models import AccountRole, Change, UnionKind
from unionboard.services import accounts, unions
from unionboard.services.chain_check import read_head
from unionboard.services.union_tree import add_union


def go_elsewhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on another, empty installation is meant."""
    monkeypatch.setenv("UNIONBOARD_DATA_DIR", str(folder))
    monkeypatch.delenv("UNIONBOARD_DATABASE_URL", raising=False)


def leave(_folder: Path) -> None:
    db.current_engine().dispose()


@pytest.mark.usefixtures("demo")
def test_round_trip_by_two_commands_and_verify_finds_nothing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "everything.zip"
    code, told, err = run("export-all", "-o", str(out), "--json")
    made = json.loads(told)
    assert (code, err, made["tables"]["activity"], made["union"], made["sealed"]) == (0, "", 48, None, 66)

    go_elsewhere(tmp_path / "new", monkeypatch)
    code, told, _ = run("--lang", "en", "import-all", str(out))

    rows = made["rows"]
    assert (code, told) == (0, f"Everything is in: {rows} rows, 0 files. Check code {made['chain']['code']}.\n")
    assert run("--lang", "en", "verify")[1].endswith(f"agree. Check code {made['chain']['code']}.\n")
    leave(tmp_path / "new")


@pytest.mark.usefixtures("demo")
def test_what_is_taken_out_is_written_down_and_so_is_that_names_are_in_it(run: Run, demo: Engine, tmp_path: Path) -> None:
    assert "660" not in run("export-all", "-o", str(tmp_path / "a.zip"))[1]
    told = run("--lang", "en", "export-all", "-o", str(tmp_path / "b.zip"), "--with-names")[1]

    assert "Names and private papers lie open in it" in told
    with db.reading(demo) as session:
        lines = session.exec(select(Change).where(Change.noun == "export").order_by(Change.id)).all()  # type: ignore[arg-type]
        assert [line.after for line in lines] == [{"what": "everything", "names": False}, {"what": "everything", "names": True}]
        assert json.loads(ZipFile(tmp_path / "b.zip").read("datapackage.json"))["unionboard"]["chain"]["id"] == read_head(session).id


@pytest.mark.usefixtures("demo")
def test_into_data_nothing_is_brought_in(run: Run, tmp_path: Path) -> None:
    run("export-all", "-o", str(tmp_path / "e.zip"))

    code, out, err = run("import-all", str(tmp_path / "e.zip"))

    assert (code, out) == (1, "")
    assert err == "这里已经有记录，所以什么也没有导入。请用一个空的数据文件夹启动程序，在那里导入。\n"


def test_file_that_is_not_there_and_one_that_is_no_zip_are_told(run: Run, tmp_path: Path) -> None:
    assert run("import-all", str(tmp_path / "none.zip"))[0] == 1
    assert run("export-all", "-o", str(tmp_path / "e.pdf"))[0] == 2


@pytest.mark.usefixtures("demo")
def test_key_that_is_brought_along_opens_the_names(run: Run, tmp_path: Path, key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("export-all", "-o", str(tmp_path / "e.zip"))
    kept = shutil.copy(key_file, tmp_path / "kept.key")
    go_elsewhere(tmp_path / "new", monkeypatch)
    monkeypatch.setenv("UNIONBOARD_KEY_FILE", str(tmp_path / "new" / "unionboard.key"))

    code, _, err = run("--lang", "en", "import-all", str(tmp_path / "e.zip"), "--key", str(kept))

    assert code == 0
    assert "cannot be read" not in err
    assert (tmp_path / "new" / "unionboard.key").read_bytes() == key_file.read_bytes()
    leave(tmp_path / "new")


def test_named_union_of_several_is_taken_out_alone(run: Run, engine: Engine, tmp_path: Path) -> None:
    stamp = {"who": "chair", "now_utc": NOW}
    with db.writing(engine) as session:
        accounts.add_account(session, name="王芳", roles=[AccountRole.CHAIR], **stamp)  # type: ignore[arg-type]
        unions.ensure_union(session, name="县总工会", **stamp)  # type: ignore[arg-type]
        add_union(session, name="白鹭小学工会", kind=UnionKind.SCHOOL, above=1, chair="李梅", **stamp)  # type: ignore[arg-type]

    whole = json.loads(run("export-all", "-o", str(tmp_path / "all.zip"), "--json")[1])
    part = json.loads(run("--union", "白鹭小学工会", "export-all", "-o", str(tmp_path / "part.zip"), "--json")[1])

    assert (whole["union"], [one["name"] for one in whole["unions"]]) == (None, ["县总工会", "白鹭小学工会"])
    assert (part["union"], part["unions"]) == (2, [{"union": 2, "name": "白鹭小学工会"}])
