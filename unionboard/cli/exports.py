"""What leaves the books, on the command line."""

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from unionboard import clock
from unionboard.cli.shell import LANGUAGE, Year, app, database, note_export, t
from unionboard.errors.entries import CannotWrite
from unionboard.errors.exports import BookEmpty
from unionboard.i18n import mark


@app.command("audit-folder")
def audit_folder(
    year: Year,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help=mark("Where to write the .zip."))],
    with_names: Annotated[bool, typer.Option("--with-names", help=mark("Put papers that name people in too."))] = False,
) -> None:
    """Write a year's books with all that stands behind them into one .zip for the audit committee."""
    from unionboard.services.audit_folder import gather_audit, read_paper
    from unionboard.services.evidence_store import evidence_place
    from unionboard.writing.audit_folder import write_audit_folder

    if out.suffix.lower() != ".zip":
        raise typer.BadParameter(t("The file must end in .zip."), param_hint="-o")
    with database() as session:
        facts = gather_audit(session, year, as_of=clock.today(), language=LANGUAGE.get(), with_names=with_names)
    if facts.report.is_empty:
        raise BookEmpty(year=year)
    note_export("audit_folder", with_names=with_names)
    folder, waiting = evidence_place(), out.with_name(f".{out.name}.writing")
    try:
        with waiting.open("w+b") as file:
            write_audit_folder(facts, file, language=LANGUAGE.get(), read_file=partial(read_paper, folder=folder))
        waiting.replace(out)  # whole or not at all
    except OSError:
        raise CannotWrite(path=out) from None
    finally:
        with suppress(OSError):
            waiting.unlink(missing_ok=True)
    print(t("Written: {path}", path=out))
