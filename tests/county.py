"""The demo county in a test's database, stored once for all tests."""

import shutil
from pathlib import Path

from sqlalchemy import Engine

from tests.conftest import TODAY, make_once
from tests.makers import NOW
from unionboard import db
from unionboard.models import Union
from unionboard.services.demo_county import COUNTY, store_union, tell_county, tell_unions

COUNT = 6
BELOW = tuple(range(COUNTY + 1, COUNTY + 1 + COUNT))


def store_county(engine: Engine) -> None:
    """The upper union and ``COUNT`` below it."""
    with db.within(COUNTY), db.writing(engine) as session:
        session.add(Union(**tell_county()))
    for number, story in enumerate(tell_unions(COUNT, year=TODAY.year, today=TODAY), start=COUNTY + 1):
        with db.within(number), db.writing(engine) as session:
            store_union(session, story, today=TODAY, who="chair", now_utc=NOW)


def lay_county(migrated: Path, common: Path, place: Path) -> None:
    """The county's database at ``place``."""

    def make(path: Path) -> None:
        shutil.copy(migrated, path)
        engine = db.open_engine(f"sqlite:///{path}")
        store_county(engine)
        engine.dispose()

    shutil.copy(make_once(common / "county.sqlite3", make), place)
