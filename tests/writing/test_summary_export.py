"""What page and command line call: every kind of file out of one function; the text bears no marks, gaps stay."""

from dataclasses import replace
from datetime import date

from tests.writing.docx_xml import texts_of
from tests.writing.test_summary_annexes import ANNEXES
from tests.writing.test_summary_docx import DRAFT
from unionboard.drafting.document import Paragraph
from unionboard.services.summary_annexes import SummaryAnnexes
from unionboard.writing.summary_annexes import make_annexes
from unionboard.writing.summary_docx import write_summary_docx
from unionboard.writing.summary_export import export
from unionboard.writing.summary_markdown import write_summary_markdown
from unionboard.writing.summary_template import fill_template, write_sample_template


def test_word_is_the_official_page_unless_there_is_a_template() -> None:
    annexes, sample = make_annexes(ANNEXES, "zh_CN"), write_sample_template("zh_CN")

    assert export(DRAFT, kind="docx", annexes=ANNEXES, has_seal=True) == write_summary_docx(DRAFT, annexes=annexes, has_seal=True)
    assert export(DRAFT, kind="docx", annexes=ANNEXES, template=sample) == fill_template(sample, DRAFT, annexes=annexes)


def test_markdown_needs_no_template() -> None:
    annexes = make_annexes(ANNEXES, "zh_CN")

    assert export(DRAFT, kind="md", annexes=ANNEXES, template=b"broken") == write_summary_markdown(DRAFT, annexes=annexes).encode()


def test_empty_annexes_leave_no_trace() -> None:
    assert export(DRAFT, kind="docx", annexes=SummaryAnnexes(as_of=date(2026, 12, 20))) == export(DRAFT, kind="docx")


def test_gaps_stay_as_they_are() -> None:
    gap = Paragraph("效果：【待补充：群众评价】")

    texts = texts_of(export(replace(DRAFT, paragraphs=(gap,)), kind="docx"))

    assert texts == [DRAFT.title, gap.text, *DRAFT.signature]
