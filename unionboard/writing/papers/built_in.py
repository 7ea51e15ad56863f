"""Our own forms in Word, in the official hand: each is a file with places, the same that the union may take home and change.

Source: page and faces of domain notes E6; columns of F.
"""

from collections.abc import Sequence
from datetime import date

from docx.document import Document as DocumentFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, Twips
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from unionboard.drafting.document import Level
from unionboard.models import TemplateKind
from unionboard.writing.document import Paper
from unionboard.writing.docx_table import Field, make_form
from unionboard.writing.fund_words import FundWords
from unionboard.writing.package import settle_package
from unionboard.writing.page_format import LATIN, PAGE_TWIPS, TABLE_TEXT, WIDTH_TWIPS, set_indent
from unionboard.writing.papers.form_names import FormNames

NOTICE_PT, NOTICE_TITLE_PT, NOTICE_LINE_PT = 22, 36, 30
"""Read from two metres: letters of 8 mm (二号). The headline is seen from the corridor."""
_NOTICE_MARGIN, _SIGN_PT = 907, 25
_DAY = date(2026, 1, 1)  # of the file's making: the same form is the same bytes


def write_docx_form(kind: TemplateKind, language: str) -> bytes:
    """The Word form of a paper with its places."""
    paper, words, names = Paper(language), FundWords(language), FormNames(kind, language)
    _WRITERS[kind](paper, words, names)
    content = paper.to_bytes(title=words.t("Form with places"), author="", as_of=_DAY)
    return settle_package(content, as_of=_DAY)


def write_certificates_form(language: str) -> bytes:
    """The Word form with a certificate a page, from the places of the list."""
    paper, words, names = Paper(language), FundWords(language), FormNames(TemplateKind.CERTIFICATE, language)
    opened, closed = names.loop("rows", tag="p")
    paper.add_paragraph(opened)
    title = paper.file.add_paragraph(style="Title")
    title.paragraph_format.page_break_before = True
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(110)
    title.add_run(words.t("Certificate of honour"))
    _enlarge(title, 48, 60)
    told = words.t("{name}: in recognition of “{award}”.", name=names.cell("rows", "name"), award=names.cell("rows", "award"))
    for text in (told, words.t("With the thanks and congratulations of the union.")):
        paper.add_paragraph(text)
        _enlarge(paper.file.paragraphs[-1], 26, 46)
    paper.add_signature((names.place("union"), names.cell("rows", "day")))
    paper.add_paragraph(closed)
    return settle_package(paper.to_bytes(title=words.t("Form with places"), author="", as_of=_DAY), as_of=_DAY)


