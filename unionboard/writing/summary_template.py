"""The summary on the union's own template: a Word file with named places such as {{ 正文 }}, filled by docxtpl.

Places have a Chinese and an English name; both work in every template. A place for text takes the look of the paragraph it stands in,
once for each paragraph; headings are set in 黑体 and 楷体 and stand in Word's outline.
"""

import io
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from docx.document import Document as DocumentFile
from docx.oxml.ns import qn

from unionboard.drafting.document import Level, Paragraph, SummaryDocument
from unionboard.errors.exports import TemplateStrange, TemplateWithoutText
from unionboard.writing.document import Paper, append_annex, append_table
from unionboard.writing.docx_table import printable
from unionboard.writing.docx_template import fill, refuse_strangeness
from unionboard.writing.fund_words import FundWords
from unionboard.writing.package import settle_package
from unionboard.writing.page_format import (
    HEITI,
    KAITI,
    LATIN,
    WIDTH_TWIPS,
    add_annex_styles,
    add_table_style,
    describe,
    element,
    fonts,
    set_indent,
)
from unionboard.writing.summary_annexes import Annex, label_of
from unionboard.writing.title_lines import break_title

_OPEN, _CLOSE = "\ue000", "\ue001"  # private letters: no text of people holds them
_OUTLINE = {Level.FIRST: 0, Level.SECOND: 1, Level.THIRD: 2, Level.FOURTH: 3}
_FACES = {Level.FIRST: HEITI, Level.SECOND: KAITI}
_TEXT_PLACES = {"正文", "body", "各节", "parts"}
_ATTRIBUTES = frozenset({"标题", "heading", "内容", "text"})
_BODY = 2  # in list_places
_SAMPLE = SummaryDocument(
    title="年度工作总结",
    paragraphs=(Paragraph("导语。"), *(Paragraph(text, level) for text in "一二三" for level in (Level.FIRST, Level.BODY))),
    signature=("工会", "2026年12月31日"),
    author="工会",
    as_of=date(2026, 12, 31),
    language="zh_CN",
)
_SAMPLE_ANNEX = Annex("附件", ("序号", "名称"), (("1", "一"),), (1, 3), "cl")


@dataclass(frozen=True, slots=True)
class Place:
    """A place a template may name, and what stands there (translated)."""

    name: str
    told: str


def fill_template(template: bytes, document: SummaryDocument, *, annexes: Sequence[Annex] = ()) -> bytes:
    """The union's own .docx with its places filled; the annexes follow on pages of their own.

    Raises: TemplateRefused (one class a reason, saying where), ProtectedDocument.
    """
    passages = _Passages()
    file, named = fill(template, _places(document, annexes, passages), attributes=_ATTRIBUTES)
    if not named & _TEXT_PLACES:
        raise TemplateWithoutText(place=list_places(document.language)[_BODY].name)
    buffer = io.BytesIO()
    with refuse_strangeness():
        passages.expand(file)
        _append(file, annexes, document.language)
        describe(file, title=_clean(document.title), author=_clean(document.author), as_of=document.as_of, language=document.language)
        file.save(buffer)
    return settle_package(buffer.getvalue(), as_of=document.as_of)


def _append(file: DocumentFile, annexes: Sequence[Annex], language: str) -> None:
    """The annexes, each on a page of its own, as wide as the template's text."""
    latin, width = LATIN if language == "en" else None, _type_width(file)
    if annexes:
        add_table_style(file, latin)
        add_annex_styles(file, latin)
    for number, annex in enumerate(annexes, start=1):
        append_annex(file, label_of(number, len(annexes), language), annex.title, latin)
        append_table(file, annex.headings, annex.rows, annex.widths, latin=latin, aligned=annex.aligned, whole=width)


def check_template(template: bytes) -> None:
    """Whether a summary can be written on it. Raises: TemplateRefused (one class a reason, saying where), ProtectedDocument."""
    fill_template(template, _SAMPLE, annexes=(_SAMPLE_ANNEX,))


