"""Backups on the command line: made, and gone back to."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from unionboard import clock, i18n
from unionboard.cli.shell import LANGUAGE, app, database, signature, t, tell_moment
from unionboard.config import COMMAND_LINE, read_config
from unionboard.errors.backups import NotConfirmed
from unionboard.errors.entries import FileNotFound
from unionboard.i18n import mark

if TYPE_CHECKING:
    from unionboard.services.backup_files import BackupFile


@app.command()
def backup(
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="DIR", help=mark("Another folder than that of the backups."))] = None,
) -> None:
    """Make a backup now: one .zip with everything, opened and checked."""
    from unionboard import db
    from unionboard.services.backup_schedule import back_up_now
    from unionboard.services.backups import BY_HAND, make_backup

    with database():
        if out is not None:
            made, second = make_backup(db.current_engine(), folder=out, label=BY_HAND, now_utc=clock.now_utc()), None
        else:
            done = back_up_now(now_utc=clock.now_utc(), actor=None)
            made, second = done.backup, done.second
    print(t("Backed up and checked: {path}", path=made.path))
    if second is not None:
        print(t("The second folder has no copy of it: {why}", why=i18n.tell_refusal(LANGUAGE.get(), second)), file=sys.stderr)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=mark("The backup: a .zip."), show_default=False)],
    key: Annotated[Path | None, typer.Option("--key", metavar="FILE", help=mark("The key that opens the names in it."))] = None,
    yes: Annotated[bool, typer.Option("--yes", help=mark("Do not ask."))] = False,
) -> None:
    """Go back to a backup. The present data are kept in a folder beside."""
    from unionboard.services.backup_files import read_backup
    from unionboard.services.guard import LOCAL_ROLES, Actor
    from unionboard.services.restoring import restore_backup

    for path in filter(None, (file, key)):
        if not path.is_file():
            raise FileNotFound(path=path)
    _tell_backup(read_backup(file))
    if not yes and not _is_sure():
        raise NotConfirmed
    done = restore_backup(file, actor=Actor(roles=LOCAL_ROLES, origin=COMMAND_LINE), key_path=key, **signature())
    print(t("Restored: the data are those of {moment}.", moment=tell_moment(done.backup.made_at_utc)))
    if done.kept_in:
        print(t("What was there before is kept in {path}.", path=done.kept_in))
    if not done.names_readable:
        place = read_config().key_path
        print(t("The key to the names in it is not here: they read ******. Put its copy at {place}.", place=place), file=sys.stderr)


def _tell_backup(found: "BackupFile") -> None:
    from unionboard.services.archives import tell_size

    told = {"moment": tell_moment(found.made_at_utc), "label": found.label, "size": tell_size(found.size_bytes)}
    print(t("Backup of {moment} ({label}), {size}.", **told))
    rows = found.manifest.rows
    held = {"plans": rows.get("plan", 0), "activities": rows.get("activity", 0), "entries": rows.get("fund_entry", 0)}
    files = len(found.manifest.files) - 1  # the database itself is none of them
    print(t("In it: {plans} plans, {activities} activities, {entries} ledger entries, {files} files.", **held, files=files))


def _is_sure() -> bool:
    """Asked on a terminal only: a script says --yes."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("CI"):
        return False
    return typer.confirm(t("Put it in the place of the present data?"), default=False)
