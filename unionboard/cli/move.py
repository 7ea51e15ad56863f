"""The data carried to another place, on the command line."""

from pathlib import Path
from typing import Annotated

import typer

from unionboard import clock
from unionboard.cli.shell import AsJson, app, database, print_json, t, tell_share
from unionboard.config import read_config
from unionboard.errors.moving import NothingToMove
from unionboard.i18n import mark


@app.command()
def move(
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="URL", help=mark("An empty database, as postgresql://user@host/name or sqlite:////folder/file.")),
    ] = None,
    from_: Annotated[str | None, typer.Option("--from", metavar="URL", help=mark("Another database than the configured one."))] = None,
    to_folder: Annotated[
        Path | None, typer.Option("--to-folder", metavar="DIR", help=mark("Another data folder, for papers, photos, forms and the key."))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Carry the whole of the data to another database or folder; what arrived is checked, the source stays as it is."""
    from unionboard import db
    from unionboard.cli_json import describe_moved
    from unionboard.services.moving import move_data

    if to is None and to_folder is None:
        raise NothingToMove
    folder = to_folder.absolute() if to_folder else None
    if from_ is None:
        with database():
            source = db.current_engine()
    else:
        source = db.engine_for(from_)
    done = move_data(source, read_config(), to=to, to_folder=folder, now_utc=clock.now_utc(), tell=tell_share(mark("Moved: {percent} %")))
    if as_json:
        print_json(describe_moved(done))
        return
    if done.backup is not None:
        print(t("Backed up and checked: {path}", path=done.backup))
    if done.database is not None:
        print(t("{rows} rows in {tables} tables arrived and are what was sent.", rows=done.rows, tables=len(done.tables)))
    if done.folder is not None:
        print(t("{n} files arrived and are what was sent.", n=done.files))
    print(t("Check code {code}. To work there, stop the program, set this and start it again:", code=done.chain.code))
    for name, value in done.settings.items():
        print(f"{name}={value}")
