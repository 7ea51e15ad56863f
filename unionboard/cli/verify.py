"""Whether all is well with the data, on the command line."""

from typing import Annotated

import typer

from unionboard import clock
from unionboard.cli.shell import AsJson, app, database, print_json, t
from unionboard.cli.way_back import tell_way_back
from unionboard.config import read_config
from unionboard.errors.database import DatabaseDamaged, DatabaseGone
from unionboard.i18n import mark


@app.command()
def verify(
    as_json: AsJson = False,
    head: Annotated[
        list[str] | None,
        typer.Option("--head", metavar="CODE", help=mark("A check code from paper, as 812-3fa9c1d2e4b57a60; may be repeated.")),
    ] = None,
) -> None:
    """Check every record against the change log, the log against the backups, the books and every stored file; print what is wrong."""
    from unionboard.cli_json import describe_report
    from unionboard.services.chain_check import read_code
    from unionboard.services.verification import report_closed, verify_data

    noted = [read_code(code, place=code) for code in head or ()]
    if None in noted:
        raise typer.BadParameter(t("This is no check code: {code}.", code=(head or [])[noted.index(None)]), param_hint="--head")
    config, now_utc = read_config(), clock.now_utc()
    try:
        with database() as session:
            report = verify_data(
                session,
                evidence_folder=config.evidence_dir,
                form_folder=config.form_dir,
                backup_folders=[config.backup_dir],
                noted=[anchor for anchor in noted if anchor is not None],
                now_utc=now_utc,
            )
    except (DatabaseDamaged, DatabaseGone) as refusal:
        report = report_closed(refusal, backup_folder=config.backup_dir, now_utc=now_utc)
    if as_json:
        print_json(describe_report(report, t))
    else:
        for fault in report.faults:
            print(fault.tell(t))
        if not report.was_opened:
            print(tell_way_back())
    if not report.ok:
        raise typer.Exit(1)
    if not as_json:
        print(t("All is well: records, change log, books and files agree. Check code {code}.", code=report.chain.code))
