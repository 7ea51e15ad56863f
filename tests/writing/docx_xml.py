"""Reading a Word file's XML in tests."""

import io
import zipfile
from typing import Any

from docx.oxml.ns import qn
from lxml import etree


def find(element: Any, *tags: str) -> dict[str, str]:
    """Attributes of an element below ``element``, without their namespace."""
    for tag in tags:
        element = element.find(qn(f"w:{tag}"))
    return {name.split("}")[1]: value for name, value in element.attrib.items()}


def part(content: bytes, name: str) -> Any:
    """The root of a part of the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return etree.fromstring(file.read(name))


def texts_of(content: bytes, name: str = "word/document.xml") -> list[str]:
    """Every paragraph of a part, those in tables too."""
    return ["".join(piece.text or "" for piece in paragraph.iter(qn("w:t"))) for paragraph in part(content, name).iter(qn("w:p"))]


def names_of(content: bytes) -> list[str]:
    """The parts inside the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return file.namelist()
