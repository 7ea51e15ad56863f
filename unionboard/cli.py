"""The command line: a thin shell over the services, for scripts, checks and people who like typing.

A contract: exit 0 when done; 1 with one sentence on stderr when refused; 2 for wrong usage; never a traceback. JSON is UTF-8 on stdout.
What is heavy is imported inside the commands, so that each pays only for what it uses.
"""

import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer

from unionboard import clock, i18n
from unionboard.cli_json import describe_activity, describe_book, describe_reading, describe_summary, sort_items
from unionboard.config import DEFAULT_LANGUAGE, LOCAL_USER, UPLOAD_LIMIT_MB, read_config
from unionboard.errors import (
    CannotWrite,
    DatabaseBusy,
    DatabaseUnusable,
    DateNotReadable,
    DateOutsidePlan,
    FileNotFound,
    FileNotReadable,
    NoPlanFound,
    Refusal,
)
from unionboard.i18n import mark
from unionboard.log import write_log

if TYPE_CHECKING:
    from sqlmodel import Session

    from unionboard.reading.draft import Reading, ScheduleEntry
    from unionboard.services.fund import Book
    from unionboard.services.summary import SummaryView

LANGUAGE: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)
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
        command(args=arguments, prog_name="python -m unionboard")
    except Refusal as refusal:
        if refusal.__cause__ is not None:
            write_log(refusal.__cause__)
        _leave(i18n.tell_refusal(LANGUAGE.get(), refusal))
    except Exception as error:  # the last guard: people get a sentence, the log gets the rest
        _leave(t("Something went wrong that the program did not expect. Details are in {place}.", place=write_log(error)))
    sys.exit(0)


def t(msgid: str, /, **facts: object) -> str:
    """``msgid`` in this run's language."""
    return i18n.translate(LANGUAGE.get(), msgid, **facts)


def _wished_language(arguments: Sequence[str]) -> str | None:
    """What ``--lang`` before the command says; help is translated before options are read."""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if word == "--lang":
            return following
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if not word.startswith("-"):
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


def _leave(sentence: str) -> NoReturn:
    print(" ".join(sentence.split()), file=sys.stderr)
    sys.exit(1)


# --- documents ---------------------------------------------------------------------------------------------------------------


@app.callback()
def choose(
    lang: Annotated[Literal["zh_CN", "en"] | None, typer.Option("--lang", help=mark("The language of what is printed."))] = None,
) -> None:
    """Unionboard: a union committee's year, from the plan to the summary."""


@app.command()
def parse(file: PlanFile, plan: PlanNumber = None, as_json: AsJson = False) -> None:
    """Show what is read from a plan document, and what is left out; nothing is stored."""
    reading = _read_document(file)
    draft = reading.plan(plan)
    if as_json:
        _print_json(describe_reading(reading, draft))
        return
    for document in reading.documents if len(reading.documents) > 1 else ():
        print(f"[{document.n}{'*' if document.n == draft.n else ''}] {document.title}")
    print(draft.title)
    for section in (section for section in draft.sections if section.heading):
        print(f"  {section.printed_number} {section.heading}".rstrip())
        for measure in section.measures:
            if measure.frequency:
                print(f"    {measure.frequency.phrase}: {measure.text}")
    for entry in draft.schedule:
        print(f"{_tell_time(entry)}: {'; '.join(item.title for item in entry.items)}")
    lines = {line.number: line.text for line in reading.lines}
    for fate in draft.ignored:
        print(t("Left out, line {line}: {text}", line=fate.line, text=lines[fate.line].strip()))


@app.command("import")
def import_plan(file: PlanFile, year: Year, plan: PlanNumber = None) -> None:
    """Make a plan document the plan of a year."""
    from unionboard.models import PeriodKind
    from unionboard.reading.draft import DocumentKind
    from unionboard.services import activities, plans

    reading = _read_document(file)
    draft = reading.plan(plan)
    if plan is None and draft.kind is not DocumentKind.PLAN:
        raise NoPlanFound  # a summary or news: only adopted when somebody insists
    kind = PeriodKind.CALENDAR_YEAR
    with _database(writes=True) as session:
        starts_on, ends_on = plans.span_of_year(year, kind)
        adopted = plans.adopt_draft(
            session,
            draft,
            year=year,
            period_kind=kind,
            starts_on=starts_on,
            ends_on=ends_on,
            source_name=file.name,
            source_text="\n".join(line.text for line in reading.lines),
            **_signature(),
        )
        count = len(activities.list_activities(session, adopted.id or 0, today=clock.today()))
    print(t("Adopted “{title}” for {year}: {n} activities.", title=adopted.title, year=year, n=count))


