"""Addresses beside the pages."""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route

from unionboard import __version__, clock, db
from unionboard.services.changes import tell_moment
from unionboard.web import paper


async def tell_health(_request: Request) -> JSONResponse:
    """For a supervisor: the program answers, and which version it is."""
    return JSONResponse({"status": "ok", "version": __version__})


def tell_pulse(_request: Request) -> PlainTextResponse:
    """For open pages: another text than the one a page was drawn with means that something changed. One indexed query."""
    with db.reading() as session:
        return PlainTextResponse(tell_moment(session, today=clock.today()), headers={"cache-control": "no-store"})


routes = [Route("/healthz", tell_health), Route("/pulse", tell_pulse), Route(paper.PATH, paper.show_paper)]
