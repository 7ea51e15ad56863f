"""What pages keep for one another holds nobody's name that is sealed, whoever has looked at it meanwhile."""

import gc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest

from tests.conftest import TODAY
from unionboard import db
from unionboard.models import CareVisit
from unionboard.services.moments import find_moment
from unionboard.ui import kept

PAGES = ("board", "timeline", "checkoffs", "fund", "summary", "meeting")


def list_kept(engine: Engine) -> Iterator[object]:
    """Every object that is reached from what is kept of this database."""
    with db.reading(engine) as session:
        moment = find_moment(session, today=TODAY)
    reads: Any = kept._shelf(moment.place, 1).reads_of(moment)
    waiting, seen = list(reads.cache.values()), set[int]()
    while waiting:
        one = waiting.pop()
        of_library = type(one).__module__.startswith("sqlalchemy")  # a row's way to its engine, and to what any statement was asked with
        if id(one) not in seen and not of_library and not isinstance(one, type | Callable):
            seen.add(id(one))
            yield one
            waiting += gc.get_referents(one)


@pytest.mark.usefixtures("demo")
def test_no_sealed_name_is_kept(engine: Engine, open_page: Callable[..., AppTest]) -> None:
    with Session(engine) as session:
        names = {name for name in session.exec(select(CareVisit.recipient)) if name}
    assert names
    for page in PAGES:
        open_page(page)

    told = [one if isinstance(one, str) else one.decode(errors="replace") for one in list_kept(engine) if isinstance(one, str | bytes)]

    assert told
    assert [name for name in sorted(names) if any(name in one for one in told)] == []
