"""What was read for a page is kept for the next run, and for whoever else looks, as long as nothing changes.

    views = keep(list_activities, plan_id, today=today)

gives what ``list_activities(session, plan_id, today=today)`` gives. See docs/adr/0014-kept-reads.md.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from threading import Condition
from typing import Any, Concatenate, ParamSpec, TypeVar

from cachetools import LRUCache, cached
from cachetools.keys import hashkey
from sqlalchemy import event
from sqlalchemy.orm import Session as OrmSession
from sqlmodel import Session
from streamlit.runtime.scriptrunner import get_script_run_ctx

from unionboard import clock, db
from unionboard.models.separation import union_of
from unionboard.services.guard import Actor, actor_of, bind_actor
from unionboard.services.moments import Moment, find_moment
from unionboard.ui import identity
from unionboard.ui.text import spoken

UNIONS, READS = 32, 64
"""Of so many unions of this process what was read is kept, and of each so many reads; then the longest unused go."""
P = ParamSpec("P")
T = TypeVar("T")


def keep(read: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What ``read(session, *args, **kwargs)`` gives, read anew only when the moment, the roles, the place or the language are others.

    ``read`` is a function of a module, its arguments are hashable. It rests on them and on what is stored and logged, and on nothing else:
    it acts for somebody with these roles, without a name, to whom nothing personal is open. It gives nothing sealed, or only under a mask,
    and no rows that are then added to a session; nor anything of unions ``below``, of whose moments nobody asks. What it gives is shared,
    also between threads: nobody changes it. What it raises is raised and not kept. Whoever calls it has no session open that has begun to
    read: a run that waits for another would hold its connection.
    """
    known = _known_now()
    reads = _shelf(known.moment.place, known.union).reads_of(known.moment)
    value: T = reads(_Asked(known.roles, spoken(), is_here=known.is_here), read, *args, **kwargs)
    return value


def find_moment_of_run() -> Moment:
    """What this run of a page rests on."""
    return _known_now().moment


@contextmanager
def one_run(moment: Moment) -> Iterator[None]:
    """A whole run of a page, which began with asking for ``moment``: within it nobody asks again but after a write of the run's own.

    Before it, in callbacks, and in fragments that run alone, every ``keep`` asks.
    """
    token = _run.set(_Run(moment))
    try:
        yield
    finally:
        _run.reset(token)


@dataclass(frozen=True, slots=True)
class _Asked:
    """For whom: whatever else a page may show or hide something by."""

    roles: Hashable
    language: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What stays for a whole run of what a read rests on."""

    moment: Moment
    union: int | None
    roles: Hashable
    is_here: bool


@dataclass(slots=True)
class _Run:
    """``moment``: as the run began; ``known``: None until something is asked, and again after a write of the run's own."""

    moment: Moment | None
    known: _Known | None = None


_run: ContextVar[_Run | None] = ContextVar("run", default=None)


def _known_now() -> _Known:
    run = None if db.is_within() else _run.get()  # of another union the run has asked nothing
    if run is not None and run.known is not None:
        return run.known
    with db.reading() as session:
        moment = run.moment if run is not None and run.moment is not None else find_moment(session, today=clock.today())
        actor = actor_of(session)
        known = _Known(moment, union_of(session), None if actor is None else actor.roles, is_here=_is_here())
    if run is not None:
        run.known = known
    return known


@event.listens_for(OrmSession, "after_commit")
def _forget_moment(_session: OrmSession) -> None:
    run = _run.get()
    if run is not None:
        run.moment = run.known = None


def _is_here() -> bool:
    return get_script_run_ctx(suppress_warning=True) is not None and identity.is_here()


class _Shelf:
    """What was read of one union at its newest moment: of earlier ones nothing is of use to anybody."""

    def __init__(self) -> None:
        self._newest: tuple[Moment | None, Callable[..., Any]] = (None, _read)

    def reads_of(self, moment: Moment) -> Callable[..., Any]:
        """Reads that are kept as long as no other moment is asked for. One who asks for what another is just reading waits for it."""
        kept_at, reads = self._newest
        if kept_at != moment:
            reads = cached(LRUCache(maxsize=READS), key=_key, condition=Condition())(_read)
            self._newest = (moment, reads)
        return reads


@lru_cache(maxsize=UNIONS)
def _shelf(_place: str, _union: int | None) -> _Shelf:
    return _Shelf()


def _key(asked: _Asked, read: Callable[..., Any], *args: Hashable, **kwargs: Hashable) -> Hashable:
    return hashkey(read, asked, *args, **kwargs)


def _read(_asked: _Asked, read: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    with db.reading() as session:
        actor = actor_of(session)
        bind_actor(session, None if actor is None else Actor(roles=actor.roles))
        return read(session, *args, **kwargs)
