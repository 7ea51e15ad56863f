"""The way to the API: its app, its schema and its page, none of which is loaded before somebody asks."""

import importlib
from functools import cache
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send


@cache
def load_api() -> Any:
    """The app; the first time FastAPI is imported for it."""
    return importlib.import_module("unionboard.web.api").build_api()


class ApiDoor:
    """Mounted in the app's place."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app: ASGIApp = await run_in_threadpool(load_api)
        await app(scope, receive, send)


async def tell_schema(_request: Request) -> JSONResponse:
    """OpenAPI 3.1, for programs; it tells nothing of anybody's data."""
    app = await run_in_threadpool(load_api)
    return JSONResponse(await run_in_threadpool(app.openapi), headers={"cache-control": "no-cache"})


async def show_page(request: Request) -> HTMLResponse:
    """The same for people."""
    app = await run_in_threadpool(load_api)
    page = await run_in_threadpool(importlib.import_module, "unionboard.web.api_page")
    return await run_in_threadpool(page.draw_page, request, app.openapi())
