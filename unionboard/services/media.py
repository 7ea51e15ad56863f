"""What a file is: its content says it, its name is only believed where several names go with one content (.doc and .wps)."""

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath, PureWindowsPath

from PIL import Image, WebPImagePlugin  # noqa: F401 - by itself Pillow knows JPEG and PNG
from pillow_heif import register_heif_opener

from unionboard.errors import Refusal
from unionboard.errors.evidence import EvidenceFormatRefused, EvidenceMisnamed, PictureTooLarge
from unionboard.models.typed_text import clean_text
from unionboard.reading.package import MIB, Package

PICTURE_LIMIT_PIXELS = 110_000_000  # the largest phones take 108 million; unpacked, this fills 330 MB for a moment
PACKAGE_LIMIT_MB = 400  # MiB of all that is in an Office file: twenty times the largest upload; a zip bomb has thousands
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_WORD, _OLE_EXCEL, _OLE_SLIDES = ("application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint")
_OOXML = "application/vnd.openxmlformats-officedocument"
_ENCRYPTED = "application/x-ole-storage"
_SUFFIXES: dict[str, tuple[str, ...]] = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "image/heif": (".heic", ".heif"),
    "application/pdf": (".pdf",),
    f"{_OOXML}.wordprocessingml.document": (".docx",),
    f"{_OOXML}.spreadsheetml.sheet": (".xlsx",),
    f"{_OOXML}.presentationml.presentation": (".pptx",),
    "application/ofd": (".ofd",),
    _OLE_WORD: (".doc", ".wps"),
    _OLE_EXCEL: (".xls", ".et"),
    _OLE_SLIDES: (".ppt", ".dps"),
    _ENCRYPTED: (".docx", ".xlsx", ".pptx"),
    "text/plain": (".txt",),
}
"""What papers and photos come as, the usual suffix first; nothing a browser or a computer would run. OFD: electronic invoices."""

_PICTURES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "HEIF": "image/heif"}
_READERS = ("JPEG", "PNG", "WEBP", "HEIF")  # a JPEG with further pictures behind it turns out to be an MPO
_KNOWN = frozenset(suffix for suffixes in _SUFFIXES.values() for suffix in suffixes)
_OLE_STREAMS = (("WordDocument", _OLE_WORD), ("Workbook", _OLE_EXCEL), ("Book", _OLE_EXCEL), ("PowerPoint Document", _OLE_SLIDES))
_FOLDERS = (("word/", ".wordprocessingml.document"), ("xl/", ".spreadsheetml.sheet"), ("ppt/", ".presentationml.presentation"))
_OLE_MACROS = ("_VBA_PROJECT", "_VBA_PROJECT_CUR")
_ENCODINGS = ("utf-8-sig", "gb18030", "utf-16")
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\n\t]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)

register_heif_opener()
Image.MAX_IMAGE_PIXELS = PICTURE_LIMIT_PIXELS


@dataclass(frozen=True, slots=True)
class Media:
    """What a file is (``media_type``), and its name with the suffix that goes with it; paths cut off."""

    media_type: str
    name: str

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


def recognize(content: bytes, name: str) -> Media:
    """Tell by ``content`` what the file called ``name`` is; a suffix that does not go with it is corrected.

    Raises: EvidenceFormatRefused (no paper or photo), EvidenceMisnamed (its name says it is one), PictureTooLarge.
    """
    plain = PurePosixPath(plain_name(name))
    suffix = plain.suffix.lower()
    media_type = _tell(content, plain.name, suffix)
    if media_type is None:
        raise EvidenceMisnamed(name=plain.name) if suffix in _KNOWN else EvidenceFormatRefused(name=plain.name)
    suffixes = _SUFFIXES[media_type]
    if suffix in suffixes:
        return Media(media_type, plain.name)
    stem = plain.stem if suffix in _KNOWN else plain.name
    return Media(media_type, f"{stem}{suffixes[0]}")


def plain_name(name: str) -> str:
    """The name of a file alone: no folders, no letters that hide what it says, none that a computer here or there does not take."""
    last = PureWindowsPath(PurePosixPath(clean_text(name)).name).name
    plain = _NOT_IN_NAMES.sub("_", last).strip(". ")
    return f"_{plain}" if _DEVICES.match(plain) or not plain else plain


def _tell(content: bytes, name: str, suffix: str) -> str | None:
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"PK\x03\x04"):
        return _tell_package(content)
    if content.startswith(_OLE):
        return _tell_ole(content, suffix)
    return _tell_picture(content, name) or _tell_text(content, suffix)


def _tell_picture(content: bytes, name: str) -> str | None:
    try:
        with Image.open(BytesIO(content), formats=_READERS) as picture:
            width, height = picture.size
            kind = _PICTURES[picture.format or ""]
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureTooLarge(name=name, limit=PICTURE_LIMIT_PIXELS // 1_000_000) from None
    except Exception:  # no picture; each format's reader has its own errors for heads that are broken
        return None
    if width * height > PICTURE_LIMIT_PIXELS:
        raise PictureTooLarge(name=name, limit=PICTURE_LIMIT_PIXELS // 1_000_000)
    return kind


def _tell_package(content: bytes) -> str | None:
    """A zip is told by the parts it lists; nothing of it is unpacked but the list of its parts' kinds, within limits."""
    try:
        package = Package(content)
        kinds = package.read("[Content_Types].xml") or b""
    except Refusal:
        return None
    if package.unpacked_bytes > PACKAGE_LIMIT_MB * MIB:
        return None
    if "OFD.xml" in package.names:
        return "application/ofd"
    if not kinds or b"macroEnabled" in kinds or any(name.endswith("vbaProject.bin") for name in package.names):
        return None
    return next((f"{_OOXML}{kind}" for folder, kind in _FOLDERS if any(name.startswith(folder) for name in package.names)), None)


def _tell_ole(content: bytes, suffix: str) -> str | None:
    """Word, Excel and PowerPoint before 2007, WPS, and anything newer under a password: by the names of the streams inside.

    With macros it is a program and no paper.
    """
    if any(f"{stream}\0".encode("utf-16-le") in content for stream in _OLE_MACROS):
        return None
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _ENCRYPTED if suffix in _SUFFIXES[_ENCRYPTED] else None
    return next((kind for stream, kind in _OLE_STREAMS if f"{stream}\0".encode("utf-16-le") in content), None)


def _tell_text(content: bytes, suffix: str) -> str | None:
    """Text is text only under its own name: a script is text too."""
    if suffix not in _SUFFIXES["text/plain"]:
        return None
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(letter >= " " or letter in "\t\r\n\f" for letter in text):
            return "text/plain"
    return None
