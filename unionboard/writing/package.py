"""Office files of the same content are the same bytes: no clock of the machine stays in them."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_CORE = "docProps/core.xml"
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
_UNIX = 3


def settle_package(content: bytes, *, as_of: date) -> bytes:
    """An .xlsx or .docx with the moments of its making set to ``as_of``, its parts in their order."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == _CORE:
                part = _STAMP.sub(rb"\g<1>" + f"{as_of.isoformat()}T00:00:00Z".encode() + rb"\g<3>", part)
            new.writestr(part_of(name, as_of=as_of), part)
    return buffer.getvalue()


def part_of(name: str, *, as_of: date, is_packed: bool = False) -> ZipInfo:
    """A part of an archive as of midnight of a day; ``is_packed``: what cannot be made smaller is stored as it is."""
    info = ZipInfo(name, (max(as_of.year, 1980), as_of.month, as_of.day, 0, 0, 0))
    info.compress_type = ZIP_STORED if is_packed else ZIP_DEFLATED
    info.create_system, info.external_attr = _UNIX, 0o644 << 16
    return info
