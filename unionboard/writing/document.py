"""A Word file of ours: the official page, in real styles, so that Word's navigation and people's own edits work.

Source: domain notes E6.
"""

import io
from collections.abc import Sequence
from datetime import date

from docx.document import Document as DocumentFile
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from unionboard.drafting.document import Level
from unionboard.writing.docx_table import Row, make_table, printable
from unionboard.writing.page_format import (
    ANNEX,
    ANNEX_TITLE,
    BODY_STYLES,
    FANGSONG,
    HEITI,
    LATIN,
    LINE_PT,
    SIGNATURE,
    SONG_TITLE,
    TABLE_TEXT,
    TITLE,
    WIDTH_TWIPS,
    describe,
    fonts,
    name_stand_ins,
    number_pages,
    open_page,
    set_indent,
)
from unionboard.writing.title_lines import break_title, width_of


class Paper:
    """A document that grows from top to bottom. ``language`` decides whether Latin letters have a typeface of their own."""

    def __init__(self, language: str) -> None:
        self.file = open_page(language)
        self._language = language
        self._latin = LATIN if language == "en" else None

    @property
    def is_chinese(self) -> bool:
        """Whether Latin letters have no typeface of their own."""
        return self._latin is None

    def add_title(self, text: str) -> None:
        """The title; a line break in it stays one, a line that is too long is broken between words."""
        self._add(break_title(text), TITLE, SONG_TITLE)

    def add_paragraph(self, text: str, level: Level = Level.BODY) -> None:
        """A paragraph, or a heading of one of the four levels; ``text`` holds its number."""
        self._add(text, *BODY_STYLES[level])

    def add_labelled(self, label: str, text: str) -> None:
        """A paragraph that begins with what it tells of, in the type of headings."""
        paragraph = self._add(label, "Normal", HEITI)
        _add_run(paragraph, text, FANGSONG, self._latin)

    def add_table(
        self,
        headings: Sequence[str],
        rows: Sequence[Row],
        widths: Sequence[int],
        *,
        aligned: str = "",
        row_pt: int = 0,
        keep_with_next: bool = False,
        whole: int = WIDTH_TWIPS,
    ) -> None:
        """A table as wide as the type area (or ``whole`` twips), its columns in proportion to ``widths``; the headings repeat on
        every page.

        All columns but the widest are centred, unless ``aligned`` has a letter (l, c, r) for each. ``row_pt``: rows are at least as high,
        where somebody signs by hand. ``keep_with_next``: the table stands on one page with what follows.
        """
        append_table(
            self.file,
            headings,
            rows,
            widths,
            latin=self._latin,
            aligned=aligned,
            row_pt=row_pt,
            keep_with_next=keep_with_next,
            whole=whole,
        )

    def add_line_to_sign(self, text: str) -> None:
        """A line of air, then where people sign: on one page with the last words above and the signature below."""
        self._keep_last()
        for line in ("", text):
            self._add(line, *BODY_STYLES[Level.BODY]).paragraph_format.keep_with_next = True

    def add_attachments(self, names: Sequence[str]) -> None:
        """The note of what is attached (附件：1.…), a line below the body, without a stop; long names hang below their first letter.

        It is not torn from the last words above nor from the signature below.
        """
        if names:
            self._keep_last()
        is_numbered = len(names) > 1
        label = "Annexes: " if self._language == "en" and is_numbered else "Annex: " if self._language == "en" else "附件："
        for number, name in enumerate(names, start=1):
            told = (label if number == 1 else "") + (f"{number}. " if self._language == "en" else f"{number}.") * is_numbered
            before, after = 2 + width_of(label) * (number > 1), width_of(told)
            paragraph = self._add(told + name, *BODY_STYLES[Level.BODY])
            set_indent(paragraph._p.get_or_add_pPr(), left=before + after, first=-after)
            paragraph.paragraph_format.keep_with_next = True
            if number == 1:
                paragraph.paragraph_format.space_before = Pt(LINE_PT)

    def add_signature(self, lines: tuple[str, ...], *, has_seal: bool = False) -> None:
        """A line of air, then the union and the day, on one page with the last words above.

        Without a seal the union stands two letters from the edge and the day begins two letters further right; with one the day stands four
        letters from the edge and the union is centred over it.
        """
        if self.file.paragraphs and lines:
            self._keep_last()
        for number, (line, right) in enumerate(zip(lines, _signature_indents(lines, has_seal=has_seal), strict=True)):
            paragraph = self._add(line, SIGNATURE, FANGSONG)
            set_indent(paragraph._p.get_or_add_pPr(), right=right)
            paragraph.paragraph_format.keep_together = True
            paragraph.paragraph_format.keep_with_next = number < len(lines) - 1
            if number == 0:
                paragraph.paragraph_format.space_before = Pt(LINE_PT)

    def begin_annex(self, label: str, title: str) -> None:
        """A new page with 附件1 in its corner and the annex's title on the third line."""
        append_annex(self.file, label, title, self._latin)

    def to_bytes(self, *, title: str, author: str, as_of: date, note: str = "") -> bytes:
        """The .docx, with page numbers outside on both sides, and ``note`` small beside them. The same content gives the same document."""
        number_pages(self.file, self._latin, note)
        name_stand_ins(self.file)
        title, author = (printable(text.replace("\n", "")) for text in (title, author))
        describe(self.file, title=title, author=author, as_of=as_of, language=self._language)
        buffer = io.BytesIO()
        self.file.save(buffer)
        return buffer.getvalue()

    def _add(self, text: str, style: str, font: str) -> WordParagraph:
        return _add_paragraph(self.file, text, style, font, self._latin)

    def _keep_last(self) -> None:
        self.file.paragraphs[-1].paragraph_format.keep_with_next = True


