"""Files that are not what they say, that would lie elsewhere, or that would fill the machine: at each of the four doors for files."""

import tracemalloc
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.attacks.payloads import TRAVERSALS
from tests.attacks.uploads import (
    ELF,
    EXE,
    HTML,
    LAUGHS,
    MIB,
    SCRIPT,
    SVG,
    XXE,
    make_docx,
    make_huge_jpeg,
    make_huge_png,
    make_liar,
    make_macro_doc,
    make_nested,
    make_polyglots,
    make_xlsx,
    with_bomb,
    with_entity,
    with_parts,
)
from tests.files import make_zip
from unionboard.errors import Refusal
from unionboard.errors.evidence import EvidenceFormatRefused, EvidenceMisnamed, PictureTooLarge
from unionboard.reading.files import read_file
from unionboard.reading.ledger_file import read_sheets
from unionboard.services.evidence import keep_file
from unionboard.services.media import plain_name, recognize
from unionboard.writing.summary_template import check_template

PDF = b"%PDF-1.7 sign-in sheet"
MEMORY_LIMIT_MIB = 200


@pytest.fixture
def folder(data_dir: Path) -> Path:
    """Where evidence is kept; what would lie beside or above it is seen."""
    return data_dir / "evidence"


# --- names -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TRAVERSALS)
def test_file_lies_below_its_folder_whatever_its_name(own_dir: Path, folder: Path, name: str) -> None:
    before = set(own_dir.rglob("*"))

    file = keep_file(PDF, name, folder=folder)

    assert [path for path in set(own_dir.rglob("*")) - before if path.is_file()] == [folder / file.stored_name]
    assert file.stored_name == f"{file.sha256}.pdf"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("签到\x00表.pdf", "签到表.pdf"),
        ("签到\u202efdp.exe.pdf", "签到fdp.exe.pdf"),
        ("签到\r\nSet-Cookie: a=b.pdf", "签到_Set-Cookie_ a=b.pdf"),
        ('签到"; filename="a.exe.pdf', "签到_; filename=_a.exe.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("lpt1", "_lpt1"),
        ("..", "_"),
        ("...pdf", "pdf"),
        ("签到表.pdf. . ", "签到表.pdf"),
        ("<img src=x>.pdf", "_img src=x_.pdf"),
        ("半\ud800个.pdf", "半个.pdf"),
        ("2026年签到表（第1次）.pdf", "2026年签到表（第1次）.pdf"),
    ],
)
def test_name_keeps_nothing_that_hides_or_breaks(name: str, kept: str) -> None:
    assert plain_name(name) == kept


def test_endless_name_is_cut_and_keeps_its_end(folder: Path) -> None:
    file = keep_file(PDF, "签" * 100_000 + ".pdf", folder=folder)

    assert (len(file.name), file.name[-5:]) == (200, "签.pdf")


# --- content ---------------------------------------------------------------------------------------------------------------

