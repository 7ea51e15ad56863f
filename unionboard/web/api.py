"""The API other programs read: JSON under ``/api/v1``, with a token in the Authorization header. It changes nothing.

FastAPI takes a fifth of a second to import, which no start of the program pays: this module is loaded by the first request (``api_door``).
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session
from starlette.exceptions import HTTPException

from unionboard import __version__, clock
from unionboard.errors import Refusal
from unionboard.errors.api import TokenInAddress, TokenMissing, TokenUnknown
from unionboard.i18n import mark, written_language
from unionboard.models import AccessToken, TokenKind, Union
from unionboard.reference import work_areas
from unionboard.services import api_facts, fund_totals, plans, unions
from unionboard.services.periods import month_span
from unionboard.services.summary_figures import list_summary_figures
from unionboard.web import api_models as models
from unionboard.web.addresses import API_V1
from unionboard.web.api_answers import tell_activity, tell_figures, tell_summary
from unionboard.web.api_failures import HEADERS, answer_failure, answer_refusal, answer_unforeseen, answer_wrong
from unionboard.web.rate import rate
from unionboard.web.token_holder import find_holder, reading_as

_SECRETS = ("token", "access_token", "key", "api_key")
_FAILURES: dict[int | str, dict[str, Any]] = {
    status: {"model": models.Failure, "description": told}
    for status, told in (
        (401, "No token, or one that opens nothing"),
        (403, "Not for tokens"),
        (404, "There is no such thing"),
        (422, "The request is not understood"),
        (429, "Too many requests, or too many unknown tokens"),
        (500, "A fault of the program; its code is in the log"),
        (503, "The data cannot be opened"),
    )
}
_bearer = HTTPBearer(auto_error=False, description="A token made in the settings, under Connections: ub_…")


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever asks with a token that opens something."""

    row: AccessToken
    request: Request

    def reading(self) -> AbstractContextManager[Session]:
        """A session on what the token's union may tell."""
        return reading_as(self.row, self.request)


def _hold(request: Request, response: Response, sent: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> Holder:
    """Raises: TokenInAddress, TokenMissing, TokenUnknown, TooManyAttempts, TooManyRequests."""
    if any(name in request.query_params for name in _SECRETS):
        raise TokenInAddress
    if sent is None:
        raise TokenMissing
    row = find_holder(request, sent.credentials, TokenKind.API)
    if row is None:
        raise TokenUnknown
    rate.enter(row.id or 0)
    response.headers.update(HEADERS)
    return Holder(row, request)


HeldBy = Annotated[Holder, Depends(_hold)]
router = APIRouter(responses=_FAILURES)


@router.get("/union", summary=mark("The union"))
def show_union(holder: HeldBy) -> models.Union:
    """Whose data these are."""
    with holder.reading() as session:
        return models.Union.model_validate(unions.find_union(session) or Union(name=""))  # before anybody said whose it is


@router.get("/plans", summary=mark("The plans"))
def list_plans(holder: HeldBy) -> models.Plans:
    """All plans, the newest first."""
    with holder.reading() as session:
        return models.Plans(items=[models.Plan.model_validate(row) for row in plans.list_plans(session)])


@router.get("/areas", summary=mark("The work areas"))
def list_areas(_holder: HeldBy) -> models.Areas:
    """The codes activities carry, in the official order."""
    return models.Areas(items=[models.Area.model_validate(one) for one in work_areas().values()])


@router.get("/activities", summary=mark("The activities of a year"))
def list_activities(holder: HeldBy, asked: Annotated[models.OfActivities, Query()]) -> models.Activities:
    """Activities as they stand today, in the plan's order, by page. Every filter must fit."""
    today = clock.today()
    with holder.reading() as session:
        plan = api_facts.choose_plan(session, year=asked.year, plan_id=asked.plan, today=today)
        found = api_facts.list_facts(
            session,
            plan.id or 0,
            today=today,
            area=asked.area,
            owner=asked.owner,
            statuses=asked.status,
            within=month_span(asked.month_index) if asked.month_index else None,
        )
    first = (asked.page - 1) * asked.per_page
    return models.Activities(
        items=[tell_activity(one) for one in found[first : first + asked.per_page]],
        total=len(found),
        page=asked.page,
        pages=max(1, -(-len(found) // asked.per_page)),
    )


@router.get("/activities/{activity_id}", summary=mark("One activity"))
def show_activity(holder: HeldBy, activity_id: models.RowId) -> models.Activity:
    """An activity as it stands today; one taken out of the plan is not found."""
    with holder.reading() as session:
        return tell_activity(api_facts.find_facts(session, activity_id, today=clock.today()))


@router.get("/figures", summary=mark("The year’s figures"))
def show_figures(holder: HeldBy, asked: Annotated[models.OfYear, Query()]) -> models.Figures:
    """What the board counts today."""
    today = clock.today()
    with holder.reading() as session:
        plan = api_facts.choose_plan(session, year=asked.year, plan_id=asked.plan, today=today)
        return tell_figures(api_facts.read_figures(session, plan, today=today))


@router.get("/summary-figures", summary=mark("The summary’s figures"))
def show_summary_figures(holder: HeldBy, asked: Annotated[models.OfYear, Query()]) -> models.SummaryFigures:
    """What the year-end summary counts today."""
    today = clock.today()
    with holder.reading() as session:
        plan = api_facts.choose_plan(session, year=asked.year, plan_id=asked.plan, today=today)
        as_of, found = list_summary_figures(session, plan, today=today, language=written_language(holder.row.language))
        return tell_summary(plan.id or 0, as_of, found)


@router.get("/fund", summary=mark("The fund in totals"))
def show_fund(holder: HeldBy, asked: Annotated[models.OfBook, Query()]) -> models.FundTotals:
    """By item: budget, spent, left."""
    with holder.reading() as session:
        return models.FundTotals.model_validate(fund_totals.read_totals(session, asked.year or clock.today().year))


@router.get("/meetings", summary=mark("The meetings"))
def list_meetings(holder: HeldBy, asked: Annotated[models.OfYear, Query()]) -> models.Meetings:
    """The committee's meetings of a plan, the newest first."""
    with holder.reading() as session:
        plan = api_facts.choose_plan(session, year=asked.year, plan_id=asked.plan, today=clock.today())
        rows = api_facts.list_meeting_facts(session, plan.id or 0)
    return models.Meetings(items=[models.Meeting.model_validate(row) for row in rows])


def build_api() -> FastAPI:
    """The app that is mounted under ``/api/v1``. Its schema and page are served beside it, without FastAPI's own, which load scripts from
    other machines."""
    app = FastAPI(
        title="Unionboard",
        version=__version__,
        summary="A union's year, to be read by other programs.",
        description="Read-only. Days are ISO 8601 in Asia/Shanghai, money is fen as integers, codes never change their meaning.",
        servers=[{"url": API_V1}],
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        exception_handlers={
            Refusal: answer_refusal,
            RequestValidationError: answer_wrong,
            HTTPException: answer_failure,
            DBAPIError: answer_unforeseen,
            Exception: answer_unforeseen,
        },
    )
    app.include_router(router)
    return app
