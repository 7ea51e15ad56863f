"""The summary as it leaves the house: Word, Markdown or PDF, with what is attached, on the official page or the union's own."""

from typing import Literal

from unionboard.drafting.document import SummaryDocument
from unionboard.services.summary_annexes import SummaryAnnexes
from unionboard.writing.pdf import convert_to_pdf
from unionboard.writing.summary_annexes import make_annexes
from unionboard.writing.summary_docx import write_summary_docx
from unionboard.writing.summary_markdown import write_summary_markdown
from unionboard.writing.summary_template import fill_template

ExportKind = Literal["docx", "md", "pdf"]


def export(
    document: SummaryDocument,
    *,
    kind: ExportKind,
    annexes: SummaryAnnexes | None = None,
    template: bytes | None = None,
    has_seal: bool = False,
) -> bytes:
    """The file's bytes; the text carries no marks, gaps stay as they are.

    ``template``: the union's own .docx (Markdown needs none). ``has_seal``: the official page leaves room for one and centres the union
    over the day. Raises: refusals of ``fill_template``; OfficeMissing, OfficeFailed for a PDF.
    """
    attached = make_annexes(annexes, document.language) if annexes else ()
    if kind == "md":
        return write_summary_markdown(document, annexes=attached).encode()
    if template is None:
        content = write_summary_docx(document, annexes=attached, has_seal=has_seal)
    else:
        content = fill_template(template, document, annexes=attached)
    return convert_to_pdf(content, is_tight=template is None and document.language != "en") if kind == "pdf" else content
