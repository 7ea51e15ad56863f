"""What a file is: told by its content, whatever its name says."""

import struct
import zlib
from io import BytesIO

import pytest
from docx import Document
from openpyxl import Workbook

from tests.files import make_zip
from tests.photos import make_photo
from unionboard.errors.evidence import EvidenceFormatRefused, EvidenceMisnamed, PictureTooLarge
from unionboard.services.media import PICTURE_LIMIT_PIXELS, recognize

EXE = b"MZ\x90\x00" + bytes(60) + b"This program cannot be run in DOS mode.\r\n" + bytes(400)
PDF = b"%PDF-1.7 sign-in sheet"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def make_document() -> bytes:
    buffer = BytesIO()
    Document().save(buffer)
    return buffer.getvalue()


def make_workbook() -> bytes:
    buffer = BytesIO()
    Workbook().save(buffer)
    return buffer.getvalue()


def make_ole(stream: str) -> bytes:
    return _OLE + f"{stream}\0".encode("utf-16-le")


def make_bomb() -> bytes:
    """A PNG of a few hundred bytes that would unpack to 40,000 × 40,000 pixels."""
    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (make_photo("JPEG"), "合影.jpg", "image/jpeg"),
        (make_photo("JPEG"), "合影.JPEG", "image/jpeg"),
        (make_photo("PNG"), "截图.png", "image/png"),
        (make_photo("WEBP"), "合影.webp", "image/webp"),
        (make_photo("HEIF"), "IMG_1.HEIC", "image/heif"),
        (PDF, "发票.pdf", "application/pdf"),
        (make_document(), "方案.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (make_workbook(), "签到表.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (make_zip({"OFD.xml": "<ofd/>"}), "电子发票.ofd", "application/ofd"),
        (make_ole("WordDocument"), "通知.doc", "application/msword"),
        (make_ole("WordDocument"), "通知.wps", "application/msword"),
        (make_ole("Workbook"), "签到表.xls", "application/vnd.ms-excel"),
        (make_ole("EncryptedPackage"), "名单.xlsx", "application/x-ole-storage"),
        ("签到：何敏、许静\n".encode(), "签到.txt", "text/plain"),
        ("签到：何敏、许静\r\n".encode("gb18030"), "签到.txt", "text/plain"),
    ],
)
def test_papers_and_photos_are_told_by_their_content(content: bytes, name: str, media_type: str) -> None:
    media = recognize(content, name)

    assert (media.media_type, media.name) == (media_type, name)


@pytest.mark.parametrize(
    ("content", "name", "corrected"),
    [
        (make_photo("HEIF"), "IMG_1.jpg", "IMG_1.heic"),
        (make_photo("WEBP"), "微信图片.jpg", "微信图片.webp"),
        (make_document(), "方案.doc", "方案.docx"),
        (PDF, "签到表", "签到表.pdf"),
        (PDF, "2026.11.21签到", "2026.11.21签到.pdf"),
    ],
)
def test_suffix_that_does_not_go_with_the_content_is_corrected(content: bytes, name: str, corrected: str) -> None:
    assert recognize(content, name).name == corrected


@pytest.mark.parametrize("name", ["合影.jpg", "签到表.pdf", "方案.docx", "签到.txt"])
def test_program_under_the_name_of_a_paper_is_refused(name: str) -> None:
    with pytest.raises(EvidenceMisnamed) as refused:
        recognize(EXE, name)

    assert refused.value.facts["name"] == name


@pytest.mark.parametrize("name", ["合影.exe", "合影.jpg.exe", "合影"])
def test_program_is_refused(name: str) -> None:
    with pytest.raises(EvidenceFormatRefused):
        recognize(EXE, name)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (make_zip({"a.txt": "x"}), "方案.docx"),
        (make_zip({"[Content_Types].xml": "macroEnabled", "word/document.xml": "<w/>"}), "方案.docx"),
        (make_zip({"[Content_Types].xml": "<Types/>", "word/document.xml": "0" * 40_000_000}), "方案.docx"),
        (b"PK\x03\x04 no zip at all", "方案.docx"),
        (b"<html><script>alert(1)</script></html>", "签到表.xls"),
    ],
    ids=["a zip with a text", "macros", "a zip bomb", "no zip", "a web page"],
)
def test_what_only_looks_like_an_office_file_is_refused(content: bytes, name: str) -> None:
    with pytest.raises(EvidenceMisnamed):
        recognize(content, name)


def test_script_is_no_text() -> None:
    with pytest.raises(EvidenceFormatRefused):
        recognize(b"@echo off\r\ndel *.*\r\n", "签到.bat")


def test_picture_that_would_fill_the_memory_is_refused_unopened() -> None:
    with pytest.raises(PictureTooLarge) as refused:
        recognize(make_bomb(), "合影.png")

    assert refused.value.facts == {"name": "合影.png", "limit": PICTURE_LIMIT_PIXELS // 1_000_000}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_picture_of_which_only_the_head_came_is_refused(kind: str) -> None:
    with pytest.raises(EvidenceMisnamed):
        recognize(make_photo(kind)[:14], "合影.jpg")