def list_places(language: str) -> tuple[Place, ...]:
    """All places by the names of ``language``, as they are typed in Word."""
    words = FundWords(language)
    zh = language != "en"
    return (
        Place("{{ 标题 }}" if zh else "{{ title }}", words.t("the summary’s title")),
        Place("{{ 单位 }}" if zh else "{{ union }}", words.t("the union’s name")),
        Place("{{ 正文 }}" if zh else "{{ body }}", words.t("the whole text with its headings")),
        Place("{{ 附件说明 }}" if zh else "{{ attachments }}", words.t("the names of what is attached, if anything is")),
        Place("{{ 落款 }}" if zh else "{{ signature }}", words.t("the union at the end")),
        Place("{{ 日期 }}" if zh else "{{ date }}", words.t("the day at the end")),
        Place("{{ 截止日期 }}" if zh else "{{ as_of }}", words.t("the day up to which records count")),
        Place("{{ 导语 }}" if zh else "{{ lead }}", words.t("only what stands above the first heading")),
        Place(
            "{%p for 节 in 各节 %} {{ 节.标题 }} {{ 节.内容 }} {%p endfor %}"
            if zh
            else "{%p for part in parts %} {{ part.heading }} {{ part.text }} {%p endfor %}",
            words.t("part by part, each of the four on a line of its own"),
        ),
    )


def write_sample_template(language: str) -> bytes:
    """A ready template on the official page: to be changed in Word."""
    zh, paper = language != "en", Paper(language)
    paper.add_title("{{ 标题 }}" if zh else "{{ title }}")
    for text in ("{{ 正文 }}", "{{ 附件说明 }}") if zh else ("{{ body }}", "{{ attachments }}"):
        paper.add_paragraph(text)
    paper.add_signature(("{{ 落款 }}", "{{ 日期 }}") if zh else ("{{ signature }}", "{{ date }}"))
    for paragraph in paper.file.paragraphs[-2:]:
        set_indent(paragraph._p.get_or_add_pPr(), right=2)
    title = FundWords(language).t("Template of the summary")
    day = _SAMPLE.as_of
    return settle_package(paper.to_bytes(title=title, author="", as_of=day), as_of=day)


def _places(document: SummaryDocument, annexes: Sequence[Annex], passages: "_Passages") -> Mapping[str, Any]:
    """What stands in each place, by both of its names."""
    lead: list[Paragraph] = []
    parts: list[tuple[str, list[Paragraph]]] = []
    for paragraph in document.paragraphs:
        if paragraph.level is Level.FIRST:
            parts.append((paragraph.text, []))
        else:
            (parts[-1][1] if parts else lead).append(paragraph)
    union, day = (*document.signature, "", "")[:2]
    told = [
        {"标题": _clean(heading), "heading": _clean(heading), "内容": (text := passages.hold(inside)), "text": text}
        for heading, inside in parts
    ]
    words = FundWords(document.language)
    values = {
        ("标题", "title"): break_title(_clean(document.title)),
        ("单位", "union"): _clean(document.author),
        ("正文", "body"): passages.hold(document.paragraphs),
        ("导语", "lead"): passages.hold(lead),
        ("各节", "parts"): told,
        ("附件说明", "attachments"): passages.hold([Paragraph(text) for text in _attachments(annexes, document.language)]),
        ("落款", "signature"): _clean(union),
        ("日期", "date"): _clean(day),
        ("截止日期", "as_of"): words.day(document.as_of),
    }
    return {name: value for names, value in values.items() for name in names}


def _attachments(annexes: Sequence[Annex], language: str) -> list[str]:
    colon = ": " if language == "en" else "："
    return [f"{label_of(number, len(annexes), language)}{colon}{annex.title}" for number, annex in enumerate(annexes, start=1)]


