"""Files somebody hostile uploads."""

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from docx import Document
from openpyxl import Workbook
from PIL import Image, PngImagePlugin

from tests.files import make_zip

EXE = b"MZ\x90\x00" + bytes(60) + b"This program cannot be run in DOS mode.\r\n" + bytes(400)
ELF = b"\x7fELF\x02\x01\x01" + bytes(500)
SCRIPT = b"<script>alert(document.cookie)</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
HTML = b"<!doctype html><html><body onload=alert(1)>" + SCRIPT + b"</body></html>"
XXE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = b'<!DOCTYPE a [<!ENTITY a0 "ha">' + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)) + b"]>"
MIB = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def make_docx(text: str = "一、三月开展插花活动。") -> bytes:
    """An honest Word file."""
    buffer, file = BytesIO(), Document()
    file.add_paragraph(text)
    file.save(buffer)
    return buffer.getvalue()


def make_xlsx(rows: list[list[object]]) -> bytes:
    """An honest workbook."""
    buffer, book = BytesIO(), Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(buffer)
    return buffer.getvalue()


def with_parts(package: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The same Office file with parts changed or added."""
    with zipfile.ZipFile(BytesIO(package)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    return make_zip(parts | dict(changed))


def with_entity(package: bytes, part: str, declared: bytes, entity: bytes) -> bytes:
    """The same Office file with a document type before the root of ``part``, and an entity in its text."""
    with zipfile.ZipFile(BytesIO(package)) as old:
        xml = old.read(part)
    head, _, body = xml.rpartition(b"?>")
    first = body.lstrip().find(b">") + 1
    return with_parts(package, {part: head + b"?>" + declared + body.lstrip()[:first] + entity + body.lstrip()[first:]})


def with_bomb(package: bytes, name: str, mib: int) -> bytes:
    """The same Office file with a part of ``mib`` MiB that takes next to no room."""
    buffer = BytesIO(package)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as grown, grown.open(name, "w", force_zip64=True) as part:
        for _ in range(mib):
            part.write(bytes(MIB))
    return buffer.getvalue()


def make_nested(depth: int, inside: bytes) -> bytes:
    """A zip in a zip in a zip …, under the name of a Word file's text."""
    for _ in range(depth):
        inside = make_zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": inside, "nested.docx": inside})
    return inside


def make_liar() -> bytes:
    """A Word file whose list says that its text has a hundred bytes; it has a hundred MiB."""
    bomb = with_bomb(make_zip({"[Content_Types].xml": b"<Types/>"}), "word/document.xml", 100)
    size = struct.pack("<I", 100 * MIB)
    return bomb.replace(size, struct.pack("<I", 100))


def make_macro_doc() -> bytes:
    """A .doc as Word kept macros before 2007."""
    return _OLE + "".join(f"{stream}\0" for stream in ("WordDocument", "Macros", "_VBA_PROJECT")).encode("utf-16-le")


def make_huge_png(side: int = 50_000) -> bytes:
    """A PNG of a few hundred bytes that would unpack to ``side`` × ``side`` points."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )


def make_huge_jpeg(side: int = 50_000) -> bytes:
    """A JPEG whose head promises ``side`` × ``side`` points."""
    buffer = BytesIO()
    Image.new("RGB", (64, 64), "red").save(buffer, "JPEG")
    whole = buffer.getvalue()
    at = whole.index(b"\xff\xc0") + 5
    return whole[:at] + struct.pack(">HH", side, side) + whole[at + 4 :]


def make_polyglots() -> dict[str, bytes]:
    """Pictures that are pages too: the script in a comment, in notes, in a text part, behind the end."""
    plain = Image.new("RGB", (64, 64), "red")
    jpeg, png, webp = BytesIO(), BytesIO(), BytesIO()
    plain.save(jpeg, "JPEG", comment=SCRIPT)
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SCRIPT.decode())
    notes.add_itxt("XML:com.adobe.xmp", HTML.decode())
    plain.save(png, "PNG", pnginfo=notes)
    plain.save(webp, "WEBP", xmp=HTML)
    exif = Image.Exif()
    exif[0x010E] = SCRIPT.decode()
    noted = BytesIO()
    plain.save(noted, "JPEG", exif=exif.tobytes())
    return {
        "comment.jpg": jpeg.getvalue(),
        "notes.jpg": noted.getvalue(),
        "behind.jpg": jpeg.getvalue() + HTML,
        "text.png": png.getvalue(),
        "behind.png": png.getvalue() + HTML,
        "xmp.webp": webp.getvalue(),
        "behind.webp": webp.getvalue() + HTML,
        "zip-behind.jpg": jpeg.getvalue() + make_zip({"evil.html": HTML}),
    }
