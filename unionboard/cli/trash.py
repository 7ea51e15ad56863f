"""The recycle bin on the command line."""

from typing import Annotated

import typer

from unionboard import clock
from unionboard.cli.shell import MOST, AsJson, app, database, print_json, signature, t
from unionboard.i18n import mark

bin_app = typer.Typer(help=mark("The recycle bin: what was deleted in the last 30 days."), no_args_is_help=True)
app.add_typer(bin_app, name="trash")


@bin_app.command("list")
def list_bin(as_json: AsJson = False) -> None:
    """List what was deleted in the last 30 days, newest first."""
    from unionboard.cli_json import describe_removed
    from unionboard.services import trash

    with database() as session:
        items = trash.list_trash(session, now_utc=clock.now_utc())
    if as_json:
        print_json([describe_removed(item) for item in items])
        return
    if not items:
        print(t("The recycle bin is empty: nothing was deleted in the last 30 days."))
    for item in items:
        until = t("until {day}", day=item.until_utc.date())
        kind, title = t(trash.WORDS[item.noun]), item.title or item.number or ""
        print(f"{item.id:>6}  {item.removed_at_utc:%Y-%m-%d %H:%M}  {kind}\t{title}\t{until}")


@bin_app.command("restore")
def restore(
    number: Annotated[int, typer.Argument(metavar="ID", max=MOST, help=mark("Its number in the bin; see trash list."), show_default=False)],
) -> None:
    """Put one thing back as it was."""
    from unionboard.services import trash
    from unionboard.services.evidence_store import evidence_place

    with database(writes=True) as session:
        item = trash.restore(session, number, evidence_dir=evidence_place(), **signature())
    print(t("Put back: {kind} {title}", kind=t(trash.WORDS[item.noun]), title=item.title or item.number or ""))
