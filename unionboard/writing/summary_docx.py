"""The draft of the year-end summary as a Word file."""

from unionboard.drafting.document import SummaryDocument
from unionboard.writing.document import Paper


def write_summary_docx(document: SummaryDocument) -> bytes:
    """A .docx of the draft: title, paragraphs in their order, signature; page numbers outside on both sides."""
    paper = Paper(document.language)
    paper.add_title(document.title)
    for paragraph in document.paragraphs:
        paper.add_paragraph(paragraph.text, paragraph.level)
    paper.add_signature(document.signature)
    return paper.to_bytes(title=document.title, author=document.author, as_of=document.as_of)
