"""Calendars other programs subscribe to: ``/calendar/<secret>.ics``. Whoever has the address reads, and nobody signs in for it."""

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from unionboard import __version__, clock
from unionboard.errors.sign_ins import TooManyAttempts
from unionboard.models import TokenKind
from unionboard.services.calendar_feed import find_moment, gather_feed
from unionboard.services.throttle import WINDOW_S
from unionboard.web.sharing import sharing
from unionboard.web.token_holder import find_holder, reading_as

SUFFIX = ".ics"
_HEADERS = {"content-security-policy": "default-src 'none'", "referrer-policy": "no-referrer", "x-robots-tag": "noindex"}


async def show_calendar(request: Request) -> Response:
    """The calendar; 304 where the asking program has it already; 404, always the same, for what is unknown, revoked or misspelt."""
    return await run_in_threadpool(_answer, request)


def tell_base(request: Request) -> str:
    """Under which address the program was asked: what people can open, wherever it stands."""
    return sharing.address or str(request.base_url).rstrip("/")


def _answer(request: Request) -> Response:
    name = request.path_params["name"]
    try:
        row = find_holder(request, name.removesuffix(SUFFIX), TokenKind.CALENDAR) if name.endswith(SUFFIX) else None
    except TooManyAttempts:
        return _refuse(429, "Too many unknown addresses.", **{"retry-after": str(WINDOW_S)})
    if row is None:
        return _refuse(404, "Not found.")
    base, today = tell_base(request), clock.today()
    with reading_as(row, request) as session:
        pulse, changed_at_utc = find_moment(session, today=today)
        told = f"{row.id} {row.scope} {row.about} {row.language} {today} {pulse} {base} {__version__}"
        headers = {
            **_HEADERS,
            "etag": f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"',
            "last-modified": format_datetime(changed_at_utc.astimezone(UTC), usegmt=True),
            "cache-control": "private, no-cache",
            "vary": "host",
        }
        if _has_it(request, headers["etag"], changed_at_utc):
            return Response(status_code=304, headers=headers)
        feed = gather_feed(session, row, today=today)
    from unionboard.writing.ics import write_calendar  # noqa: PLC0415 -- a fifth of a second, and many never use it

    file = write_calendar(feed, language=row.language, base=base)
    return Response(file, headers={**headers, "content-disposition": 'inline; filename="unionboard.ics"'}, media_type="text/calendar")


def _has_it(request: Request, etag: str, changed_at_utc: datetime) -> bool:
    """Whether the asking program holds this very calendar; its mark counts before its date."""
    known = request.headers.get("if-none-match")
    if known is not None:
        return known.strip() == "*" or etag in {one.strip().removeprefix("W/") for one in known.split(",")}
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except (ValueError, OverflowError):  # a zone of a thousand years
        return False
    return since.tzinfo is not None and changed_at_utc.replace(microsecond=0) <= since


def _refuse(status: int, sentence: str, **headers: str) -> Response:
    return PlainTextResponse(sentence, status_code=status, headers={**_HEADERS, **headers, "cache-control": "no-store"})
