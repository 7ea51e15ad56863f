"""What the API answers when it does not answer: always JSON, a code for programs and a sentence for people, in their language."""

import re
from collections.abc import Mapping
from typing import Any

from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from unionboard.errors import Refusal
from unionboard.errors.activities import NoSuchActivity
from unionboard.errors.api import ApiRefusal, NothingThere, NotUnderstood, OnlyRead
from unionboard.errors.permissions import NotYours
from unionboard.errors.plans import NoPlanForYear, NoPlanYet, NoSuchPlan
from unionboard.errors.sign_ins import TooManyAttempts
from unionboard.i18n import choose_language, mark, tell_refusal, translate
from unionboard.log import record
from unionboard.services import condition
from unionboard.services.throttle import WINDOW_S
from unionboard.web.addresses import API
from unionboard.web.api_models import Failure, Problem, Wrong

HEADERS = {"cache-control": "no-store", "content-security-policy": "default-src 'none'"}
_STATUS: Mapping[type[Refusal], int] = {
    NoSuchActivity: 404,
    NoSuchPlan: 404,
    NoPlanForYear: 404,
    NoPlanYet: 404,
    NotYours: 403,
    TooManyAttempts: 429,
}
_UNFORESEEN = mark("The program did not foresee this. Pass on the code {code} to whoever looks after it.")
_CLOSED = mark("The data cannot be opened at present. Try again later.")


async def answer_refusal(request: Request, refusal: Exception) -> JSONResponse:
    """A refusal of ours: the API's own know their number, of the others those that are no fault of the data."""
    assert isinstance(refusal, Refusal)
    status = refusal.status if isinstance(refusal, ApiRefusal) else _STATUS.get(type(refusal))
    if status is None:
        return await answer_unforeseen(request, refusal)
    headers = {"www-authenticate": "Bearer"} if status == 401 else {}
    if isinstance(refusal, TooManyAttempts):
        headers["retry-after"] = str(WINDOW_S)
    elif "seconds" in refusal.facts:
        headers["retry-after"] = str(refusal.facts["seconds"])
    code = refusal.code if isinstance(refusal, ApiRefusal) else re.sub(r"(?<!^)(?=[A-Z])", "_", type(refusal).__name__).lower()
    return _write(status, code, tell_refusal(_language(request), refusal), headers=headers)


async def answer_wrong(request: Request, error: Exception) -> JSONResponse:
    """Which words of the address are not understood; what was sent is not repeated."""
    assert isinstance(error, RequestValidationError)
    told = jsonable_encoder([(one["loc"], one["msg"]) for one in error.errors()])
    fields = [Wrong(name=".".join(map(str, where[1:])) or str(where[0]), problem=str(problem)) for where, problem in told]
    refusal = NotUnderstood()
    return _write(refusal.status, refusal.code, tell_refusal(_language(request), refusal), fields=fields)


async def answer_failure(request: Request, error: Exception) -> JSONResponse:
    """An address that is none, a way of asking that is none."""
    assert isinstance(error, HTTPException)
    refusal = OnlyRead() if error.status_code == OnlyRead.status else NothingThere(place=API)
    headers = {name: value for name, value in (error.headers or {}).items() if name.lower() == "allow"}
    return _write(refusal.status, refusal.code, tell_refusal(_language(request), refusal), headers=headers)


async def answer_unforeseen(request: Request, error: Exception) -> JSONResponse:
    """The data are locked or gone, else a fault of the program; either way a line in the log."""
    code, language = record(error, where=request.url.path), _language(request)
    if condition.explain(error) is not None:
        return _write(503, "data_closed", translate(language, _CLOSED))
    return _write(500, "unforeseen", translate(language, _UNFORESEEN, code=code))


def _language(request: Request) -> str:
    return choose_language(request.headers.get("accept-language"))


def _write(
    status: int, code: str, sentence: str, *, fields: list[Wrong] | None = None, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    told: dict[str, Any] = Failure(error=Problem(code=code, sentence=sentence, fields=fields or [])).model_dump()
    return JSONResponse(told, status_code=status, headers={**HEADERS, **(headers or {})})
