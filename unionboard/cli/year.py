"""The year on the command line: activities, and what was held."""

from typing import Annotated

import typer

from unionboard import clock
from unionboard.cli.shell import ActivityId, AsJson, Day, People, Year, app, database, print_json, read_day, signature, t
from unionboard.cli_json import describe_activity
from unionboard.i18n import mark


@app.command("activities")
def list_activities(year: Year, as_json: AsJson = False) -> None:
    """List a year's activities with their status today."""
    from unionboard.services import activities, plans

    with database() as session:
        plan = plans.plan_of_year(session, year)
        views = activities.list_activities(session, plan.id or 0, today=clock.today())
    views.sort(key=lambda view: (view.starts_on, view.ends_on, view.position))
    if as_json:
        print_json([describe_activity(view) for view in views])
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

    day = read_day(on)
    details = checkoffs.Details(participants=participants, result=note)
    with database(writes=True) as session:
        checkoffs.check_off(session, activity_id, done_on=day, details=details, today=clock.today(), **signature())
        title = activities.load_row(session, activity_id).title
    print(t("Checked off “{title}” for {day}.", title=title, day=day))


@app.command()
def undo(activity_id: ActivityId) -> None:
    """Take an activity's latest check-off back."""
    from unionboard.services import activities, checkoffs

    with database(writes=True) as session:
        row = checkoffs.undo_check_off(session, activity_id, **signature())
        title = activities.load_row(session, activity_id).title
    print(t("Taken back: “{title}” is no longer checked off for {day}.", title=title, day=row.done_on))