def _read_document(path: Path) -> "Reading":
    from unionboard.reading.files import read_file

    if not path.exists():
        raise FileNotFound(path=path)
    try:
        with path.open("rb") as file:
            data = file.read(UPLOAD_LIMIT_MB * 1024 * 1024 + 1)
    except OSError:
        raise FileNotReadable(path=path) from None
    return read_file(data, filename=path.name)


def _tell_time(entry: "ScheduleEntry") -> str:
    if entry.months:
        return t("Month {months}", months=", ".join(str(month) for month in entry.months))
    return t("First half") if entry.half_year == 1 else t("Second half") if entry.half_year == 2 else t("All year")


# --- the year ----------------------------------------------------------------------------------------------------------------


@app.command("activities")
def list_activities(year: Year, as_json: AsJson = False) -> None:
    """List a year's activities with their status today."""
    from unionboard.services import activities, plans

    with _database() as session:
        plan = plans.plan_of_year(session, year)
        views = activities.list_activities(session, plan.id or 0, today=clock.today())
    views.sort(key=lambda view: (view.starts_on, view.ends_on, view.position))
    if as_json:
        _print_json([describe_activity(view) for view in views])
        return
    for view in views:
        when = f"{view.starts_on} … {view.ends_on}" if view.starts_on < view.ends_on else str(view.starts_on)
        print(f"{view.id:>4}  {when:<24}  {t(STATUS_WORDS[view.status])}\t{view.title}")


STATUS_WORDS = {
    "done": mark("Done"),
    "partly": mark("Partly done"),
    "under_way": mark("Under way"),
    "coming": mark("Coming"),
    "late": mark("Late"),
    "postponed": mark("Postponed"),
    "cancelled": mark("Cancelled"),
    "standing": mark("Standing"),
}


@app.command("check-off")
def check_off(
    activity_id: ActivityId,
    on: Day,
    participants: People = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=mark("What came of it."))] = "",
) -> None:
    """Report an activity as held."""
    from unionboard.services import activities, checkoffs

    day = _read_day(on)
    details = checkoffs.Details(participants=participants, result=note)
    with _database(writes=True) as session:
        checkoffs.check_off(session, activity_id, done_on=day, details=details, today=clock.today(), **_signature())
        title = activities.load_row(session, activity_id).title
    print(t("Checked off “{title}” for {day}.", title=title, day=day))


@app.command()
def undo(activity_id: ActivityId) -> None:
    """Take an activity's latest check-off back."""
    from unionboard.services import activities, checkoffs

    with _database(writes=True) as session:
        row = checkoffs.undo_check_off(session, activity_id, **_signature())
        title = activities.load_row(session, activity_id).title
    print(t("Taken back: “{title}” is no longer checked off for {day}.", title=title, day=row.done_on))


# --- the fund ----------------------------------------------------------------------------------------------------------------


@app.command()
def spend(on: Day, item: Item, yuan: Yuan, purpose: Purpose, activity: ForActivity = None) -> None:
    """Book a spending."""
    _book("out", on=on, item=item, yuan=yuan, purpose=purpose, activity_id=activity)


@app.command()
def receive(on: Day, item: Item, yuan: Yuan, purpose: Purpose, activity: ForActivity = None) -> None:
    """Book an income."""
    _book("in", on=on, item=item, yuan=yuan, purpose=purpose, activity_id=activity)


def _book(direction: str, *, on: str, item: str, yuan: str, purpose: str, activity_id: int | None) -> None:
    from unionboard.models import Direction
    from unionboard.money import format_fen, parse_yuan
    from unionboard.services import fund

    day, amount_fen = _read_day(on), parse_yuan(yuan)
    with _database(writes=True) as session:
        entry = fund.book_entry(
            session,
            booked_on=day,
            direction=Direction(direction),
            item=item,
            amount_fen=amount_fen,
            purpose=purpose,
            activity_id=activity_id,
            today=clock.today(),
            **_signature(),
        )
        balance_fen = fund.read_book(session, entry.year).balance_fen
    told = {"voucher": entry.voucher, "amount": format_fen(amount_fen), "balance": format_fen(balance_fen)}
    print(t("Booked as voucher {voucher}: {amount}. Balance {balance}.", **told))


@app.command("fund")
def show_fund(year: Year, as_json: AsJson = False) -> None:
    """Show a year's opening balance, income and spending by item, and what is left."""
    from unionboard.services import fund

    with _database() as session:
        book = fund.read_book(session, year)
    if as_json:
        _print_json(describe_book(book))
        return
    _print_book(book)