CONFUSED = {
    "program as PDF": (EXE, "发票.pdf"),
    "program as Word": (EXE, "方案.docx"),
    "program as photo": (ELF, "合影.jpg"),
    "program as text": (EXE, "说明.txt"),
    "program by two endings": (EXE, "发票.pdf.exe"),
    "page as photo": (HTML, "合影.jpg"),
    "page as Word": (HTML, "方案.doc"),
    "page": (HTML, "通知.html"),
    "drawing": (SVG, "标志.svg"),
    "drawing as photo": (SVG, "标志.png"),
    "script": (b"#!/bin/sh\nrm -rf /\n", "签到.sh"),
    "web shortcut": (b"[InternetShortcut]\nURL=file:///c:/windows\n", "签到.url"),
    "page archive": (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n", "通知.mht"),
    "animation": (b"GIF89a\x01\x00\x01\x00" + SCRIPT, "动图.gif"),
    "Word with macros": (with_parts(make_docx(), {"word/vbaProject.bin": b"x"}), "方案.docx"),
    "Word that says macros": (with_parts(make_docx(), {"[Content_Types].xml": b"<Types>macroEnabled</Types>"}), "方案.docx"),
    "old Word with macros": (make_macro_doc(), "方案.doc"),
    "zip as Word": (make_zip({"a.html": HTML}), "方案.docx"),
    "Java archive as Word": (make_zip({"META-INF/MANIFEST.MF": b"", "A.class": b""}), "方案.docx"),
    "nested zips": (make_zip({"a.zip": make_nested(5, b"x")}), "方案.docx"),
    "nothing but zeros": (bytes(10_000), "合影.jpg"),
}


@pytest.mark.parametrize(("content", "name"), CONFUSED.values(), ids=CONFUSED)
def test_what_is_no_paper_and_no_photo_is_refused(folder: Path, content: bytes, name: str) -> None:
    with pytest.raises((EvidenceFormatRefused, EvidenceMisnamed)):
        keep_file(content, name, folder=folder)

    assert not folder.exists()


@pytest.mark.parametrize(("content", "name"), [(make_docx(), "方案.exe"), (PDF, "发票.html"), (make_docx(), "合影.svg")])
def test_name_that_lies_about_an_honest_file_is_corrected(content: bytes, name: str) -> None:
    assert recognize(content, name).name == f"{name}{'.pdf' if content is PDF else '.docx'}"


@pytest.mark.parametrize(("name", "content"), make_polyglots().items(), ids=make_polyglots())
def test_picture_that_is_a_page_too_is_kept_as_a_picture_alone(folder: Path, name: str, content: bytes) -> None:
    assert b"alert(" in content or b"evil.html" in content

    file = keep_file(content, name, folder=folder)

    for kept in (path for path in folder.rglob("*") if path.is_file()):
        assert b"alert(" not in kept.read_bytes()
        assert b"evil.html" not in kept.read_bytes()
    assert file.is_picture


@pytest.mark.parametrize("make", [make_huge_png, make_huge_jpeg])
def test_picture_of_50000_by_50000_is_refused_unopened(folder: Path, make: Callable[[], bytes]) -> None:
    with pytest.raises(PictureTooLarge):
        keep_file(make(), "合影.jpg", folder=folder)


# --- bombs at every door ---------------------------------------------------------------------------------------------------

LEDGER = make_xlsx([["日期", "摘要", "收入", "支出"], ["2026-01-05", "会费", 100, None]])
BOMBS: dict[str, Callable[[], bytes]] = {
    "XML in the text": lambda: with_bomb(make_docx(), "word/extra.xml", 200),
    "picture": lambda: with_bomb(make_docx(), "word/media/bomb.bin", 600),
    "lying size": make_liar,
    "nested": lambda: make_nested(8, with_bomb(make_docx(), "x.xml", 100)),
    "ten thousand parts": lambda: make_zip({f"word/{n}.xml": b"" for n in range(10_000)}),
    "file named twice": lambda: make_zip({"[Content_Types].xml": b"<Types/>"}) * 2,
    "entities in Word": lambda: with_entity(make_docx(), "word/document.xml", LAUGHS, b"&a9;"),
    "outside entity in Word": lambda: with_entity(make_docx(), "word/document.xml", XXE, b"&x;"),
    "entities in Excel": lambda: with_entity(LEDGER, "xl/worksheets/sheet1.xml", LAUGHS, b"&a9;"),
    "outside entity in Excel": lambda: with_entity(LEDGER, "xl/worksheets/sheet1.xml", XXE, b"&x;"),
    "entities in the list of parts": lambda: with_entity(make_docx(), "[Content_Types].xml", LAUGHS, b"&a9;"),
    "outside entity in relations": lambda: with_entity(make_docx(), "_rels/.rels", XXE, b"&x;"),
}
"""Packed when they are wanted: some take seconds."""
DOORS: dict[str, Callable[[bytes, Path], object]] = {
    "plan": lambda data, _folder: read_file(data, filename="plan.docx"),
    "workbook plan": lambda data, _folder: read_file(data, filename="plan.xlsx"),
    "ledger": lambda data, _folder: read_sheets(data, filename="ledger.xlsx"),
    "template": lambda data, _folder: check_template(data),
    "evidence": lambda data, folder: keep_file(data, "方案.docx", folder=folder),
}


@cache
def pack_bomb(name: str) -> bytes:
    return BOMBS[name]()


def test_word_file_that_unpacks_to_600_mib_is_refused(folder: Path) -> None:
    with pytest.raises(EvidenceMisnamed):
        keep_file(pack_bomb("picture"), "方案.docx", folder=folder)

    assert not folder.exists()


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("bomb", BOMBS)
def test_bomb_does_not_fill_the_memory(folder: Path, door: str, bomb: str) -> None:
    """Refused in a sentence, or read or kept as it is: never an error, never much memory, never a word of another file."""
    packed = pack_bomb(bomb)
    tracemalloc.start()
    try:
        outcome: object = DOORS[door](packed, folder)
    except Refusal as refusal:
        outcome = refusal
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert peak < MEMORY_LIMIT_MIB * MIB
    assert "root:" not in repr(outcome)
