"""What is read of the unions below is kept between runs like all else, as long as nothing changes in any union."""

from collections.abc import Callable, Hashable
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from unionboard import db
from unionboard.models.separation import union_of
from unionboard.services.below import find_moment_of_all, unions_below
from unionboard.services.guard import actor_of
from unionboard.ui.kept import keep

P = ParamSpec("P")
T = TypeVar("T")


def list_below() -> tuple[int, ...]:
    """The unions below the one whose pages these are; empty for nearly everybody."""
    return keep(_find_below, _moment_of_all())


def keep_below(read: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """As ``kept.keep``, with a session that sees the unions below: the one door to them for pages."""
    value: T = keep(_read_below, read, list_below(), _moment_of_all(), args, tuple(sorted(kwargs.items())))
    return value


def _moment_of_all() -> str:
    with db.reading() as session:
        return find_moment_of_all(session)


def _find_below(session: Session, _moment: str) -> tuple[int, ...]:
    with db.within(None), db.reading() as everything:
        return unions_below(everything, union_of(session) or 0)


def _read_below(
    session: Session,
    read: Callable[..., Any],
    below: tuple[int, ...],
    _moment: str,
    args: tuple[Hashable, ...],
    kwargs: tuple[tuple[str, Hashable], ...],
) -> Any:
    with db.within(union_of(session)), db.reading(below=below) as looking:
        looking.info["actor"] = actor_of(session)
        return read(looking, *args, **dict(kwargs))
