"""Everything taken out as open formats, and brought in again, on the command line."""

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from unionboard import clock
from unionboard.cli.shell import AsJson, app, database, is_union_named, note_export, print_json, signature, t, tell_share
from unionboard.config import COMMAND_LINE, read_config
from unionboard.errors.entries import FileNotFound
from unionboard.i18n import mark


@app.command("export-all")
def export_everything(
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help=mark("Where to write the .zip."))],
    with_names: Annotated[
        bool, typer.Option("--with-names", help=mark("Names and private papers lie open in the file; else they stay sealed."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write everything into one .zip of open formats, which import-all brings in again; --union: of that union alone."""
    from unionboard import db
    from unionboard.cli_json import describe_package
    from unionboard.models.separation import union_of
    from unionboard.services.archives import tell_size
    from unionboard.services.exports import Export
    from unionboard.services.guard import LOCAL_ROLES, Actor
    from unionboard.services.open_export import export_all
    from unionboard.services.union_tree import list_names

    if out.suffix.lower() != ".zip":
        raise typer.BadParameter(t("The file must end in .zip."), param_hint="-o")
    with database() as session:
        is_part = is_union_named() and len(list_names(session)) > 1
        union = union_of(session) if is_part else None
    note_export(Export.EVERYTHING, with_names=with_names)
    now_utc = clock.now_utc()
    actor = replace(Actor(roles=LOCAL_ROLES, origin=COMMAND_LINE), unlocked_until_utc=now_utc + timedelta(minutes=1))
    engine, config = db.current_engine(), read_config()
    made = export_all(engine, config, out, union=union, with_names=with_names, at=now_utc, actor=actor, tell=tell_share())
    if as_json:
        print_json({"file": str(out), "size": out.stat().st_size, **describe_package(made)})
        return
    print(t("Written: {path}", path=out))
    told = {"rows": sum(made.rows.values()), "tables": len(made.rows), "files": len(made.kept_files), "size": tell_size(out.stat().st_size)}
    print(t("{rows} rows in {tables} tables, {files} files, {size}. Check code {code}.", **told, code=made.chain.code))
    if made.with_names:
        print(t("Names and private papers lie open in it: keep it like a list of the sick, and delete it when it has served."))
    elif made.sealed:
        print(t("{n} values and files in it are sealed. Take the key along apart from it: {place}", n=made.sealed, place=config.key_path))
    for name in made.missing:
        print(t("A file is missing here, so it is not in it: {name}", name=name), file=sys.stderr)


@app.command("import-all")
def import_everything(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=mark("The .zip that export-all wrote."), show_default=False)],
    key: Annotated[Path | None, typer.Option("--key", metavar="FILE", help=mark("The key that opens the names in it."))] = None,
    as_json: AsJson = False,
) -> None:
    """Bring in everything from an export, into an installation without records: all of it or nothing."""
    from unionboard import db
    from unionboard.cli_json import describe_package
    from unionboard.services.guard import LOCAL_ROLES, Actor
    from unionboard.services.open_import import import_all

    for path in filter(None, (file, key)):
        if not path.is_file():
            raise FileNotFound(path=path)
    with database():
        engine = db.current_engine()
    actor, config = Actor(roles=LOCAL_ROLES, origin=COMMAND_LINE), read_config()
    with database():  # what the disk or the server says on the way is told in a sentence
        done = import_all(engine, config, file, actor=actor, key_path=key, tell=tell_share(), **signature())
    if as_json:
        print_json({**describe_package(done.package), "unreadable": done.unreadable})
        return
    print(
        t(
            "Everything is in: {rows} rows, {files} files. Check code {code}.",
            rows=done.rows,
            files=done.files,
            code=done.package.chain.code,
        )
    )
    if done.unreadable:
        lost = {"n": done.unreadable, "place": config.key_path}
        sentence = t("{n} values and files are sealed with another key and cannot be read. Put its copy at {place}.", **lost)
        print(sentence, file=sys.stderr)
