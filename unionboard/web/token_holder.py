"""Who comes with a token instead of being signed in: one look in the database, of whichever union, and a note that it was used today."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session
from starlette.requests import HTTPConnection

from unionboard import clock, db
from unionboard.errors import Refusal
from unionboard.models import AccessToken, TokenKind
from unionboard.services.access_tokens import actor_for, find_by_secret, note_used
from unionboard.services.origins import tell_origin
from unionboard.services.throttle import unknown_tokens
from unionboard.web.entrance import find_way


def find_holder(asked: HTTPConnection, token: str, kind: TokenKind) -> AccessToken | None:
    """What ``token`` opens at this moment; None: nothing, whatever the reason. Raises: TooManyAttempts, and then nothing was looked up."""
    _, address = find_way(asked)
    unknown_tokens.enter(address=address)
    with db.within(None), db.reading() as session:
        row = find_by_secret(session, token, kind)
    if row is None:
        return None
    unknown_tokens.forgive(address=address)
    today = clock.today()
    if row.used_on != today:
        with suppress(Refusal, DBAPIError), db.within(row.union_id), db.writing() as session:  # a full disk keeps nobody out
            note_used(session, row.id or 0, today=today)
    return row


@contextmanager
def reading_as(row: AccessToken, asked: HTTPConnection) -> Iterator[Session]:
    """A session that sees what the token's holder may, of its union and of no other."""
    actor = actor_for(row, origin=tell_origin(*find_way(asked)))
    with db.acting(actor), db.within(row.union_id), db.reading() as session:
        yield session