class _Nothing(str):
    """The mark of an empty text: its paragraph is taken out."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


class _Passages:
    """Texts of several paragraphs: the template gets a mark for each, then the paragraphs are set where the mark stands, one by one."""

    def __init__(self) -> None:
        self._held: list[Sequence[Paragraph]] = []

    def hold(self, paragraphs: Sequence[Paragraph]) -> str:
        """The mark of a text; to ``if`` that of an empty text is nothing."""
        self._held.append([Paragraph(_clean(paragraph.text), paragraph.level) for paragraph in paragraphs])
        mark = f"{_OPEN}{len(self._held) - 1}{_CLOSE}"
        return mark if paragraphs else _Nothing(mark)

    def expand(self, file: DocumentFile) -> None:
        """Put every text where its mark stands, in heads and feet too."""
        headed = [rel.target_part.element for rel in file.part.rels.values() if rel.reltype.rsplit("/", 1)[-1] in {"header", "footer"}]
        for root in (file.element, *headed):
            for piece in [piece for piece in root.iter(qn("w:t")) if _OPEN in (piece.text or "")]:
                self._set(piece)
            if any(_OPEN in value for found in root.iter() for value in found.attrib.values()):
                raise TemplateStrange  # a place where no text can stand

    def _set(self, piece: Any) -> None:
        """``piece`` is the w:t with the mark: its paragraph is repeated for each paragraph of the text."""
        before, rest = piece.text.split(_OPEN, 1)
        number, after = rest.split(_CLOSE, 1)
        paragraphs = self._held[int(number)]
        own = next(ancestor for ancestor in piece.iterancestors(qn("w:p")))
        if not paragraphs:
            piece.text = before + after
            _drop_empty(own)
            return
        place = list(own.iter(qn("w:t"))).index(piece)
        for index, paragraph in enumerate(paragraphs):
            is_first, is_last = index == 0, index == len(paragraphs) - 1
            made = own if is_last else deepcopy(own)
            text = list(made.iter(qn("w:t")))[place]
            text.text = before * is_first + paragraph.text + after * is_last
            text.set(qn("xml:space"), "preserve")
            _set_face(made, text.getparent(), paragraph.level)
            if not is_first:
                _strip(made, before=text.getparent())
            if not is_last:
                _strip(made, after=text.getparent())
                own.addprevious(made)


def _set_face(paragraph: Any, run: Any, level: Level) -> None:
    """A heading's typeface and its place in the outline; body text stays as the template has it."""
    if level not in _OUTLINE:
        return
    shape = paragraph.get_or_add_pPr()
    for old in [child for child in shape if child.tag == qn("w:outlineLvl")]:
        shape.remove(old)
    outline = element("outlineLvl", {"val": _OUTLINE[level]})
    shape.insert_element_before(outline, "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange")
    if level in _FACES:
        properties = run.get_or_add_rPr()
        for old in [child for child in properties if child.tag == qn("w:rFonts")]:
            properties.remove(old)
        properties.insert(0, fonts(_FACES[level], None))


def _drop_empty(paragraph: Any) -> None:
    """Take out a paragraph with nothing in it, unless a cell would be left without any or a section ends with it."""
    is_empty = not "".join(paragraph.itertext()).strip() and not list(
        paragraph.iter(qn("w:drawing"), qn("w:pict"), qn("w:br"), qn("w:sectPr"))
    )
    if is_empty and len(list(paragraph.getparent().iterchildren(qn("w:p")))) > 1:
        paragraph.getparent().remove(paragraph)


def _strip(paragraph: Any, *, before: Any = None, after: Any = None) -> None:
    """Without what stands in a paragraph before or after a run, so that a picture or a page break is not repeated with it."""
    for child in list(before.itersiblings(preceding=True) if before is not None else after.itersiblings()):
        if child.tag != qn("w:pPr"):
            paragraph.remove(child)
    if after is not None and paragraph.pPr is not None:
        for old in [child for child in paragraph.pPr if child.tag == qn("w:sectPr")]:
            paragraph.pPr.remove(old)


def _type_width(file: DocumentFile) -> int:
    """How wide the text of the last section is, in twips."""
    section = file.sections[-1]
    lengths = [section.page_width, section.left_margin, section.right_margin]
    page, left, right = (int(length.twips) if length is not None else 0 for length in lengths)
    return page - left - right if page - left - right > 0 else WIDTH_TWIPS


def _clean(text: str) -> str:
    """Without letters that no XML may hold, and without those that are marks here."""
    return printable(text).replace(_OPEN, "").replace(_CLOSE, "").replace("\n", " ")
