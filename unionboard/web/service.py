"""To the sign-in service and back: ``/login/service`` leads to Streamlit's own addresses, which lead to ``/login`` again."""

from urllib.parse import quote, unquote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from unionboard import clock, db, sign_in_service
from unionboard.errors.sign_ins import AddressUnknown
from unionboard.services import sign_ins
from unionboard.services.account_list import find_account_of
from unionboard.services.origins import Way
from unionboard.services.throttle import attempts
from unionboard.web.addresses import LOGIN, SERVICE, SERVICE_LOGIN, STREAMLIT_LOGIN, local_path
from unionboard.web.cookie import leave, let_in, tell_device
from unionboard.web.doorway import Doorway

GOING = "unionboard_service"
"""The cookie of a browser that went to the service: without it nobody comes back. It keeps where they wanted to go."""
_GOING_S = 10 * 60


def is_open(path: str, way: Way) -> bool:
    """Whether the gate lets ``path`` pass because of a service. Phones come by their own door, to which no service leads back."""
    return path in SERVICE and way is not Way.PHONE and bool(sign_in_service.list_services())


def write_links(page: Doorway, request: Request, way: Way) -> str:
    """A way to each service, as HTML; nothing where it would not lead back."""
    if way is Way.PHONE or request.headers.get("host") != sign_in_service.tell_host():
        return ""
    links = []
    for service in sign_in_service.list_services():
        back = {name: value for name in ("next", "lang") if (value := request.query_params.get(name))}
        address = f"{SERVICE_LOGIN}?{urlencode({'with': service.code, **back})}".replace("&", "&amp;")
        links.append(f'<a class="other" href="{address}">{page.t("Sign in with {service}", service=service.label)}</a>')
    return "".join(links)


def go(request: Request) -> Response:
    """Off to the service, with a note of where to come back to. Raises: TooManyAttempts."""
    code = request.query_params.get("with")
    if code not in {service.code for service in sign_in_service.list_services()}:
        return RedirectResponse(LOGIN, status_code=303)
    attempts.enter(address=request.client.host if request.client else "")
    place = f"{STREAMLIT_LOGIN}?{urlencode({'provider': sign_in_service.make_pass(code)})}"
    answer = RedirectResponse(place, status_code=303, headers={"cache-control": "no-store"})
    back, secure = quote(local_path(request.query_params.get("next"))), request.url.scheme == "https"
    answer.set_cookie(GOING, back, max_age=_GOING_S, httponly=True, samesite="lax", secure=secure)
    return answer


def has_come_back(request: Request) -> bool:
    """Whether this browser went to a service and has not been answered since."""
    return GOING in request.cookies


def arrive(request: Request, way: Way, address: str) -> Response:
    """Signs in whoever the service introduced: a token of our own, for 12 hours, and on to where they wanted to go.

    Raises: ServiceFailed, ServiceUnsure, AddressUnknown, WrongNameOrPassword.
    """
    email = sign_in_service.read_introduction(request.cookies)
    now_utc = clock.now_utc()
    with db.within(None), db.reading() as session:
        account = find_account_of(session, email)
    if account is None:
        raise AddressUnknown(address=email)
    leave(request, way, address)
    with db.within(account.union_id), db.writing() as session:
        new = sign_ins.start(session, account.id or 0, way=way, address=address, device=tell_device(request), now_utc=now_utc)
    attempts.forgive(address=address)
    place = local_path(unquote(request.cookies[GOING]))
    if new.must_change:
        place = f"{LOGIN}?{urlencode({'next': place})}"
    return clear(request, let_in(request, new, place, is_kept=False))


def clear(request: Request, answer: Response) -> Response:
    """``answer`` without what the service told: it is good for one look."""
    for name in (GOING, *sign_in_service.letters_in(request.cookies)):
        if name in request.cookies:
            answer.delete_cookie(name, httponly=True, samesite="lax", secure=request.url.scheme == "https")
    return answer
