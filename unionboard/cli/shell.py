"""What every command stands on: options, the language, one transaction, and one sentence when something is refused.

A contract: exit 0 when done; 1 with one sentence on stderr when refused; 2 for wrong usage; never a traceback. JSON is UTF-8 on stdout.
What is heavy is imported inside the commands, so that each pays only for what it uses.
"""

import json
import os
import re
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn
from zoneinfo import ZoneInfo

import typer

from unionboard import clock, i18n
from unionboard.config import COMMAND_LINE, DEFAULT_LANGUAGE, TIME_ZONE, UPLOAD_LIMIT_MB, read_config
from unionboard.errors import Refusal
from unionboard.errors.database import DatabaseDamaged, DatabaseGone, DatabaseUnusable
from unionboard.errors.entries import CannotWrite, DateNotReadable, FileNotFound, FileNotReadable
from unionboard.i18n import mark
from unionboard.log import record

if TYPE_CHECKING:
    from sqlmodel import Session

    from unionboard.services.backup_files import Safe

LANGUAGE: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)
_UNION: ContextVar[str] = ContextVar("union", default="")
MOST = 2**31 - 1
app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)

AsJson = Annotated[bool, typer.Option("--json", help=mark("Print JSON instead of text."))]
PlanNumber = Annotated[int | None, typer.Option("--plan", metavar="N", help=mark("Which of the file's documents; see parse."))]
PlanFile = Annotated[Path, typer.Argument(metavar="FILE", help=mark("The plan: .docx, .xlsx or .txt."), show_default=False)]
Year = Annotated[int, typer.Option("--year", metavar="YYYY", max=9999, help=mark("The plan's year."))]
Day = Annotated[str, typer.Option("--on", metavar="DATE", help=mark("The day, as 2026-03-08."))]
ActivityId = Annotated[int, typer.Argument(metavar="ID", max=MOST, help=mark("The activity's number; see activities."), show_default=False)]
People = Annotated[int | None, typer.Option("--participants", metavar="N", max=MOST, help=mark("How many people took part."))]
Item = Annotated[str, typer.Option("--item", metavar="CODE", help=mark("The fund item; a wrong one lists them all."))]
Yuan = Annotated[str, typer.Option("--yuan", metavar="AMOUNT", help=mark("The amount in yuan, as 1200.50."))]
Purpose = Annotated[str, typer.Option("--purpose", metavar="TEXT", help=mark("What it is for."))]
ForActivity = Annotated[int | None, typer.Option("--activity", metavar="ID", max=MOST, help=mark("The activity it belongs to."))]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and leave with its exit code."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(encoding="utf-8", errors="backslashreplace")
    LANGUAGE.set(i18n.choose_language(_wished_language(arguments), os.environ.get("UNIONBOARD_LANG")))
    try:
        _check_clock()
        command = typer.main.get_command(app)
        _translate_help(command)
        command(args=arguments, prog_name=_tell_program())
    except Refusal as refusal:
        if refusal.__cause__ is not None:
            record(refusal.__cause__, where="command line")
        _leave(f"{i18n.tell_refusal(LANGUAGE.get(), refusal)} {_tell_way_on(refusal)}")
    except Exception as error:  # the last guard: people get a sentence, the log gets the rest
        code, place = record(error, where="command line"), read_config().log_path
        _leave(t("Something went wrong that the program did not expect. It stands as {code} in {place}.", code=code, place=place))
    sys.exit(0)


def _tell_program() -> str:
    """What was typed: the command of an installation, or Python with the package's name."""
    typed = Path(sys.argv[0]).stem
    return typed if typed == "unionboard" else "python -m unionboard"


def t(msgid: str, /, **facts: object) -> str:
    """``msgid`` in this run's language."""
    return i18n.translate(LANGUAGE.get(), msgid, **facts)


def _wished_language(arguments: Sequence[str]) -> str | None:
    """What ``--lang`` before the command says; help is translated before options are read."""
    for before, word, following in zip(["", *arguments], arguments, [*arguments[1:], ""], strict=False):
        if word == "--lang":
            return following
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if not word.startswith("-") and before != "--union":
            return None
    return None


def _check_clock() -> None:
    try:
        read_config()
    except ValueError:
        raise DateNotReadable(text=os.environ.get("UNIONBOARD_TODAY")) from None


def _translate_help(command: Any) -> None:
    command.help = t(command.help) if command.help else command.help
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = t(parameter.help)
    for inner in getattr(command, "commands", {}).values():
        _translate_help(inner)


def _tell_way_on(refusal: Refusal) -> str:
    """What to type after ``refusal``, where that is known."""
    from unionboard.cli.way_back import tell_way_back

    return tell_way_back() if isinstance(refusal, (DatabaseDamaged, DatabaseGone)) else ""


def _leave(sentence: str) -> NoReturn:
    print(" ".join(sentence.split()), file=sys.stderr)
    sys.exit(1)


@app.callback()
def choose(
    lang: Annotated[  # noqa: ARG001 -- was read before, by ``main``
        Literal["zh_CN", "en"] | None, typer.Option("--lang", help=mark("The language of what is printed."))
    ] = None,
    union: Annotated[
        str, typer.Option("--union", metavar="NUMBER|NAME", envvar="UNIONBOARD_UNION", help=mark("The union it is about; see union list."))
    ] = "",
) -> None:
    """Unionboard: a union committee's year, from the plan to the summary."""
    _UNION.set(union)


