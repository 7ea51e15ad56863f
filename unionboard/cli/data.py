"""The database on the command line."""

from typing import Annotated

import typer

from unionboard import clock
from unionboard.cli.shell import app, database, signature, t
from unionboard.config import LOCAL_USER
from unionboard.i18n import mark


@app.command()
def demo(
    year: Annotated[int | None, typer.Option("--year", metavar="YYYY", max=9999, help=mark("This year when left out."))] = None,
) -> None:
    """Load a fictitious union's year into an empty database."""
    from unionboard.services import activities
    from unionboard.services.demo import load_demo

    today = clock.today()
    stamp = signature() | {"who": LOCAL_USER}  # the year tells what a committee did with pages
    with database(writes=True) as session:
        plan = load_demo(session, year=today.year if year is None else year, today=today, **stamp)
        count = len(activities.list_activities(session, plan.id or 0, today=today))
    print(t("Loaded “{title}” with {n} activities.", title=plan.title, n=count))


@app.command()
def migrate() -> None:
    """Bring the database up to date; a backup is taken first."""
    with database():
        print(t("The database is up to date."))
