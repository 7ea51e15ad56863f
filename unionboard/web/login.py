"""Signing in and out: ``/login`` and ``/logout``. The language and the way back stand in the address."""

from html import escape

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from unionboard import clock, db
from unionboard.config import SESSION_COOKIE
from unionboard.errors import Refusal
from unionboard.errors.sign_ins import PasswordsDiffer, TooManyAttempts
from unionboard.i18n import mark
from unionboard.models import Account, SignIn
from unionboard.services import accounts, sign_ins
from unionboard.services.passwords import LEAST, MOST
from unionboard.services.sign_ins import SHORT
from unionboard.services.throttle import WINDOW_S
from unionboard.services.union_tree import find_named, list_numbers
from unionboard.web import service
from unionboard.web.addresses import LOGIN, LOGOUT, SET_UP, local_path
from unionboard.web.cookie import leave, let_in, let_out, remember_union, tell_device
from unionboard.web.doorway import Doorway, Form, check, field, read_form
from unionboard.web.entrance import find_actor, find_way

_LISTED = 30
"""Of so many unions the form lists the names; of more one types one's own."""
_SIGN_IN, _NEW_PASSWORD, _SIGN_OUT = mark("Sign in"), mark("Choose a new password"), mark("Sign out")


async def show_login(request: Request) -> Response:
    """The form that is due; whoever is in already goes where they wanted to."""
    return await run_in_threadpool(_show_login, request)


async def log_in(request: Request) -> Response:
    """A name and a password, or the new password where a given one is to be replaced."""
    form = await read_form(request)
    return await run_in_threadpool(_replace_password if "new" in form else _log_in, request, form)


async def go_to_service(request: Request) -> Response:
    """Off to the sign-in service the school has."""
    return await run_in_threadpool(_go_to_service, request)


async def ask_to_leave(request: Request) -> Response:
    """A page with one button: a link alone, which may come from anywhere, signs nobody out."""
    return await run_in_threadpool(_ask_to_leave, request)


async def log_out(request: Request) -> Response:
    """This browser is out."""
    return await run_in_threadpool(_log_out, request)


def _show_login(request: Request) -> Response:
    waiting = _find_waiting(request)
    if waiting is not None:
        return _write_new_password(request, waiting[1].name)
    way, address = find_way(request)
    found = find_actor(request, way, address)
    if found.actor is not None:
        return RedirectResponse(local_path(request.query_params.get("next")), status_code=303)
    if found.gate == SET_UP:
        return RedirectResponse(SET_UP, status_code=303)
    if not service.has_come_back(request):
        return _write_login(request)
    try:
        return service.arrive(request, way, address)
    except Refusal as refusal:
        return service.clear(request, _write_login(request, refusal=refusal))


def _go_to_service(request: Request) -> Response:
    try:
        return service.go(request)
    except Refusal as refusal:
        return _write_login(request, refusal=refusal)


def _log_in(request: Request, form: Form) -> Response:
    way, address = find_way(request)
    is_kept = "keep" in form
    try:
        union, name, password = _find_union(form.get("union")), form.get("name", ""), form.get("password", "")
        if union is None:
            sign_ins.refuse_unknown_union(form.get("union", ""), name, password, address=address)
        with db.within(union), db.reading() as session:
            account = sign_ins.recognise(session, name, password, address=address)
        now_utc, device = clock.now_utc(), tell_device(request)
        leave(request, way, address)
        with db.within(union), db.writing() as session:
            new = sign_ins.start(session, account.id or 0, way=way, address=address, device=device, is_kept=is_kept, now_utc=now_utc)
    except Refusal as refusal:
        return _write_login(request, form, refusal)
    page = Doorway(request)
    place = page.link(LOGIN) if new.must_change else local_path(request.query_params.get("next"))
    answer = let_in(request, new, place, is_kept=is_kept)
    return remember_union(request, answer, union) if page.is_of_many else answer


def _find_union(told: str | None) -> int | None:
    """The number of the union the form names; of the only one where it names none. None: there is no such union."""
    with db.within(None), db.reading() as session:
        if told is None and len(list_numbers(session)) == 1:
            return list_numbers(session)[0]
        found = find_named(session, told or "")
    return found[0] if found else None


def _find_waiting(request: Request) -> tuple[SignIn, Account] | None:
    with db.within(None), db.reading() as session:
        return sign_ins.find_waiting(session, request.cookies.get(SESSION_COOKIE), now_utc=clock.now_utc())


