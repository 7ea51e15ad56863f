"""Addresses beside the pages."""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import BaseRoute, Mount, Route

from unionboard import __version__, clock, db
from unionboard.network import PROGRAM
from unionboard.services.changes import tell_moment
from unionboard.services.guard import require
from unionboard.services.permissions import Act
from unionboard.web import api_door, feed, guide, login, paper, set_up
from unionboard.web.addresses import API, API_SCHEMA, API_V1, CALENDAR, LOGIN, LOGOUT, PAPER, SERVICE_LOGIN, SET_UP
from unionboard.web.entrance import acting
from unionboard.web.guide_text import GUIDE


async def tell_health(_request: Request) -> JSONResponse:
    """For a supervisor: the program answers, and which version it is."""
    return JSONResponse({"status": "ok", "program": PROGRAM, "version": __version__})


def tell_pulse(request: Request) -> PlainTextResponse:
    """For open pages: another text than the one a page was drawn with means that something changed. One indexed query."""
    with db.acting(acting(request)), db.reading() as session:
        require(session, Act.SEE_YEAR)
        return PlainTextResponse(tell_moment(session, today=clock.today()), headers={"cache-control": "no-store"})


routes: list[BaseRoute] = [
    Route("/healthz", tell_health),
    Route("/pulse", tell_pulse),
    Route(PAPER, paper.show_paper),
    Route(f"{CALENDAR}{{name}}", feed.show_calendar),
    Route(API, api_door.show_page),
    Route(API_SCHEMA, api_door.tell_schema),
    Mount(API_V1, app=api_door.ApiDoor()),
    Route(GUIDE, guide.lead_to_guide),
    Route(f"{GUIDE}/pictures/{{folder}}/{{name}}", guide.send_picture),
    Route(f"{GUIDE}/more/{{name}}", guide.show_document),
    Route(f"{GUIDE}/{{folder}}", guide.show_contents),
    Route(f"{GUIDE}/{{folder}}/{{task}}", guide.show_task),
    Route(LOGIN, login.show_login, methods=["GET"]),
    Route(LOGIN, login.log_in, methods=["POST"]),
    Route(SERVICE_LOGIN, login.go_to_service, methods=["GET"]),
    Route(LOGOUT, login.ask_to_leave, methods=["GET"]),
    Route(LOGOUT, login.log_out, methods=["POST"]),
    Route(SET_UP, set_up.show_set_up, methods=["GET"]),
    Route(SET_UP, set_up.set_up, methods=["POST"]),
]
