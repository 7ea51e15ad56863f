"""Papers on the command line: written on our own form, or on the union's."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from unionboard import clock
from unionboard.cli.shell import LANGUAGE, MOST, ForActivity, Year, app, database, note_export, t, write_file
from unionboard.errors.exports import NothingToPrint
from unionboard.errors.plans import NoPlanYet
from unionboard.i18n import mark

if TYPE_CHECKING:
    from sqlmodel import Session

    from unionboard.writing.fund_words import FundWords
    from unionboard.writing.papers.filling import Filled

    Fill = Callable[[Session, FundWords], Filled]

paper_app = typer.Typer(help=mark("Papers to print: notice, sign-in sheet, visit form, disclosure, certificates."), no_args_is_help=True)
app.add_typer(paper_app, name="paper")
Out = Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help=mark("Where to write it: .docx, for tables .xlsx too."))]
OwnForm = Annotated[bool, typer.Option("--own-form", help=mark("On the union’s own form."))]
PeriodName = Literal["Q1", "Q2", "Q3", "Q4", "H1", "H2", "year"]


@paper_app.command("notice")
def write_notice(
    out: Out,
    month: Annotated[str, typer.Option("--month", metavar="YYYY-MM", help=mark("The month; without it today’s."))] = "",
    contact: Annotated[str, typer.Option("--contact", metavar="TEXT", help=mark("Whom to ask."))] = "",
    own_form: OwnForm = False,
) -> None:
    """Write the notice board’s page of a month."""
    from unionboard.services.papers.notice import gather_notice
    from unionboard.writing.papers.notice import tell_notice

    def fill(session: "Session", words: "FundWords") -> "Filled":
        facts = gather_notice(session, _read_month(month), today=clock.today(), language=words.language)
        return tell_notice(facts, words, contact=contact)

    _write("notice", fill, out, own_form=own_form)


@paper_app.command("sign-in")
def write_sign_in(
    out: Out,
    activity: ForActivity = None,
    meeting: Annotated[bool, typer.Option("--meeting", help=mark("For the committee’s meeting, with its names."))] = False,
    own_form: OwnForm = False,
) -> None:
    """Write a sign-in sheet, for an activity, for the committee’s meeting, or with empty lines."""
    from unionboard.services import plans
    from unionboard.services.papers.sign_in import gather_meeting, gather_sign_in
    from unionboard.writing.papers.sign_in import tell_sign_in

    def fill(session: "Session", words: "FundWords") -> "Filled":
        today = clock.today()
        if not meeting:
            return tell_sign_in(gather_sign_in(session, today=today, language=words.language, activity_id=activity), words)
        plan = plans.current_plan(session, today=today)
        if plan is None:
            raise NoPlanYet
        return tell_sign_in(gather_meeting(session, plan.id or 0, today=today), words)

    _write("sign_in", fill, out, own_form=own_form)


@paper_app.command("visit")
def write_visit(
    out: Out,
    visit: Annotated[int | None, typer.Option("--visit", metavar="ID", max=MOST, help=mark("The visit’s number; else blank."))] = None,
    with_names: Annotated[bool, typer.Option("--with-names", help=mark("Name whom it was for."))] = False,
    own_form: OwnForm = False,
) -> None:
    """Write a care visit’s form, to be approved and signed."""
    from unionboard.services.papers.visit import gather_blank, gather_visit
    from unionboard.writing.papers.visit import tell_visit

    def fill(session: "Session", words: "FundWords") -> "Filled":
        today = clock.today()
        facts = gather_blank(session, today=today)
        return tell_visit(facts if visit is None else gather_visit(session, visit, today=today, with_names=with_names), words)

    _write("visit", fill, out, own_form=own_form, what="visit_form", with_names=with_names and visit is not None)


@paper_app.command("disclosure")
def write_disclosure(
    out: Out,
    year: Year,
    period: Annotated[PeriodName, typer.Option("--period", help=mark("A quarter, a half-year, or the year."))] = "year",
    phone: Annotated[str, typer.Option("--phone", metavar="TEXT", help=mark("A phone for questions."))] = "",
    own_form: OwnForm = False,
) -> None:
    """Write what is made known of dues and funds."""
    from unionboard.errors.exports import BookEmpty
    from unionboard.services.papers.disclosure import Period, gather_disclosure
    from unionboard.writing.papers.disclosure import tell_disclosure

    def fill(session: "Session", words: "FundWords") -> "Filled":
        facts = gather_disclosure(session, year, Period(period), today=clock.today())
        if facts.is_empty:
            raise BookEmpty(year=year)
        return tell_disclosure(facts, words, phone=phone)

    _write("disclosure", fill, out, own_form=own_form)


@paper_app.command("certificates")
def write_certificates(
    out: Out,
    year: Year,
    one_each: Annotated[bool, typer.Option("--one-each", help=mark("A certificate a page instead of the list."))] = False,
    own_form: OwnForm = False,
) -> None:
    """Write the list of a year’s honours, or a certificate for each."""
    from unionboard.services.papers.honours import gather_honours
    from unionboard.writing.papers.certificates import tell_honours
    from unionboard.writing.papers.making import ONE_EACH

    def fill(session: "Session", words: "FundWords") -> "Filled":
        facts = gather_honours(session, year, today=clock.today(), language=words.language)
        if not facts.honours:
            raise NothingToPrint(year=year)
        return tell_honours(facts, words)

    _write("certificate", fill, out, own_form=own_form, what="certificates", suffix=ONE_EACH if one_each else "")


def _write(kind: str, fill: "Fill", out: Path, *, own_form: bool, what: str = "", with_names: bool = False, suffix: str = "") -> None:
    from unionboard.config import read_config
    from unionboard.models import TemplateKind
    from unionboard.services.summary_templates import find_template, read_template
    from unionboard.writing.fund_words import FundWords
    from unionboard.writing.papers.making import list_suffixes, write_paper

    paper, ending, form = TemplateKind(kind), out.suffix.lower(), None
    with database() as session:
        row = find_template(session, paper) if own_form else None
        if own_form and row is None:
            raise typer.BadParameter(t("The union has no form of its own for this paper yet; it is put in on the page of papers."))
        known = (f".{row.stored_name.rpartition('.')[2]}",) if row else (".docx",) if suffix else list_suffixes(paper)
        if ending not in known:
            raise typer.BadParameter(t("The file must end in {suffixes}.", suffixes=" / ".join(known)), param_hint="-o")
        form = read_template(row, folder=read_config().form_dir) if row else None
        filled = fill(session, FundWords(LANGUAGE.get()))
    content = write_paper(filled, suffix or ending, form=form)
    note_export(what or kind, with_names=with_names)
    write_file(out, content)
    print(t("Written: {path}", path=out))


def _read_month(text: str) -> date:
    from unionboard.errors.entries import DateNotReadable

    if not text:
        return clock.today()
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise DateNotReadable(text=text) from None
