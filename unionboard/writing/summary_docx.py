"""The draft of the year-end summary as a Word file."""

from collections.abc import Sequence

from unionboard.drafting.document import SummaryDocument, tell_check_code
from unionboard.writing.document import Paper
from unionboard.writing.package import settle_package
from unionboard.writing.summary_annexes import Annex, label_of


def write_summary_docx(document: SummaryDocument, *, annexes: Sequence[Annex] = (), has_seal: bool = False) -> bytes:
    """A .docx of the draft: title, paragraphs in their order, what is attached, signature; page numbers outside on both sides.

    Every annex begins a page of its own. The same draft gives the same bytes.
    """
    paper = Paper(document.language)
    paper.add_title(document.title)
    for paragraph in document.paragraphs:
        paper.add_paragraph(paragraph.text, paragraph.level)
    paper.add_attachments([annex.title for annex in annexes])
    paper.add_signature(document.signature, has_seal=has_seal)
    for number, annex in enumerate(annexes, start=1):
        paper.begin_annex(label_of(number, len(annexes), document.language), annex.title)
        paper.add_table(annex.headings, annex.rows, annex.widths, aligned=annex.aligned)
    note = tell_check_code(document)
    content = paper.to_bytes(title=document.title, author=document.author, as_of=document.as_of, note=note)
    return settle_package(content, as_of=document.as_of)
