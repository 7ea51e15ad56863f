"""Whether all is well with the data, on the command line."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from unionboard import clock
from unionboard.cli.shell import AsJson, app, database, is_union_named, print_json, t
from unionboard.cli.way_back import tell_way_back
from unionboard.config import read_config
from unionboard.errors.database import DatabaseDamaged, DatabaseGone
from unionboard.i18n import mark

if TYPE_CHECKING:
    from sqlmodel import Session

    from unionboard.services.verification import Report


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
    from unionboard.services.evidence_store import evidence_place
    from unionboard.services.union_tree import list_names
    from unionboard.services.verification import report_closed, verify_data

    noted = [read_code(code, place=code) for code in head or ()]
    if None in noted:
        raise typer.BadParameter(t("This is no check code: {code}.", code=(head or [])[noted.index(None)]), param_hint="--head")
    config, now_utc = read_config(), clock.now_utc()
    anchors = [anchor for anchor in noted if anchor is not None]

    def check(session: "Session") -> "Report":
        return verify_data(
            session,
            evidence_folder=evidence_place(config),
            form_folder=config.form_dir,
            backup_folders=[config.backup_dir],
            noted=anchors,
            now_utc=now_utc,
        )

    reports: dict[int, Report] = {}
    names: dict[int, str] = {}
    try:
        with database() as session:
            names = list_names(session)
            if is_union_named() or len(names) == 1:
                reports[read_config().union_id] = check(session)
        if not reports:
            reports = {number: _check_union(check, number) for number in names}
    except (DatabaseDamaged, DatabaseGone) as refusal:
        reports = {read_config().union_id: report_closed(refusal, backup_folder=config.backup_dir, now_utc=now_utc)}
    if as_json:
        told = {number: describe_report(report, t) for number, report in reports.items()}
        several = {
            "ok": all(report.ok for report in reports.values()),
            "unions": [{"union": n, "name": names.get(n, ""), **told[n]} for n in told],
        }
        print_json(several if len(told) > 1 else next(iter(told.values())))
    for number, report in () if as_json else reports.items():
        _print_report(report, f"{names.get(number) or number}: " if len(reports) > 1 else "")
    if not all(report.ok for report in reports.values()):
        raise typer.Exit(1)


def _check_union(check: Callable[["Session"], "Report"], number: int) -> "Report":
    from unionboard import db

    with db.within(number), db.reading() as session:
        return check(session)


def _print_report(report: "Report", whose: str) -> None:
    """Every fault, or that all is well; ``whose``: before each sentence, where there are several unions."""
    for fault in report.faults:
        print(f"{whose}{fault.tell(t)}")
    if not report.was_opened:
        print(tell_way_back())
    if report.ok:
        code = report.chain.code
        print(f"{whose}{t('All is well: records, change log, books and files agree. Check code {code}.', code=code)}")
