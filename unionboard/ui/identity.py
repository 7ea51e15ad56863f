"""Who acts in this session: the account that is signed in; as long as there are none, whoever sits here, by the name they choose.

Every run, and every write within its own transaction, asks the database anew: whoever was signed out elsewhere, or lost a role, is stopped
by the next click. Within a run it is asked once; fragments that run alone rest on a memory of one second.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime
from time import monotonic

import streamlit as st
from sqlmodel import Session
from streamlit.runtime.scriptrunner import get_script_run_ctx

from unionboard import clock, db
from unionboard.config import LOCAL_USER, SESSION_COOKIE, read_config
from unionboard.errors.permissions import SignedOut
from unionboard.services import origins, sign_ins
from unionboard.services.account_list import has_accounts
from unionboard.services.guard import Actor
from unionboard.services.moments import Moment, find_moment
from unionboard.services.origins import Way
from unionboard.services.permissions import Act

NAME_KEY = "acting_name"
_KNOWN, _OPEN_UNTIL, _DRAWN_FOR = "identity_known", "identity_open_until", "identity_drawn_for"
_MEMORY_S = 1.0
_within_run: ContextVar[bool] = ContextVar("within_run", default=False)
_FOR_NAMES = frozenset({Act.SEE_NAMES, Act.EXPORT_NAMES})


def begin_run(show_signed_out: Callable[[], None]) -> tuple[Actor, Moment]:
    """The first thing of every run: who acts, and the moment it rests on.

    Whoever may not come in gets ``show_signed_out``, and the run ends there.
    """
    db.ask_who(_ask)
    with Session(db.current_engine(), info={"union": None}) as session:  # whose it is, the sign-in says
        actor = look_up(session)
        session.info["union"] = (actor and actor.union_id) or read_config().union_id
        moment = find_moment(session, today=clock.today())
    _leave_nothing_of_others(actor)
    if actor is None:
        show_signed_out()
        st.stop()
    return actor, moment


@contextmanager
def one_run() -> Iterator[None]:
    """The rest of a run that ``begin_run`` began: however long it takes, who acts is known."""
    token = _within_run.set(True)
    try:
        yield
    finally:
        _within_run.reset(token)


def _leave_nothing_of_others(actor: Actor | None) -> None:
    """A browser that lost its connection comes back to the same session, perhaps as somebody else by now: what stood open is gone then."""
    drawn_for = None if actor is None else (actor.account_id, way_in())
    if st.session_state.get(_DRAWN_FOR, drawn_for) != drawn_for:
        known = st.session_state.get(_KNOWN)
        st.session_state.clear()
        st.session_state[_KNOWN] = known
    st.session_state[_DRAWN_FOR] = drawn_for


def look_up(session: Session) -> Actor | None:
    """Who acts, as the database says within ``session``; None: nobody who may come in."""
    actor = remember()(session)
    st.session_state[_KNOWN] = actor, monotonic()
    return actor


def require_actor(session: Session | None = None) -> Actor:
    """Who acts, as the database says within ``session``, or just now. Raises: SignedOut."""
    if session is None:
        with db.reading() as own:
            return require_actor(own)
    actor = look_up(session)
    if actor is None:
        raise SignedOut
    return actor


def remember() -> Callable[[Session], Actor | None]:
    """How to look up whoever looks now once more, outside this run: for files that are made when they are asked for."""
    way, address = origins.read_way(st.context.headers)
    token, opened, here = st.context.cookies.get(SESSION_COOKIE), _open_until(), is_here()

    def look(session: Session) -> Actor | None:
        now_utc = clock.now_utc()
        actor = sign_ins.look_up(session, token, way=way, address=address, now_utc=now_utc) if isinstance(token, str) else None
        if actor is None and way is not Way.NETWORK and not has_accounts(session):
            actor = replace(origins.open_actor(way, address), unlocked_until_utc=opened)
        return actor if actor is None or here else replace(actor, unlocked_until_utc=None)

    return look


def current_actor() -> Actor:
    """Who acts, as known since the run began, in a fragment for at most a second. Whoever was signed out meanwhile sees just that."""
    actor: Actor | None
    actor, known_at = st.session_state.get(_KNOWN, (None, 0.0))
    if actor is None or not (_within_run.get() or 0 <= monotonic() - known_at < _MEMORY_S):
        actor = _look_afresh()
    if actor is None:
        st.rerun()  # the run that follows begins with the question, and ends there
        raise SignedOut  # where nothing can be drawn anew
    return actor


def may(*acts: Act) -> bool:
    """Whether whoever looks may do one of ``acts``. Names are for nobody where others look on, see ``is_here``."""
    actor = current_actor()
    return any(actor.may(act) and (act not in _FOR_NAMES or is_here()) for act in acts)


def is_here() -> bool:
    """Whether this is a place where names may be shown: not the phones' door, not the big screen."""
    return way_in() is not Way.PHONE and st.query_params.get("screen") != "big"


def way_in() -> Way:
    """How whoever looks came: at this computer, by a phone, over the network."""
    return origins.read_way(st.context.headers)[0]


def is_signed_in() -> bool:
    """Whether whoever looks came in with an account; False as long as there are none."""
    return current_actor().account_id is not None


def union_number() -> int:
    """The number of the union whoever looks is of."""
    return current_actor().union_id or read_config().union_id


def acting_name() -> str:
    """The name of whoever acts; empty as long as nobody has said it."""
    return current_actor().name or str(st.session_state.get(NAME_KEY, ""))


def acting_who() -> str:
    """Who to name in the change log: the person, else whoever works at this computer."""
    return acting_name() or LOCAL_USER


def unlocked_until() -> datetime | None:
    """Until when (UTC, exclusive) personal fields are open to whoever looks; None: they are locked."""
    until = current_actor().unlocked_until_utc
    return until if until is not None and clock.now_utc() < until else None


def is_unlocked() -> bool:
    """Whether personal fields are open."""
    return unlocked_until() is not None


def open_until(until_utc: datetime | None) -> None:
    """Without accounts: personal fields are open until then in this session. With accounts the sign-in itself knows."""
    st.session_state[_OPEN_UNTIL] = until_utc
    forget()


def forget() -> None:
    """Ask the database again: what the actor is or may has just changed."""
    st.session_state.pop(_KNOWN, None)


def _open_until() -> datetime | None:
    until = st.session_state.get(_OPEN_UNTIL)
    return until if isinstance(until, datetime) else None


def _look_afresh() -> Actor | None:
    with Session(db.current_engine(), info={"union": None}) as session:
        return look_up(session)


def _ask() -> Actor | None:
    """For ``db.ask_who``. Outside a run it is the program itself; our own routes say who asks them."""
    return current_actor() if get_script_run_ctx(suppress_warning=True) is not None else None
