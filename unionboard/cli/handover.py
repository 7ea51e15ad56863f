"""The package for the next committee, on the command line."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from unionboard import clock
from unionboard.cli.shell import LANGUAGE, app, database, note_export, t
from unionboard.i18n import mark


@app.command()
def handover(
    year: Annotated[int, typer.Argument(metavar="YEAR", max=9999, help=mark("The plan's year."), show_default=False)],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help=mark("Where to write the .zip."))],
    with_names: Annotated[bool, typer.Option("--with-names", help=mark("With who was visited and the papers that name people."))] = False,
) -> None:
    """Write a whole year into one .zip that the next committee reads without the program."""
    from unionboard.services.audit_folder import read_paper
    from unionboard.services.evidence_store import evidence_place
    from unionboard.services.exports import Export
    from unionboard.services.handover import gather_handover
    from unionboard.writing.handover import write_handover

    if out.suffix.lower() != ".zip":
        raise typer.BadParameter(t("The file must end in .zip."), param_hint="-o")
    with database() as session:
        facts = gather_handover(session, year, as_of=clock.today(), language=LANGUAGE.get(), with_names=with_names)
    note_export(Export.HANDOVER, with_names=with_names)
    write_handover(facts, out, at=clock.now_utc(), read_file=partial(read_paper, folder=evidence_place()))
    print(t("Written: {path}", path=out))
