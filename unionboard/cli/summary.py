"""The year-end summary on the command line."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from unionboard import clock
from unionboard.cli.shell import (
    LANGUAGE,
    AsJson,
    Year,
    app,
    database,
    note_export,
    print_json,
    read_bytes,
    read_day,
    signature,
    t,
    write_file,
)
from unionboard.cli_json import describe_summary
from unionboard.errors.summary import DayBeforeSummary, SummaryFinalised
from unionboard.i18n import mark

if TYPE_CHECKING:
    from sqlmodel import Session

    from unionboard.drafting.figures import Figure
    from unionboard.drafting.typed_figures import Books
    from unionboard.services.summary import DraftId, SummaryView
    from unionboard.services.summary_check import SummaryCheck
    from unionboard.writing.summary_export import ExportKind

TABLE = ".xlsx"
PAPERS: "dict[str, ExportKind]" = {".docx": "docx", ".md": "md", ".pdf": "pdf"}
SPANS = {"plan": "plan", "calendar": "calendar_year", "school": "school_year"}

FormName = Literal["full", "congress", "brief", "combined"]
SpanName = Literal["plan", "calendar", "school"]
_FORM = mark("The full report, one page for the congress, half a page for the superior union, or report and next plan in one.")
_SPAN = mark("The plan’s own days, or the calendar or school year that holds most of them.")
_OUT = mark("Write to this .docx, .md or .pdf file; .xlsx is the table of figures for the superior union.")


class Wish(NamedTuple):
    """Which summary is asked for. ``day`` None: today, as far as the span reaches."""

    year: int
    form: str
    span: str
    language: str
    day: date | None


class Paper(NamedTuple):
    """How it leaves the house. ``path`` None: on the screen."""

    path: Path | None
    kind: "ExportKind"
    has_tables: bool
    has_sources: bool
    template: bytes | None


@app.command()
def summary(
    year: Year,
    form: Annotated[FormName, typer.Option("--form", help=_FORM)] = "full",
    span: Annotated[SpanName, typer.Option("--span", help=_SPAN)] = "plan",
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help=mark("Count what happened up to this day."))] = None,
    lang: Annotated[Literal["zh_CN", "en"] | None, typer.Option("--lang", help=mark("The language of the summary."))] = None,
    annexes: Annotated[bool, typer.Option("--annexes", help=mark("Attach tables of activities, money and care visits."))] = False,
    sources: Annotated[bool, typer.Option("--sources", help=mark("Attach the records behind each sentence."))] = False,
    template: Annotated[Path | None, typer.Option("--template", metavar="FILE", help=mark("Fill in this .docx of your own."))] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="FILE", help=_OUT)] = None,
    as_json: AsJson = False,
) -> None:
    """Write the year-end summary from the records; without -o it is printed."""
    suffix = out.suffix.lower() if out else ".md"
    if suffix not in {TABLE, *PAPERS}:
        raise typer.BadParameter(t("The file must end in .docx, .md, .pdf or .xlsx."), param_hint="-o")
    if template and suffix not in {".docx", ".pdf"}:
        raise typer.BadParameter(t("Only a .docx or .pdf file is written into a template."), param_hint="--template")
    wish = Wish(year, form, span, lang or LANGUAGE.get(), read_day(as_of) if as_of else None)
    if out and suffix == TABLE:
        _write_table(wish, out)
    else:
        _write_paper(wish, Paper(out, PAPERS[suffix], annexes, sources, read_bytes(template) if template else None), as_json=as_json)


def _write_table(wish: Wish, path: Path) -> None:
    from unionboard.services.upward import gather_upward
    from unionboard.writing.upward_xlsx import write_upward_xlsx

    with database() as session:
        draft_id, until = _choose(session, wish)
        content = write_upward_xlsx(gather_upward(session, draft_id, as_of=until))
    note_export("upward_table")
    write_file(path, content)
    print(t("Written: {path}", path=path))


def _write_paper(wish: Wish, paper: Paper, *, as_json: bool) -> None:
    """JSON tells what the checker stops; a paper that somebody has to decide on goes nowhere, but its draft is kept."""
    from unionboard.services.exports import record_export
    from unionboard.services.summary_check import check_summary, gather_knowledge, require_decided

    with database(writes=True) as session:
        view = _write_draft(session, wish)
        known = gather_knowledge(session, view)
        check = check_summary(session, view, known=known)
        is_asked = paper.path is not None or not as_json
        content = _make_paper(session, view, paper) if is_asked and not check.undecided else b""
        if paper.path and content:  # before the commit: a file that cannot be written leaves no draft behind
            record_export(session, "summary", **signature())
            write_file(paper.path, content)
        told = _describe(view, check, known.books) if as_json else None
    if told:
        print_json(told)
    if is_asked:
        require_decided(check)
    if not as_json:
        print(t("Written: {path}", path=paper.path) if paper.path else content.decode())


def _choose(session: "Session", wish: Wish) -> "tuple[DraftId, date]":
    """Which draft, and up to which day. Raises: NoPlanYet, DayBeforeSummary."""
    from unionboard.models.summary import SummaryForm, SummarySpan
    from unionboard.services import plans
    from unionboard.services.summary import DraftId
    from unionboard.services.summary_spans import days_of

    plan, span = plans.plan_of_year(session, wish.year), SummarySpan(SPANS[wish.span])
    days = days_of(plan, span)
    until = wish.day or min(max(clock.today(), days.first), days.last)
    if until < days.first:
        raise DayBeforeSummary(day=until, first=days.first)
    return DraftId(plan.id or 0, SummaryForm(wish.form), span, wish.language), until


def _write_draft(session: "Session", wish: Wish) -> "SummaryView":
    """The draft as the records give it now; a finalised one as it is. Raises: SummaryFinalised when it was finalised for another day."""
    from unionboard.services.summary import read_draft
    from unionboard.services.summary_drafts import write_draft

    draft_id, until = _choose(session, wish)
    try:
        return write_draft(session, draft_id, as_of=until, **signature())
    except SummaryFinalised:
        view = read_draft(session, draft_id)
        if wish.day not in {None, view.as_of}:
            raise
        return view


def _make_paper(session: "Session", view: "SummaryView", paper: Paper) -> bytes:
    from unionboard.services.summary import build_document
    from unionboard.services.summary_annexes import gather_annexes
    from unionboard.writing.summary_export import export

    wanted = paper.has_tables or paper.has_sources
    annexes = gather_annexes(session, view, tables=paper.has_tables, sources=paper.has_sources) if wanted else None
    return export(build_document(view), kind=paper.kind, annexes=annexes, template=paper.template)


def _describe(view: "SummaryView", check: "SummaryCheck", books: "Books") -> dict[str, object]:
    from unionboard.drafting.typed_figures import Verdict, check_typed
    from unionboard.services.remark_words import mend_of, why_of

    def tell(words: tuple[str, dict[str, str]] | None) -> str:
        return t(words[0], **words[1]) if words else ""

    edited = [block for block in view.printed if block.is_edited]
    recorded: dict[tuple[str, int], list[Figure]] = {}
    for block in edited:
        for typed in check_typed(books, block.key, block.text):
            if typed.figure and typed.verdict is Verdict.RECORDED:
                recorded.setdefault((block.key, typed.sentence), []).append(typed.figure)
    remarks = [(remark, tell(why_of(remark)), tell(mend_of(remark))) for remark in check.remarks]
    return describe_summary(view, remarks, recorded=recorded)