def read_bytes(path: Path) -> bytes:
    """A file's content, up to just above what is allowed to be uploaded. Raises: FileNotFound, FileNotReadable."""
    try:
        with path.open("rb") as file:
            return file.read(UPLOAD_LIMIT_MB * 1024 * 1024 + 1)
    except FileNotFoundError:
        raise FileNotFound(path=path) from None
    except (OSError, ValueError):  # a name that no disk takes is a ValueError
        raise FileNotReadable(path=path) from None


def write_file(path: Path, content: bytes) -> None:
    """Whole or not at all: written beside and moved over. Raises: CannotWrite."""
    waiting = path.with_name(f".{path.name}.writing")
    try:
        waiting.write_bytes(content)
        waiting.replace(path)
    except OSError:
        with suppress(OSError):
            waiting.unlink(missing_ok=True)
        raise CannotWrite(path=path) from None


def note_export(what: str, *, with_names: bool = False) -> None:
    """Write down that a file is taken out, before it is written. Whoever has the files of the data needs no unlock. Raises: NotYours."""
    from unionboard.services.exports import record_export
    from unionboard.services.guard import actor_of, bind_actor

    with database(writes=True) as session:
        actor, stamp = actor_of(session), signature()
        if actor is not None and with_names:
            bind_actor(session, replace(actor, unlocked_until_utc=stamp["now_utc"] + timedelta(minutes=1)))
        record_export(session, what, names=with_names, **stamp)


@contextmanager
def database(*, writes: bool = False, safe: "Safe | None" = None) -> Iterator["Session"]:
    """A session on the migrated database; with ``writes`` one transaction, committed at the end.

    ``safe``: the label of a backup that is made before, for what changes much at once. Where the database holds several unions, it is about
    the one that ``--union`` names, or the first.

    Raises: UnionUnknown, DatabaseBusy when others hold it too long, DatabaseDamaged, DatabaseGone, DataReadOnly, DiskFull;
    DatabaseUnusable when it cannot be opened or understood.
    """
    from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

    from unionboard import db, secrecy
    from unionboard.services import condition
    from unionboard.services.backup_schedule import back_up_before
    from unionboard.services.guard import LOCAL_ROLES, Actor, bind_actor
    from unionboard.services.keys import NEW_KEY

    place = re.sub(r"//[^/@]*@", "//", read_config().database_url)  # without a password
    try:
        had_key = secrecy.has_key()
        found = condition.open_data()
        if not had_key and secrecy.has_key():
            print(t(NEW_KEY, place=read_config().key_path), file=sys.stderr)
        if found.refusal is not None and not (found.is_open and not writes):
            raise found.refusal
        actor = Actor(roles=LOCAL_ROLES, origin=COMMAND_LINE)  # who has the files has the data
        if safe:
            back_up_before(safe, now_utc=clock.now_utc(), actor=actor)
        with db.within(_find_union()), db.writing() if writes else db.reading() as session:
            bind_actor(session, actor)
            yield session
    except (DBAPIError, OSError) as error:
        refusal = condition.explain(error)
        if refusal is None:
            raise  # a broken rule of ours, not a broken database
        raise refusal from error
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise DatabaseUnusable(place=place) from error


def is_union_named() -> bool:
    """Whether ``--union`` says which union is meant."""
    return bool(_UNION.get())


def _find_union() -> int:
    """The number of the union that is meant. Raises: UnionUnknown."""
    from unionboard import db
    from unionboard.services.union_tree import require_named

    if not is_union_named():
        return read_config().union_id
    with db.within(None), db.reading() as session:
        return require_named(session, _UNION.get())


def signature() -> dict[str, Any]:
    """Who changes something, and when: nobody is asked for a name here, so none is claimed."""
    return {"who": COMMAND_LINE, "now_utc": clock.now_utc()}


def read_day(text: str) -> date:
    """2026-03-08, also 2026-3-8, 2026/3/8 and 2026年3月8日. Raises: DateNotReadable."""
    found = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", unicodedata.normalize("NFKC", text).strip())
    try:
        return date(*(int(part) for part in found.groups())) if found else date.fromisoformat(text)
    except ValueError:
        raise DateNotReadable(text=text) from None


def tell_moment(moment: datetime) -> str:
    """2026-11-21 09:30, where the union is."""
    return f"{moment.astimezone(ZoneInfo(TIME_ZONE)):%Y-%m-%d %H:%M}"


def print_json(value: object) -> None:
    """JSON in UTF-8; days as text."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def tell_share(sentence: str = "{percent} %") -> Callable[[float], None]:
    """What says how far something is, on a terminal, once it takes longer than a second; ``sentence`` is translated."""
    begun, shown = time.monotonic(), -1

    def tell(share: float) -> None:
        nonlocal shown
        percent = int(share * 100)
        if sys.stderr.isatty() and percent > shown and time.monotonic() - begun > 1:
            shown = percent
            print(f"\r{t(sentence, percent=percent)}", end="\n" if percent == 100 else "", file=sys.stderr, flush=True)

    return tell
