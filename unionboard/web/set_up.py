"""The first account, made from the network: ``/setup`` asks for the code that was printed on the program's console when it started."""

import secrets
from ipaddress import ip_address
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from streamlit import config as streamlit_config

from unionboard import clock, db
from unionboard.config import COMMAND
from unionboard.errors import Refusal
from unionboard.errors.sign_ins import PasswordsDiffer, SetUpCodeWrong, TooManyAttempts
from unionboard.i18n import mark, translate
from unionboard.models import AccountRole
from unionboard.network import list_addresses
from unionboard.services import accounts, sign_ins
from unionboard.services.account_list import has_accounts
from unionboard.services.passwords import LEAST, MOST, check_password
from unionboard.services.throttle import attempts
from unionboard.web.addresses import LOGIN, SET_UP, local_path
from unionboard.web.cookie import let_in, tell_device
from unionboard.web.doorway import Doorway, Form, check, field, read_form
from unionboard.web.entrance import find_actor, find_way
from unionboard.web.sharing import sharing

_TITLE = mark("The first account")
_LETTERS, _LENGTH = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 8
_ROLES = {
    AccountRole.CHAIR: mark("Chair: approves, finalises, manages accounts"),
    AccountRole.TREASURER: mark("Treasurer: keeps the books"),
    AccountRole.COMMITTEE: mark("Committee member: plans and ticks off"),
}
_COMMAND = f"{COMMAND} user add NAME --role chair"
_CONSOLE = mark("There are no accounts yet. Open {address} from the network and type this code to make the first one: {code}")


class SetUpCode:
    """The code of this process: printed once, good for one account."""

    def __init__(self) -> None:
        self._code = ""
        self._lock = Lock()

    @property
    def is_printed(self) -> bool:
        """Whether there is a code somebody can have read."""
        return bool(self._code)

    def draw(self) -> str:
        """A new code, as it is printed: two groups of four. The one before is good no more."""
        code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
        with self._lock:
            self._code = code
        return f"{code[:4]}-{code[4:]}"

    def check(self, typed: str, *, address: str) -> None:
        """Raises: SetUpCodeWrong, TooManyAttempts."""
        attempts.enter(address=address)
        plain = "".join(letter for letter in typed.upper() if letter.isalnum())
        if not self._code or not secrets.compare_digest(plain.encode(), self._code.encode()):
            raise SetUpCodeWrong
        attempts.forgive(address=address)

    def spend(self) -> None:
        """The first account is made."""
        with self._lock:
            self._code = ""


set_up_code = SetUpCode()


def announce(language: str) -> str | None:
    """What the console says at the start; None where the program listens on this computer only, or accounts are there.

    Of several processes behind one address each would have a code of its own, so there is none: the command line makes the first account.
    """
    with db.reading() as session:
        if _listens_here_only() or sharing.address or has_accounts(session):
            return None
    port = streamlit_config.get_option("server.port")
    here = next(iter(list_addresses()), "localhost")
    return translate(language, _CONSOLE, address=f"http://{here}:{port}{SET_UP}", code=set_up_code.draw())


def _listens_here_only() -> bool:
    address = streamlit_config.get_option("server.address") or ""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


async def show_set_up(request: Request) -> Response:
    """The form; nothing here for whoever is let in anyhow, or once there is an account."""
    return await run_in_threadpool(_show, request)


async def set_up(request: Request) -> Response:
    """Make the account and let its holder in."""
    return await run_in_threadpool(_set_up, request, await read_form(request))


def _show(request: Request) -> Response:
    found = find_actor(request, *find_way(request))
    if found.actor is not None:
        return RedirectResponse("/", status_code=303)
    return RedirectResponse(LOGIN, status_code=303) if found.gate == LOGIN else _write(request)


def _set_up(request: Request, form: Form) -> Response:
    way, address = find_way(request)
    now_utc = clock.now_utc()
    try:
        set_up_code.check(form.get("code", ""), address=address)
        if form.get("password") != form.get("again"):
            raise PasswordsDiffer
        check_password(form.get("password", ""), name=form.get("name", ""))
        with db.writing() as session:
            if has_accounts(session):
                return RedirectResponse(LOGIN, status_code=303)
            name, roles = form.get("name", ""), [role for role in _ROLES if role.value in form]
            account = accounts.add_account(
                session, name=name, roles=roles, password=form.get("password", ""), who=" ".join(name.split()), now_utc=now_utc
            )
            new = sign_ins.start(session, account.id or 0, way=way, address=address, device=tell_device(request), now_utc=now_utc)
    except Refusal as refusal:
        return _write(request, form, refusal)
    set_up_code.spend()
    return let_in(request, new, local_path(request.query_params.get("next")), is_kept=False)


def _write(request: Request, form: Form | None = None, refusal: Refusal | None = None) -> Response:
    page, typed = Doorway(request), form or {}
    if sharing.address:
        told = page.t(
            "There are no accounts yet. Whoever looks after the program makes the first one by typing {command}.", command=_COMMAND
        )
        return page.answer(_TITLE, f"<p>{told}</p>", status=403)
    if not set_up_code.is_printed:
        told = page.t(
            "There are no accounts yet. Make the first one at the computer on which the program runs: in the settings, under Accounts."
        )
        return page.answer(_TITLE, f"<p>{told}</p>", status=403)
    limits = {"maxlength": str(MOST), "autocomplete": "new-password"}
    fields = (
        field(
            "code",
            page.t("Code"),
            value=typed.get("code", "")[:20],
            hint=page.t("It stands on the console of the program."),
            autocomplete="off",
            spellcheck="false",
            autofocus="",
        ),
        field("name", page.t("Your name"), value=typed.get("name", "")[:40], maxlength="40", autocomplete="username", spellcheck="false"),
        field(
            "password",
            page.t("Password"),
            kind="password",
            hint=page.t("At least {least} characters; several words are easy to keep in mind.", least=LEAST),
            **limits,
        ),
        field("again", page.t("The same once more"), kind="password", **limits),
    )
    boxes = "".join(check(role.value, page.t(told), is_ticked=form is None or role.value in typed) for role, told in _ROLES.items())
    whose = page.t(
        "It belongs to whoever looks after this program; the others get theirs in the settings. From then on everybody signs in."
    )
    return page.answer(
        _TITLE,
        f"<p>{whose}</p>{page.why(refusal)}"
        f'<form method="post" action="{page.address(SET_UP)}">{"".join(fields)}'
        f"<fieldset><legend>{page.t('May act as')}</legend>{boxes}</fieldset><button>{page.t('Make the account')}</button></form>",
        status=200 if refusal is None else 429 if isinstance(refusal, TooManyAttempts) else 403,
    )
