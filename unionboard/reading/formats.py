"""Which format a file is in: its first bytes say it, before its name. What is not read is refused with the way by which it can be."""

import re

from unionboard.errors import Refusal
from unionboard.errors.documents import (
    ArchiveNotRead,
    DamagedDocument,
    FormatNotRead,
    MacrosNotRead,
    NotAnOfficeFile,
    OldDocumentNotRead,
    OldWorkbookNotRead,
    PagesNotRead,
    ProtectedDocument,
    WebArchiveNotRead,
)
from unionboard.reading.package import Package

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word and Excel before 2007, WPS, and anything encrypted with a password
_REFUSED: dict[type[FormatNotRead], tuple[str, ...]] = {
    OldDocumentNotRead: (".doc", ".wps", ".wpt", ".rtf", ".odt", ".dot", ".uot", ".xml"),
    OldWorkbookNotRead: (".xls", ".et", ".ett", ".ods", ".xlsb", ".uos"),
    MacrosNotRead: (".docm", ".xlsm", ".dotm", ".xltm"),
    PagesNotRead: (".pdf", ".ofd", ".caj", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".heic", ".heif", ".svg"),
    ArchiveNotRead: (".zip", ".rar", ".7z", ".gz", ".tar", ".bz2", ".xz"),
    WebArchiveNotRead: (".mht", ".mhtml"),
    FormatNotRead: (".ppt", ".pptx", ".dps", ".pptm", ".pages", ".numbers", ".key"),
}
_KIND = {suffix: kind for kind, suffixes in _REFUSED.items() for suffix in suffixes}
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", ".pdf"),
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", ".gif"),
    (b"II*\x00", ".tif"),
    (b"MM\x00*", ".tif"),
    (b"Rar!", ".rar"),
    (b"7z\xbc\xaf", ".7z"),
    (b"\x1f\x8b\x08", ".gz"),
)
_WEB_ARCHIVE = re.compile(rb"\s*(?:From: <Saved by|MIME-Version:|Subject:|Snapshot-Content-Location:)", re.IGNORECASE)
_OFFICE_XML = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?<\?xml.{0,600}?(?:mso-application|<w:wordDocument|<pkg:package|office:spreadsheet)", re.DOTALL
)
_PACKAGES = (".docx", ".xlsx")
_MACRO_PARTS = ("word/vbaProject.bin", "xl/vbaProject.bin")


def find_format(data: bytes, suffix: str) -> str:
    """``.docx``, ``.xlsx``, or an empty string for text of any kind (``suffix``, in lower case, is the name's).

    Raises: FormatNotRead, ProtectedDocument, DamagedDocument, NotAnOfficeFile, DocumentTooLarge.
    """
    if data.startswith(_ZIP):
        return _package_format(data, suffix)
    if data.startswith(_OLE):
        raise _old_format(data, suffix)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise _refusal(kind)
    if _WEB_ARCHIVE.match(data) and (suffix in _REFUSED[WebArchiveNotRead] or b"multipart/related" in data[:4096]):
        raise _refusal(".mht")
    if _OFFICE_XML.match(data):
        raise _refusal(".xml")
    if suffix in _PACKAGES:
        raise DamagedDocument
    if suffix in _KIND and not _is_saved_page(data, suffix):
        raise _refusal(suffix)
    return ""


def _refusal(suffix: str) -> FormatNotRead:
    return _KIND[suffix](suffix=suffix)


def _is_saved_page(data: bytes, suffix: str) -> bool:
    """Whether a .doc or .xls is in truth a web page, as many school and office systems export them."""
    return suffix in (".doc", ".xls", ".wps", ".et") and b"<html" in data[:1024].lower()


def _package_format(data: bytes, suffix: str) -> str:
    package = Package(data)
    kinds = package.read("[Content_Types].xml")
    if kinds is None:
        raise NotAnOfficeFile(suffix=suffix) if suffix in _PACKAGES else _refusal(suffix if suffix in _KIND else ".zip")
    if b"macroEnabled" in kinds or any(part in package.names for part in _MACRO_PARTS):
        raise _refusal(suffix if _KIND.get(suffix) is MacrosNotRead else ".xlsm" if "xl/workbook.xml" in package.names else ".docm")
    if b"sheet.binary" in kinds:
        raise _refusal(".xlsb")
    for folder, kind in (("word/", ".docx"), ("xl/", ".xlsx")):
        if any(name.startswith(folder) for name in package.names):
            return kind
    raise NotAnOfficeFile(suffix=suffix) if suffix in _PACKAGES else _refusal(suffix if suffix in _KIND else ".zip")


def _old_format(data: bytes, suffix: str) -> Refusal:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ProtectedDocument()
    return _refusal(suffix if suffix in _KIND else ".xls" if "Workbook".encode("utf-16-le") in data else ".doc")
