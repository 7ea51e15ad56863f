"""Addresses beside the pages."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from unionboard import __version__


async def tell_health(_request: Request) -> JSONResponse:
    """For a supervisor: the program answers, and which version it is."""
    return JSONResponse({"status": "ok", "version": __version__})


routes = [Route("/healthz", tell_health)]
