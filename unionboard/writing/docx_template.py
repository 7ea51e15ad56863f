"""Filling a Word template that somebody else made, with docxtpl: what is dangerous or broken is refused, and the refusal says where.

A template may name places, loop and choose; nothing else of Jinja. It runs in Jinja's sandbox, with no functions and no filters.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from docx import Document
from docx.document import Document as DocumentFile
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from unionboard.config import UPLOAD_LIMIT_MB
from unionboard.errors import Refusal
from unionboard.errors.exports import (
    TemplateBroken,
    TemplateEmpty,
    TemplateNotWord,
    TemplatePlaceUnknown,
    TemplateRefused,
    TemplateStrange,
    TemplateTagRefused,
    TemplateTagUnclosed,
    TemplateTooLarge,
    TemplateWithLinks,
    TemplateWithMacros,
    TemplateWithObjects,
)
from unionboard.reading.package import MIB, Package, unpack

_UNPACKED_LIMIT, _PART_LIMIT, _TAG_LIMIT, _DEPTH_LIMIT = 3 * UPLOAD_LIMIT_MB * MIB, MIB, 300, 3
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.For,
    nodes.If,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
)
_OF_LOOPS = frozenset({"index", "first", "last", "length"})
_FETCHING = re.compile(r"\b(INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|LINK|IMPORT|DATABASE|RD|MACROBUTTON)\b", re.IGNORECASE)
_OPENED, _TAGS = re.compile(r"\{\{|\{%|\{#"), re.compile(r"<[^>]*>")
_CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_WORDS = 60


def fill(template: bytes, places: Mapping[str, Any], *, attributes: frozenset[str]) -> tuple[DocumentFile, frozenset[str]]:
    """The document with its places filled, and which of them it names.

    ``places``: text, or lists of mappings whose keys are ``attributes``.

    Raises: a TemplateRefused that says why, ProtectedDocument.
    """
    check_package(template)
    sandbox, filled = _Sandbox(frozenset(places), attributes), io.BytesIO()
    with refuse_strangeness():
        document = _Filled(io.BytesIO(_with_plain_braces(template)))
        document.render(dict(places), sandbox, autoescape=True)
        document.docx.save(filled)
        file = Document(filled)  # as Word will open it
        _check_shape(file)
    return file, frozenset(sandbox.named)


@contextmanager
def refuse_strangeness() -> Iterator[None]:
    """Whatever a strange document does to the libraries that fill it becomes a refusal. Raises: TemplateBroken, TemplateStrange."""
    try:
        yield
    except Refusal:
        raise
    except TemplateSyntaxError as error:
        raise TemplateBroken(where=_line(error.source or "", error.lineno)) from error
    except Exception as error:  # python-docx and docxtpl have no errors of their own: it may be of any kind
        raise TemplateStrange from error


def open_package(template: bytes, *, main: str, otherwise: type[TemplateRefused]) -> Package:
    """An Office file with the part ``main`` that may be opened: no macros, no objects, nothing from elsewhere, no bomb.

    Raises: ``otherwise`` when it is none, another TemplateRefused, ProtectedDocument.
    """
    if not template:
        raise TemplateEmpty
    if len(template) > UPLOAD_LIMIT_MB * MIB:
        raise TemplateTooLarge(limit_mb=UPLOAD_LIMIT_MB)
    names = _names(template, otherwise)
    if main not in names:
        raise otherwise
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise TemplateWithMacros
    if any("/embeddings/" in name or "/activex/" in name.lower() or "afchunk" in name.lower() for name in names):
        raise TemplateWithObjects
    package = Package(template)
    for name in names:
        if name.endswith(".rels"):
            _check_relations(parse_part(package.read(name) or b"", otherwise))
    return package


def check_package(template: bytes) -> None:
    """Whether it is a Word file that may be opened at all: no macros, nothing fetched from elsewhere, no bomb. Raises: TemplateRefused."""
    package = open_package(template, main="word/document.xml", otherwise=TemplateNotWord)
    for name in package.names:
        if not name.endswith(".rels") and name.startswith("word/") and name.endswith(".xml"):
            _check_part(package.read(name) or b"", is_filled=name.split("/")[1].startswith(("document", "header", "footer", "footnotes")))


def _names(template: bytes, otherwise: type[TemplateRefused]) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as file:
            entries = file.infolist()
    except Exception:  # zipfile and struct each have their own errors for broken archives
        raise otherwise from None
    if sum(entry.file_size for entry in entries) > _UNPACKED_LIMIT:
        raise TemplateTooLarge(limit_mb=UPLOAD_LIMIT_MB)
    return [entry.filename for entry in entries]


def _check_relations(root: Any) -> None:
    for relation in root:
        kind = str(relation.get("Type", "")).rsplit("/", 1)[-1]
        if relation.get("TargetMode") == "External" and kind != "hyperlink":
            raise TemplateWithLinks
        if kind in {"aFChunk", "oleObject", "package", "control"}:
            raise TemplateWithObjects


def _check_part(content: bytes, *, is_filled: bool) -> None:
    root = parse_part(content, TemplateNotWord)
    for paragraph in root.iter(qn("w:p")):
        code = "".join(piece.text or "" for piece in paragraph.iter(qn("w:instrText")))
        fields = [str(field.get(qn("w:instr"))) for field in paragraph.iter(qn("w:fldSimple"))]
        if _FETCHING.search(" ".join([code, *fields])):
            raise TemplateWithLinks
    if is_filled:
        if len(content) > _PART_LIMIT:
            raise TemplateTooLarge(limit_mb=UPLOAD_LIMIT_MB)
        _check_tags(root)


def _check_tags(root: Any) -> None:
    """Every tag is closed in its own paragraph, and there are not so many that filling takes long."""
    count = 0
    for paragraph in root.iter(qn("w:p")):
        text = "".join(piece.text or "" for piece in paragraph.iter(qn("w:t")))
        text = text.replace("｛｛", "{{").replace("｝｝", "}}")
        place = 0
        while found := _OPENED.search(text, place):
            closer = text.find(_CLOSERS[found.group()], found.end())
            if closer < 0 or _OPENED.search(text, found.end(), closer):
                raise TemplateTagUnclosed(where=text[found.start() : found.start() + _WORDS])
            place, count = closer + 2, count + 1
    if count > _TAG_LIMIT:
        raise TemplateTooLarge(limit_mb=UPLOAD_LIMIT_MB)


def parse_part(content: bytes, otherwise: type[TemplateRefused]) -> Any:
    """The root of a part of a template. Raises: ``otherwise`` when it is no XML."""
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        raise otherwise from None


def _with_plain_braces(template: bytes) -> bytes:
    """｛｛ and ｝｝, as a Chinese keyboard types them, as the braces that are meant."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys(old.namelist()):
            content = unpack(old, old.getinfo(name))
            if name.startswith("word/") and name.endswith(".xml"):
                content = content.replace("｛｛".encode(), b"{{").replace("｝｝".encode(), b"}}")
            new.writestr(name, content)
    return buffer.getvalue()


