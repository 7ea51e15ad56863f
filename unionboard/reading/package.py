"""An Office package (.docx, .xlsx): a zip of XML parts, opened within limits so that no file fills the memory.

Only XML parts are ever unpacked: no pictures, no macros, no embedded files. Strict Open XML (ISO/IEC 29500 strict, a choice under
«Save as») differs in its namespaces; they are read as the usual ones.
"""

import posixpath
import re
import zipfile
from io import BytesIO

from lxml import etree

from unionboard.errors.documents import DamagedDocument, DocumentTooLarge, ProtectedDocument, TextTooLarge

PART_LIMIT_MB = 8  # MiB of one part: parsed, it takes twenty times as much memory
UNPACKED_LIMIT_MB = 32  # MiB of XML inside the file: a plan has less than one; a zip bomb has thousands
_ENTRIES_LIMIT = 2000  # parts; a long book with a picture on every page has some hundreds
_CENTRAL_ENTRY = b"PK\x01\x02"
_XML = (".xml", ".rels")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what Office writes; the others may ask for any amount of memory
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
MIB = 1024 * 1024


class Package:
    """The XML parts of the file by name.

    Raises: DamagedDocument for what is no zip, DocumentTooLarge for more than ``UNPACKED_LIMIT_MB`` MiB of XML or too many parts,
    ProtectedDocument for encrypted parts.
    """

    def __init__(self, data: bytes) -> None:
        if data.count(_CENTRAL_ENTRY) > _ENTRIES_LIMIT:  # before zipfile makes an object of each
            raise DocumentTooLarge(limit_mb=UNPACKED_LIMIT_MB)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except Exception as error:  # zipfile and struct each have their own errors for broken archives
            raise DamagedDocument from error
        entries = self._zip.infolist()
        self.names = [entry.filename for entry in entries]
        self.unpacked_bytes = sum(entry.file_size for entry in entries)
        self._parts = {entry.filename: entry for entry in entries if entry.filename.endswith(_XML)}
        if any(entry.flag_bits & 1 for entry in entries):
            raise ProtectedDocument
        # ``unpack`` takes no more of a part than it says here, and an entry named twice is read once
        if sum(entry.file_size for entry in self._parts.values()) > UNPACKED_LIMIT_MB * MIB:
            raise DocumentTooLarge(limit_mb=UNPACKED_LIMIT_MB)

    def read(self, name: str) -> bytes | None:
        """The bytes of the XML part ``name``; None when there is none. Raises: DamagedDocument, TextTooLarge."""
        entry = self._parts.get(name)
        if entry is None:
            return None
        if entry.file_size > PART_LIMIT_MB * MIB and not name.startswith("xl/worksheets/"):  # those are read row by row
            raise TextTooLarge(limit_mb=PART_LIMIT_MB)
        if entry.compress_type not in _METHODS:
            raise DamagedDocument
        try:
            data = unpack(self._zip, entry)
        except Exception as error:  # wrong check sums, sizes that lie, streams that break off
            raise DamagedDocument from error
        return _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)

    def parse(self, name: str) -> etree._Element | None:
        """The root of the XML part ``name``; None when there is none. Raises: DamagedDocument."""
        data = self.read(name)
        return None if data is None else parse_xml(data)

    def related(self, part: str, kind: str) -> str | None:
        """The name of the first part related to ``part`` (empty for the package itself) as ``kind``, e.g. styles; None when none is."""
        folder, name = posixpath.split(part)
        try:
            root = self.parse(posixpath.join(folder, "_rels", f"{name}.rels"))
        except DamagedDocument:
            return None
        for relation in () if root is None else root.iterchildren(_RELATION):
            if relation.get("Type", "").endswith(f"/{kind}"):
                return posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        return None

    def slim_copy(self) -> BytesIO:
        """The package with its XML parts alone, for a library that would unpack everything. Raises: DamagedDocument."""
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w") as copy:
            for name in self._parts:
                copy.writestr(name, self.read(name) or b"")
        stream.seek(0)
        return stream


def unpack(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """A part, never more than the size it is listed with: ``ZipFile.read`` unpacks whatever there is before it looks at that.

    Raises: what zipfile raises, BadZipFile when the size was a lie.
    """
    with package.open(entry) as part:
        return part.read(entry.file_size)


def parse_xml(data: bytes) -> etree._Element:
    """The root element. No entity is resolved, no file or address opened; deeper than 256 levels is refused by the parser.

    Raises: DamagedDocument.
    """
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedDocument from error