def _replace_password(request: Request, form: Form) -> Response:
    """The old token goes with the old password, whoever else may know them."""
    way, address = find_way(request)
    now_utc, device = clock.now_utc(), tell_device(request)
    waiting = _find_waiting(request)
    if waiting is None:
        return RedirectResponse(Doorway(request).link(LOGIN), status_code=303)
    old, account = waiting
    is_kept = old.expires_at_utc - old.created_at_utc > SHORT
    try:
        if form["new"] != form.get("again"):
            raise PasswordsDiffer
        with db.within(account.union_id), db.writing() as session:
            accounts.set_password(session, old.account_id, form["new"], who=account.name, now_utc=now_utc)
            sign_ins.end_sign_ins(session, old.account_id, who=account.name, now_utc=now_utc)
            new = sign_ins.start(session, old.account_id, way=way, address=address, device=device, is_kept=is_kept, now_utc=now_utc)
    except Refusal as refusal:
        return _write_new_password(request, account.name, refusal)
    return let_in(request, new, local_path(request.query_params.get("next")), is_kept=is_kept)


def _ask_to_leave(request: Request) -> Response:
    page = Doorway(request)
    return page.answer(
        _SIGN_OUT,
        f"<p>{page.t('What was saved stays. Whoever uses this browser next has to sign in.')}</p>"
        f'<form method="post" action="{page.address(LOGOUT)}"><button>{page.t("Sign out")}</button></form>'
        f'<a class="other" href="{page.address("/")}">{page.t("Back to the board")}</a>',
    )


def _log_out(request: Request) -> Response:
    way, address = find_way(request)
    leave(request, way, address)
    return service.clear(request, let_out(request, Doorway(request).link(LOGIN)))


def _write_login(request: Request, form: Form | None = None, refusal: Refusal | None = None) -> Response:
    page, typed = Doorway(request), form or {}
    wrong = {"aria-invalid": "true", "aria-describedby": "why"} if refusal and typed else {}
    union = _write_union(page, typed.get("union"))
    name_first, password_first = ({}, {"autofocus": ""}) if typed.get("name") else ({} if "autofocus" in union else {"autofocus": ""}, {})
    name = field(
        "name",
        page.t("Your name"),
        value=typed.get("name", "")[:40],
        maxlength="40",
        autocomplete="username",
        spellcheck="false",
        **name_first,
    )
    password = field(
        "password", page.t("Password"), kind="password", maxlength=str(MOST), autocomplete="current-password", **wrong, **password_first
    )
    keep = check("keep", page.t("Stay signed in on this device for 30 days"), is_ticked="keep" in typed)
    return page.answer(
        _SIGN_IN,
        f'{page.why(refusal)}<form method="post" action="{page.address(LOGIN)}">{union}{name}{password}<div>{keep}'
        f'<p class="hint">{page.t("Not on a computer that others use too.")}</p></div><button>{page.t("Sign in")}</button></form>'
        f"{service.write_links(page, request, find_way(request)[0])}"
        f'<p class="help">{page.t("Forgotten the password? A chair gives you a new one in the settings, under Accounts.")}</p>',
        status=_status(refusal),
        headers={"retry-after": str(WINDOW_S)} if isinstance(refusal, TooManyAttempts) else None,
    )


def _write_union(page: Doorway, typed: str | None) -> str:
    """Which union, where the database holds several: by name, of a few chosen from a list, or by number."""
    if not page.is_of_many:
        return ""
    value = page.tell_union() if typed is None else typed
    first = {} if value else {"autofocus": ""}
    listed = {"list": "unions"} if len(page.unions) <= _LISTED else {}
    names = "".join(f'<option value="{escape(name)}">' for name in page.unions.values() if name) if listed else ""
    told = field("union", page.t("Your union"), value=value[:80], maxlength="80", autocomplete="organization", **listed, **first)
    return f'{told}<datalist id="unions">{names}</datalist>' if listed else told


def _write_new_password(request: Request, name: str, refusal: Refusal | None = None) -> Response:
    page = Doorway(request)
    rule = page.t("At least {least} characters; several words are easy to keep in mind.", least=LEAST)
    limits = {"maxlength": str(MOST), "autocomplete": "new-password"}
    wrong = {"aria-invalid": "true"} if refusal else {}
    new = field("new", page.t("New password"), kind="password", hint=rule, autofocus="", **limits, **wrong)
    again = field("again", page.t("The same once more"), kind="password", **limits)
    return page.answer(
        _NEW_PASSWORD,
        f"<p>{page.t('{name}, the password you were given is good for this once. Nobody but you will know the new one.', name=name)}</p>"
        f'{page.why(refusal)}<form method="post" action="{page.address(LOGIN)}">'
        f'<input type="text" name="name" value="{escape(name)}" autocomplete="username" hidden>{new}{again}'
        f"<button>{page.t('Save and go on')}</button></form>",
        status=_status(refusal),
    )


def _status(refusal: Refusal | None) -> int:
    if refusal is None:
        return 200
    return 429 if isinstance(refusal, TooManyAttempts) else 403