def _print_book(book: "Book") -> None:
    from unionboard.money import format_fen
    from unionboard.reference import fund_items

    def print_sum(name: str, amount_fen: int) -> None:
        wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in name)
        print(f"{name}{' ' * max(1, 40 - len(name) - wide)}{format_fen(amount_fen):>16}")

    print_sum(t("Carried over"), book.opening_fen)
    for heading, sums in ((t("Income"), book.income_fen), (t("Spending"), book.spending_fen)):
        print_sum(heading, sum(sums.values()))
        for code, amount_fen in sort_items(sums).items():
            print_sum(f"  {fund_items()[code].en if LANGUAGE.get() == 'en' else fund_items()[code].zh}", amount_fen)
    print_sum(t("Balance"), book.balance_fen)


# --- the summary -------------------------------------------------------------------------------------------------------------


@app.command()
def summary(
    year: Year,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help=mark("Count what happened up to this day."))] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="FILE", help=mark("Write to this .docx or .md file."))] = None,
    as_json: AsJson = False,
) -> None:
    """Write the year-end summary from the records; without -o it is printed."""
    from unionboard.services import plans
    from unionboard.services.summary import build_document, write_draft

    if out is not None and out.suffix.lower() not in {".docx", ".md"}:
        raise typer.BadParameter(t("The file must end in .docx or .md."), param_hint="-o")
    day = _read_day(as_of) if as_of else None
    with _database(writes=True) as session:
        plan = plans.plan_of_year(session, year)
        until = day or min(max(clock.today(), plan.starts_on), plan.ends_on)
        if until < plan.starts_on:
            raise DateOutsidePlan(day=until, starts_on=plan.starts_on, ends_on=plan.ends_on)
        view = write_draft(session, plan.id or 0, as_of=until, language=LANGUAGE.get(), **_signature())
        if out is not None:  # before the commit: a file that cannot be written leaves no draft behind
            _write_file(out, _render(view, out.suffix.lower()))
    if as_json:
        _print_json(describe_summary(view))
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


def _write_file(path: Path, content: bytes) -> None:
    """Whole or not at all: written beside and moved over."""
    waiting = path.with_name(f".{path.name}.writing")
    try:
        waiting.write_bytes(content)
        waiting.replace(path)
    except OSError:
        with suppress(OSError):
            waiting.unlink(missing_ok=True)
        raise CannotWrite(path=path) from None


# --- the data ----------------------------------------------------------------------------------------------------------------


@app.command()
def demo(
    year: Annotated[int | None, typer.Option("--year", metavar="YYYY", max=9999, help=mark("This year when left out."))] = None,
) -> None:
    """Load a fictitious union's year into an empty database."""
    from unionboard.services import activities
    from unionboard.services.demo import load_demo

    today = clock.today()
    with _database(writes=True) as session:
        plan = load_demo(session, year=today.year if year is None else year, today=today, **_signature())
        count = len(activities.list_activities(session, plan.id or 0, today=today))
    print(t("Loaded “{title}” with {n} activities.", title=plan.title, n=count))


@app.command()
def migrate() -> None:
    """Bring the database up to date; a backup is taken first."""
    with _database():
        print(t("The database is up to date."))


@contextmanager
def _database(*, writes: bool = False) -> Iterator["Session"]:
    """A session on the migrated database; with ``writes`` one transaction, committed at the end.

    Raises: DatabaseBusy when others hold it too long, DatabaseUnusable when it cannot be opened, written or understood.
    """
    from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError

    from unionboard import db
    from unionboard.services.migrations import bring_up_to_date

    try:
        bring_up_to_date()
        with db.writing() if writes else db.reading() as session:
            yield session
    except (DatabaseError, ArgumentError, NoSuchModuleError, ModuleNotFoundError, OSError) as error:
        if isinstance(error, DatabaseError) and type(error) not in {OperationalError, DatabaseError}:
            raise  # a broken rule of ours, not a broken database
        if isinstance(error, OperationalError) and re.search("locked|lock timeout", str(error.orig)):  # of SQLite, of PostgreSQL
            raise DatabaseBusy from None
        place = re.sub(r"//[^/@]*@", "//", read_config().database_url)  # without a password
        raise DatabaseUnusable(place=place) from error


def _signature() -> dict[str, Any]:
    """Who changes something, and when."""
    return {"who": LOCAL_USER, "now_utc": clock.now_utc()}


def _read_day(text: str) -> date:
    """2026-03-08, also 2026-3-8, 2026/3/8 and 2026年3月8日. Raises: DateNotReadable."""
    found = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", unicodedata.normalize("NFKC", text).strip())
    try:
        return date(*(int(part) for part in found.groups())) if found else date.fromisoformat(text)
    except ValueError:
        raise DateNotReadable(text=text) from None


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))
