"""The year-end summary on the command line."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from unionboard import clock
from unionboard.cli.shell import LANGUAGE, AsJson, Year, app, database, print_json, read_day, signature, t, write_file
from unionboard.cli_json import describe_summary
from unionboard.errors.activities import DateOutsidePlan
from unionboard.i18n import mark

if TYPE_CHECKING:
    from unionboard.services.summary import SummaryView


@app.command()
def summary(
    year: Year,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help=mark("Count what happened up to this day."))] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="FILE", help=mark("Write to this .docx or .md file."))] = None,
    as_json: AsJson = False,
) -> None:
    """Write the year-end summary from the records; without -o it is printed."""
    from unionboard.services import plans
    from unionboard.services.summary import DraftId, build_document
    from unionboard.services.summary_drafts import write_draft

    if out is not None and out.suffix.lower() not in {".docx", ".md"}:
        raise typer.BadParameter(t("The file must end in .docx or .md."), param_hint="-o")
    day = read_day(as_of) if as_of else None
    with database(writes=True) as session:
        plan = plans.plan_of_year(session, year)
        until = day or min(max(clock.today(), plan.starts_on), plan.ends_on)
        if until < plan.starts_on:
            raise DateOutsidePlan(day=until, starts_on=plan.starts_on, ends_on=plan.ends_on)
        view = write_draft(session, DraftId(plan.id or 0, language=LANGUAGE.get()), as_of=until, **signature())
        if out is not None:  # before the commit: a file that cannot be written leaves no draft behind
            write_file(out, _render(view, out.suffix.lower()))
    if as_json:
        print_json(describe_summary(view))
    elif out is not None:
        print(t("Written: {path}", path=out))
    else:
        from unionboard.writing.summary_markdown import write_summary_markdown

        print(write_summary_markdown(build_document(view)))


def _render(view: "SummaryView", suffix: str) -> bytes:
    from unionboard.services.summary import build_document

    if suffix == ".docx":
        from unionboard.writing.summary_docx import write_summary_docx

        return write_summary_docx(build_document(view))
    from unionboard.writing.summary_markdown import write_summary_markdown

    return write_summary_markdown(build_document(view)).encode()