def _write_notice(paper: Paper, words: FundWords, names: FormNames) -> None:
    section = paper.file.sections[0]
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Twips(_NOTICE_MARGIN)
    section.footer_distance = Twips(_NOTICE_MARGIN // 2)
    _enlarge_style(paper.file, "Normal", NOTICE_PT)
    _enlarge_style(paper.file, TABLE_TEXT, NOTICE_PT)
    _enlarge_style(paper.file, "Heading 1", NOTICE_PT + 4)
    width = PAGE_TWIPS[0] - 2 * _NOTICE_MARGIN
    paper.add_title(names.place("title"))
    _enlarge(paper.file.paragraphs[-1], NOTICE_TITLE_PT, NOTICE_TITLE_PT + 12)
    paper.file.paragraphs[-1].paragraph_format.space_after = Pt(6)
    _head(paper, words.t("Planned for this month"))
    cells = (names.cell("planned", "when"), names.cell("planned", "activity"))
    _add_table(paper, names, "planned", (words.t("Time"), words.t("What")), cells, (6, 12), aligned="ll", row_pt=0, whole=width)
    _add_points(paper, names, "duties", words.t("All year round"), names.cell("duties", "activity"))
    facts = {name: names.cell("done", name) for name in ("when", "activity", "people")}
    _add_points(paper, names, "done", words.t("Done last month"), words.t("{when}: {activity} {people}", **facts))
    paper.add_labelled(words.t("Whom to ask: "), names.place("contact"))
    last = paper.file.paragraphs[-1]
    last.paragraph_format.space_before = Pt(14)
    set_indent(last._p.get_or_add_pPr())
    paper.add_signature((names.place("union"), names.place("printed_on")))
    for paragraph in paper.file.paragraphs[-2:]:
        _enlarge(paragraph, 18, 26)
        paragraph.paragraph_format.space_before = Pt(0)
        set_indent(paragraph._p.get_or_add_pPr(), right=1)


def _write_sign_in(paper: Paper, words: FundWords, names: FormNames) -> None:
    _add_title(paper, names)
    form = (
        (30, (Field(words.t("Activity"), is_label=True), Field(names.place("activity"), 3))),
        (
            30,
            (
                Field(words.t("Time"), is_label=True),
                Field(names.place("day")),
                Field(words.t("Expected"), is_label=True),
                Field(names.place("expected")),
            ),
        ),
        (30, (Field(words.t("Place"), is_label=True), Field(names.place("place"), 3))),
    )
    _add_form(paper, form, (5, 16, 7, 8))
    headings = (words.t("No."), words.t("Full name"), words.t("Department or duty"), words.t("Sign here"), words.t("Time"))
    cells = (names.cell("rows", "number"), names.cell("rows", "name"), names.cell("rows", "department"), "", "")
    _add_table(paper, names, "rows", headings, cells, (5, 10, 13, 12, 9))


def _write_visit(paper: Paper, words: FundWords, names: FormNames) -> None:
    _add_title(paper, names)

    def pair(first: str, first_place: str, second: str, second_place: str) -> tuple[int, Sequence[Field]]:
        return 34, (Field(first, is_label=True), Field(first_place), Field(second, is_label=True), Field(second_place))

    def box(label: str, height: int = 76) -> tuple[int, Sequence[Field]]:
        sign = words.t("Signature: ____________    Date: ____________")
        return height, (Field(label, is_label=True), Field(sign, 3, at_foot=True))

    t = words.t
    rows = (
        pair(t("Full name"), names.place("name"), t("Department"), ""),
        pair(t("Occasion"), names.place("occasion"), t("Day of the visit"), names.place("day")),
        pair(t("Rule and limit"), "", t("Person-times"), names.place("people")),
        pair(t("Amount (yuan)"), names.place("amount"), t("In words"), names.place("amount_words")),
        pair(t("Gifts"), names.place("goods"), t("Who goes"), names.place("visitors")),
        (34, (Field(t("Papers attached"), is_label=True), Field("", 3))),
        box(t("Union group")),
        box(t("Treasurer")),
        box(t("Chair of the union")),
        box(t("Received by"), 50),
    )
    _add_form(paper, rows, (7, 12, 7, 12))
    paper.add_paragraph(t("Number in the register: {number}", number=names.place("number")))
    set_indent(paper.file.paragraphs[-1]._p.get_or_add_pPr())


def _write_handout(paper: Paper, words: FundWords, names: FormNames) -> None:
    _add_title(paper, names)
    facts = {"day": names.place("day"), "n": names.place("heads"), "amount": names.place("unit")}
    paper.add_paragraph(words.t("{day}, {n} people, {amount} yuan each", **facts))
    headings = (
        words.t("No."),
        words.t("Full name"),
        words.t("Department"),
        words.t("Article"),
        words.t("Quantity"),
        words.t("Amount (yuan)"),
        words.t("Sign here"),
        words.t("Date"),
    )
    columns = ("number", "name", "department", "goods", "quantity", "amount")
    cells = (*(names.cell("rows", column) for column in columns), "", "")
    _add_table(paper, names, "rows", headings, cells, (5, 9, 11, 12, 5, 9, 10, 9))
    paper.add_paragraph(words.t("Total: {amount} yuan", amount=names.place("total")))
    paper.add_line_to_sign("　".join((words.t("Handed out by: ________"), words.t("Witness: ________"))))


def _write_disclosure(paper: Paper, words: FundWords, names: FormNames) -> None:
    t, place = words.t, names.place
    _add_title(paper, names)
    facts = {name: place(name) for name in ("first", "last", "opening", "income", "spending", "balance")}
    paper.add_paragraph(t("From {first} to {last}. Amounts are in yuan.", **facts))
    for number, (heading, rows, total, whole) in enumerate(
        (
            (t("Income"), "income_rows", t("Total income"), place("income")),
            (t("Spending"), "spending_rows", t("Total spending"), place("spending")),
        )
    ):
        paper.add_paragraph(f"{t('I. ') if not number else t('II. ')}{heading}", Level.FIRST)
        headings = (t("Item"), t("Year’s budget"), t("This period"), t("Since January"))
        cells = tuple(names.cell(rows, column) for column in ("item", "budget", "amount", "year_to_date"))
        _add_table(paper, names, rows, headings, cells, (18, 11, 11, 11), aligned="lrrr", row_pt=0, more=((total, "", whole, ""),))
    paper.add_paragraph(t("III. Dues, balance and care"), Level.FIRST)
    paper.add_paragraph(
        t(
            "At the beginning {opening} yuan + income {income} yuan − spending {spending} yuan = {left} yuan at the end.",
            left=facts["balance"],
            **facts,
        )
    )
    paper.add_paragraph(t("Dues collected: {dues} yuan. Members: {members}.", dues=place("dues"), members=place("members")))
    paper.add_paragraph(t("Care visits: {care}.", care=place("care")))
    paper.add_paragraph(t("On display: {posted}. Questions: {phone}.", posted=place("posted"), phone=place("phone")))
    signed = (t("Chair (signature)"), t("Treasurer (signature)"), t("Audit committee (signature)"))
    paper.add_table(signed, [("", "", "")], (1, 1, 1), row_pt=36, keep_with_next=True)
    paper.add_signature((place("union"), place("printed_on")))


def _write_certificates(paper: Paper, words: FundWords, names: FormNames) -> None:
    _add_title(paper, names)
    paper.add_paragraph(words.t("Honours: {n}.", n=names.place("count")))
    headings = (words.t("No."), words.t("Honoured"), words.t("Honour"), words.t("Level"), words.t("Activity"), words.t("Date"))
    columns = ("number", "name", "award", "level", "activity", "day")
    _add_table(paper, names, "rows", headings, tuple(names.cell("rows", column) for column in columns), (4, 8, 13, 6, 11, 13), row_pt=0)
    paper.add_signature((names.place("union"), names.place("printed_on")))


_WRITERS = {
    TemplateKind.NOTICE: _write_notice,
    TemplateKind.SIGN_IN: _write_sign_in,
    TemplateKind.VISIT: _write_visit,
    TemplateKind.HANDOUT: _write_handout,
    TemplateKind.DISCLOSURE: _write_disclosure,
    TemplateKind.CERTIFICATE: _write_certificates,
}


def _add_title(paper: Paper, names: FormNames) -> None:
    paper.add_title(f"{names.place('union')}\n{names.place('title')}")


def _head(paper: Paper, text: str) -> None:
    paper.add_paragraph(text, Level.FIRST)
    paragraph = paper.file.paragraphs[-1]
    set_indent(paragraph._p.get_or_add_pPr())
    paragraph.paragraph_format.space_before = Pt(8)


def _add_points(paper: Paper, names: FormNames, rows: str, heading: str, text: str) -> None:
    """A heading and a point for each line of a list; nothing at all of a list without lines."""
    paper.add_paragraph(f"{{%p if {names.name_of(rows)} %}}")
    _head(paper, heading)
    opened, closed = names.loop(rows, tag="p")
    for one in (opened, f"· {text}", closed, "{%p endif %}"):
        paper.add_paragraph(one)
        set_indent(paper.file.paragraphs[-1]._p.get_or_add_pPr(), left=1, first=-1)


def _add_table(
    paper: Paper,
    names: FormNames,
    rows: str,
    headings: Sequence[str],
    cells: Sequence[str],
    widths: Sequence[int],
    *,
    aligned: str = "",
    row_pt: int = _SIGN_PT,
    more: Sequence[Sequence[str]] = (),
    whole: int = WIDTH_TWIPS,
) -> None:
    """A table whose row of ``cells`` is repeated for each line of the list ``rows``; the rows ``more`` follow it."""
    opened, closed = names.loop(rows)
    empty = ("",) * (len(cells) - 1)
    paper.add_table(headings, [(opened, *empty), cells, (closed, *empty), *more], widths, aligned=aligned, row_pt=row_pt, whole=whole)


def _add_form(paper: Paper, rows: Sequence[tuple[int, Sequence[Field]]], widths: Sequence[int]) -> None:
    lengths = [WIDTH_TWIPS * width // sum(widths) for width in widths]
    latin = None if paper.is_chinese else LATIN
    paper.file.element.body._insert_tbl(make_form(rows, lengths, style_id=paper.file.styles[TABLE_TEXT].style_id, latin=latin))
    paper.add_paragraph("")
    paper.file.paragraphs[-1].paragraph_format.line_spacing = Pt(10)


def _enlarge(paragraph: Paragraph, size_pt: int, line_pt: int) -> None:
    for run in paragraph.runs:
        run.font.size = Pt(size_pt)
    paragraph.paragraph_format.line_spacing = Pt(line_pt)


def _enlarge_style(file: DocumentFile, name: str, size_pt: int) -> None:
    style = file.styles[name]
    assert isinstance(style, ParagraphStyle)
    style.font.size = Pt(size_pt)
    style.paragraph_format.line_spacing = Pt(size_pt + NOTICE_LINE_PT - NOTICE_PT)
    if style.paragraph_format.alignment is WD_ALIGN_PARAGRAPH.JUSTIFY:
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
