"""Minutes on the command line."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from unionboard import clock
from unionboard.cli.shell import LANGUAGE, app, database, note_export, t, write_file
from unionboard.errors.meetings import MinutesNotReady, NoMeetingYet, NoSuchMeeting
from unionboard.errors.plans import NoPlanYet
from unionboard.i18n import mark

if TYPE_CHECKING:
    from sqlmodel import Session

    from unionboard.models import Meeting

LATEST = "latest"
Which = Annotated[str, typer.Argument(metavar="MEETING", help=mark("The meeting's number, or “latest”."), show_default=False)]
Out = Annotated[Path, typer.Argument(metavar="FILE", help=mark("The file to write: .docx."), show_default=False)]
OfYear = Annotated[int | None, typer.Option("--year", metavar="YYYY", max=9999, help=mark("The plan's year; without it today’s plan."))]


@app.command()
def minutes(meeting: Which, out: Out, year: OfYear = None) -> None:
    """Write the minutes of a meeting as a Word file."""
    from unionboard.services.minutes import read_minutes
    from unionboard.writing.minutes_docx import write_minutes
    from unionboard.writing.minutes_words import minutes_words

    if out.suffix.lower() != ".docx":
        raise typer.BadParameter(t("The file must end in .docx."), param_hint="FILE")
    if meeting != LATEST and not meeting.isdecimal():
        raise typer.BadParameter(t("“{text}” is no meeting. Type its number, or “latest”.", text=meeting), param_hint="MEETING")
    with database() as session:
        chosen = _choose(session, meeting, year)
        if chosen.minutes is None:
            raise MinutesNotReady(number=chosen.number)
        content = write_minutes(read_minutes(chosen.minutes), minutes_words(LANGUAGE.get()))
    note_export("minutes")
    write_file(out, content)
    print(t("Written: {path}", path=out))


def _choose(session: "Session", meeting: str, year: int | None) -> "Meeting":
    from unionboard.services import meetings, plans

    plan = plans.plan_of_year(session, year) if year is not None else plans.current_plan(session, today=clock.today())
    if plan is None:
        raise NoPlanYet
    if meeting == LATEST:
        last = meetings.last_meeting(session, plan.id or 0)
        if last is None:
            raise NoMeetingYet
        return last
    found = next((row for row in meetings.list_meetings(session, plan.id or 0) if row.number == int(meeting)), None)
    if found is None:
        raise NoSuchMeeting(number=meeting)
    return found
