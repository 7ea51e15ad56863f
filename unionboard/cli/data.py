"""The database on the command line."""

import sys
from typing import Annotated

import typer

from unionboard import clock
from unionboard.cli.shell import app, database, signature, t
from unionboard.config import LOCAL_USER
from unionboard.i18n import mark


@app.command()
def demo(
    year: Annotated[int | None, typer.Option("--year", metavar="YYYY", max=9999, help=mark("This year when left out."))] = None,
    unions: Annotated[int, typer.Option("--unions", metavar="N", max=1000, help=mark("A county with so many unions instead of one."))] = 0,
) -> None:
    """Load a fictitious union's year into an empty database."""
    if unions > 0:
        _load_county(unions, year)
        return
    from unionboard.services import activities
    from unionboard.services.demo import load_demo

    today = clock.today()
    stamp = signature() | {"who": LOCAL_USER}  # the year tells what a committee did with pages
    with database(writes=True) as session:
        plan = load_demo(session, year=today.year if year is None else year, today=today, **stamp)
        count = len(activities.list_activities(session, plan.id or 0, today=today))
    print(t("Loaded “{title}” with {n} activities.", title=plan.title, n=count))


def _load_county(count: int, year: int | None) -> None:
    """Several unions need accounts: the upper union's chair gets the first one."""
    from unionboard import db
    from unionboard.services import demo_county

    today = clock.today()
    stamp = signature() | {"who": LOCAL_USER}
    with database(writes=True) as session:
        name, password = demo_county.begin_county(session, **stamp)
    stories = demo_county.tell_unions(count, year=today.year if year is None else year, today=today)
    for number, story in enumerate(stories, start=demo_county.COUNTY + 1):
        with db.within(number), db.writing() as session:
            demo_county.store_union(session, story, today=today, **stamp)
    print(password)
    sentence = t(
        "Loaded a county with {n} unions. {name} signs in with this password; another one is asked for at once.", n=count, name=name
    )
    print(sentence, file=sys.stderr)


@app.command()
def migrate() -> None:
    """Bring the database up to date; a backup is taken first."""
    with database():
        print(t("The database is up to date."))