class _Filled(DocxTemplate):  # type: ignore[misc]  # it comes without types
    """docxtpl mends broken XML silently and Word then shows a damaged file; here it is refused."""

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        made: str = super().render_xml_part(src_xml, part, context, jinja_env)
        try:
            etree.fromstring(made.encode())
        except etree.XMLSyntaxError as error:
            offset = error.position[1] or 0
            raise TemplateBroken(where=_plain(made[max(0, offset - 400) : offset + 100])) from error
        return made


class _Sandbox(SandboxedEnvironment):
    """Places, ``for`` and ``if``: what else a template says is refused before it runs."""

    def __init__(self, places: frozenset[str], attributes: frozenset[str]) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()
        self.named: set[str] = set()
        self._places, self._attributes = places, attributes | _OF_LOOPS

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        own = {target.name for loop in tree.find_all(nodes.For) for target in loop.target.find_all(nodes.Name)}
        own |= {loop.target.name for loop in tree.find_all(nodes.For) if isinstance(loop.target, nodes.Name)}
        for node in _walk(tree):
            if not isinstance(node, _ALLOWED):
                raise TemplateTagRefused(where=_line(source, node.lineno))
            if isinstance(node, nodes.Getattr) and node.attr not in self._attributes:
                raise TemplatePlaceUnknown(place=node.attr, where=_line(source, node.lineno))
            if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in self._places | own | {"loop"}:
                raise TemplatePlaceUnknown(place=node.name, where=_line(source, node.lineno))
            if isinstance(node, nodes.Name):
                self.named.add(node.name)
        if _depth(tree) > _DEPTH_LIMIT:
            raise TemplateTagRefused(where=_line(source, next(tree.find_all(nodes.For)).lineno))
        return tree


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _depth(node: nodes.Node) -> int:
    below = max((_depth(child) for child in node.iter_child_nodes()), default=0)
    return below + isinstance(node, nodes.For)


def _line(source: str, number: int) -> str:
    """The words of a line of the template's XML; docxtpl begins one with every paragraph."""
    lines = source.splitlines()
    return _plain(lines[number - 1]) if 0 < number <= len(lines) else ""


def _plain(xml: str) -> str:
    text = _TAGS.sub("", re.sub(r"^[^<]*>", "", xml)).strip()
    place = _OPENED.search(text)
    start = max(0, place.start() - 10) if place else 0
    return text[start : start + _WORDS]


def _check_shape(document: Any) -> None:
    """What Word cannot open although it is XML: cells without a paragraph, rows without a cell, tables without a row, text in text."""
    parts = [rel.target_part for rel in document.part.rels.values() if rel.reltype.rsplit("/", 1)[-1] in {"header", "footer"}]
    roots = [document.element, *(part.element for part in parts)]
    needed = {qn("w:tc"): (qn("w:p"), qn("w:tbl")), qn("w:tr"): (qn("w:tc"), qn("w:sdt")), qn("w:tbl"): (qn("w:tr"), qn("w:sdt"))}
    nested = {qn("w:p"): {qn("w:p"), qn("w:r")}, qn("w:r"): {qn("w:r"), qn("w:t")}}
    for root in roots:
        for tag, children in needed.items():
            for found in root.iter(tag):
                if not any(child.tag in children for child in found):
                    raise TemplateBroken(where=_plain("".join(found.getparent().itertext())))
        for tag, parents in nested.items():
            for found in root.iter(tag):
                if found.getparent() is not None and found.getparent().tag in parents:
                    raise TemplateBroken(where=_plain("".join(found.itertext())))
