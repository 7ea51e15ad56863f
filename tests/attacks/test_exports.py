"""What leaves the house: no cell computes, no page runs anything, no document fetches, whatever people typed."""

import csv
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine

from tests.attacks.hostile import spoil_file
from tests.attacks.payloads import FORMULAS, MARKUP, TAGS
from tests.conftest import TODAY, Run
from unionboard import db
from unionboard.services.plans import list_plans
from unionboard.services.summary import build_document, list_drafts, read_draft
from unionboard.writing.summary_export import export
from unionboard.writing.table_xlsx import Table, write_tables_xlsx

STARTS = tuple("=+-@＝＋－＠\t\r\n")
COMMANDS: dict[str, tuple[str, ...]] = {
    "plan.xlsx": ("export-plan",),
    "gantt.xlsx": ("export-gantt",),
    "folder.zip": ("audit-folder", "--year", "2026", "-o"),
    "handover.zip": ("handover", "2026", "-o"),
    "minutes.docx": ("minutes", "1"),
    "upward.xlsx": ("summary", "--year", "2026", "-o"),
}
_INSTRUCTIONS = re.compile(rb"<w:instrText[^>]*>([^<]*)<|w:instr=\"([^\"]*)\"")
_FETCHING = re.compile(rb'TargetMode="External"|<w:altChunk|<w:object|oleObject|DDE', re.IGNORECASE)


def as_formula(text: str) -> str:
    """The words behind a formula and markup."""
    return f"{FORMULAS[0]}{text}{MARKUP}"


@pytest.fixture(scope="session")
def formula_file(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo year with every text a formula, made once."""
    path = tmp_path_factory.mktemp("formulas") / "unionboard.sqlite3"
    shutil.copy(demo_file, path)
    spoil_file(path, as_formula)
    return path


def open_parts(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The file, and if it is an archive what is in it."""
    yield name, content
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.namelist():
                yield part, archive.read(part)


def find_dangers(name: str, content: bytes) -> list[str]:
    """What in a file would compute, run or fetch."""
    suffix = name.rpartition(".")[2]
    return list(_FINDERS.get(suffix, _in_nothing)(name, content))


def _in_workbook(name: str, content: bytes) -> Iterator[str]:
    for sheet in load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" or cell.hyperlink is not None:
                    yield f"{name} {sheet.title}!{cell.coordinate} computes: {str(cell.value)[:40]}"
                elif isinstance(cell.value, str) and cell.value.lstrip().startswith(STARTS[:8]) and not cell.quotePrefix:
                    yield f"{name} {sheet.title}!{cell.coordinate} will compute once it is edited: {cell.value[:40]}"
    yield from _in_document(name, content)


def _in_document(name: str, content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for part in package.namelist():
            xml = package.read(part)
            if part.endswith(".rels") and _FETCHING.search(xml):
                yield f"{name} {part} fetches"
            for told in _INSTRUCTIONS.findall(xml) if part.startswith("word/") else ():
                words = b"".join(told).split()
                if words and words[0] not in (b"PAGE", b"NUMPAGES", b"SEQ", b"STYLEREF", b"TOC"):
                    yield f"{name} {part} has a field {words[0]!r}"


def _in_page(name: str, content: bytes) -> Iterator[str]:
    text = content.decode()
    yield from (f"{name} has {tag}" for tag in (*TAGS, "onerror=alert(1)>", "javascript:") if tag in text and tag != "<script>")
    yield from (f"{name} runs {found[:60]}" for found in re.findall(r"<script[^>]*>[^<]*alert\(", text))


def _in_table(name: str, content: bytes) -> Iterator[str]:
    for row in csv.reader(content.decode("utf-8-sig").splitlines()):
        yield from (f"{name}: {cell[:40]}" for cell in row if cell.startswith(STARTS))


def _in_markdown(name: str, content: bytes) -> Iterator[str]:
    marks = (*TAGS, "**粗**", "![图]", "](https://")
    yield from (f"{name} has {mark}" for mark in marks if re.search(rf"(?<!\\){re.escape(mark)}", content.decode()))


def _in_nothing(_name: str, _content: bytes) -> Iterator[str]:
    return iter(())


_FINDERS = {"xlsx": _in_workbook, "docx": _in_document, "html": _in_page, "csv": _in_table, "md": _in_markdown}


@pytest.mark.parametrize("name", COMMANDS)
def test_export_computes_runs_and_fetches_nothing(
    data_dir: Path, formula_file: Path, engine: Engine, run: Run, tmp_path: Path, name: str
) -> None:
    shutil.copy(formula_file, data_dir / "unionboard.sqlite3")

    code, _, err = run(*COMMANDS[name], str(tmp_path / name))

    assert (code, err) == (0, "")
    dangers = [danger for part in open_parts(name, (tmp_path / name).read_bytes()) for danger in find_dangers(*part)]
    assert dangers == []


@pytest.mark.parametrize("kind", ["docx", "md"])
def test_summary_runs_and_fetches_nothing(data_dir: Path, formula_file: Path, engine: Engine, kind: Literal["docx", "md"]) -> None:
    shutil.copy(formula_file, data_dir / "unionboard.sqlite3")
    with db.reading() as session:
        [plan] = list_plans(session)
        head = list_drafts(session, plan.id or 0)[0]
        document = build_document(read_draft(session, head.id))

    content = export(document, kind=kind)

    assert find_dangers(f"summary.{kind}", content) == []


@pytest.mark.parametrize("formula", FORMULAS)
def test_cell_that_looks_like_a_formula_is_text(formula: str) -> None:
    table = Table("表", (formula, "二"), (20, 20), [[formula, f"  {formula}"]])

    book = write_tables_xlsx(formula, formula, [table], as_of=TODAY)

    assert find_dangers("table.xlsx", book) == []
    assert formula.strip() in str(load_workbook(io.BytesIO(book)).worksheets[0]["A4"].value)


def test_finder_sees_a_formula() -> None:
    """The test of the test."""
    from openpyxl import Workbook

    book, buffer = Workbook(), io.BytesIO()
    book.worksheets[0].append(["=1+1", "@a", "words"])
    book.save(buffer)

    assert len(find_dangers("book.xlsx", buffer.getvalue())) == 2
    assert len(find_dangers("page.html", MARKUP.encode())) == 4
    assert len(find_dangers("table.csv", b"=1,a,+2")) == 2