def append_annex(file: DocumentFile, label: str, title: str, latin: str | None) -> None:
    """A new page with the annex's label and title, in ``file``, which has the styles of annexes."""
    _add_paragraph(file, label, ANNEX, HEITI, latin)
    _add_paragraph(file, break_title(title), ANNEX_TITLE, SONG_TITLE, latin)


def append_table(
    file: DocumentFile,
    headings: Sequence[str],
    rows: Sequence[Row],
    widths: Sequence[int],
    *,
    latin: str | None,
    aligned: str = "",
    row_pt: int = 0,
    keep_with_next: bool = False,
    whole: int = WIDTH_TWIPS,
) -> None:
    """A table ``whole`` twips wide at the end of ``file``, which has the style of tables."""
    lengths = [whole * width // sum(widths) for width in widths]
    style_id = file.styles[TABLE_TEXT].style_id
    table = make_table(
        headings, rows, lengths, style_id=style_id, latin=latin, aligned=aligned, row_pt=row_pt, keep_with_next=keep_with_next
    )
    file.element.body._insert_tbl(table)


def _add_paragraph(file: DocumentFile, text: str, style: str, font: str, latin: str | None) -> WordParagraph:
    paragraph = file.add_paragraph(style=style)
    _add_run(paragraph, text, font, latin)
    return paragraph


def _add_run(paragraph: WordParagraph, text: str, font: str, latin: str | None) -> None:
    run = paragraph.add_run(printable(text))
    run._r.get_or_add_rPr().insert(0, fonts(font, latin))


def _signature_indents(lines: tuple[str, ...], *, has_seal: bool) -> list[float]:
    """How many letters each line stays from the right edge; the last line is the day."""
    if len(lines) != 2:
        return [4.0 if has_seal else 2.0] * len(lines)
    union, day = (width_of(line) for line in lines)
    if has_seal:
        day_right = max(4.0, (union - day) / 2)
        return [day_right + (day - union) / 2, day_right]
    day_right = max(2.0, union - day)
    return [day_right + day + 2 - union, day_right]
