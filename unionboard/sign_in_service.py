"""Signing in with what the school has (OpenID Connect): off unless ``.streamlit/secrets.toml`` has ``[auth]`` and Authlib is installed.

Streamlit talks to the service and leaves what it heard in a signed cookie. Here that cookie is read, once, as a letter of introduction;
being signed in is another matter (``services.sign_ins``). What is set up by half counts as not set up.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from urllib.parse import urlsplit

from streamlit.auth_util import (
    encode_provider_token,
    get_cookie_with_chunks,
    get_origin_from_redirect_uri,
    get_secrets_auth_section,
    get_validated_redirect_uri,
    validate_auth_credentials,
)
from streamlit.errors import StreamlitAuthError
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from unionboard.errors.sign_ins import ServiceFailed, ServiceUnsure

LEAST_SECRET = 32
"""Letters of ``cookie_secret``: whoever guesses it writes letters of introduction for anybody."""
GOOD_FOR_S = 5 * 60
_DEFAULT = "default"
_NEEDED = ("authlib", "httpx")


@dataclass(frozen=True, slots=True)
class Service:
    """``code`` names its section in the secrets; ``label`` is for people."""

    code: str
    label: str


def list_services() -> list[Service]:
    """The services that are set up, in the order of the file."""
    auth = get_secrets_auth_section()
    if not isinstance(auth, Mapping) or not all(find_spec(name) for name in _NEEDED):
        return []
    if len(str(auth.get("cookie_secret", ""))) < LEAST_SECRET or get_validated_redirect_uri() is None:
        return []
    sections = {code: section for code, section in auth.items() if isinstance(section, Mapping) and "client_id" in section}
    if "client_id" in auth:
        sections = {_DEFAULT: auth, **sections}
    return [Service(code, _label(code, section)) for code, section in sections.items() if _is_whole(code)]


def tell_host() -> str:
    """Under which host and port the service sends people back: under others signing in with it cannot end well."""
    return urlsplit(get_origin_from_redirect_uri() or "").netloc


def make_pass(code: str) -> str:
    """What Streamlit's ``/auth/login`` asks to be shown; good for two minutes."""
    return encode_provider_token(code)


def read_introduction(cookies: Mapping[str, str]) -> str:
    """The address, in small letters, of whoever a service introduced in the last five minutes.

    Raises: ServiceFailed where there is no such letter, ServiceUnsure where it does not vouch for an address.
    """

    def read(name: str) -> bytes | None:
        return decode_signed_value(get_cookie_secret(), name, cookies.get(name, ""), max_age_days=GOOD_FOR_S / 86_400)

    services = {service.code for service in list_services()}
    letter = get_cookie_with_chunks(read, USER_COOKIE_NAME) if services else None
    if letter is None:
        raise ServiceFailed
    told = json.loads(letter)
    if told.get("provider") not in services or told.get("origin") != get_origin_from_redirect_uri():
        raise ServiceFailed
    address = str(told.get("email") or "").strip()
    if told.get("email_verified", True) not in (True, "true") or not address.isascii() or "@" not in address:
        raise ServiceUnsure
    return address.lower()


def letters_in(cookies: Iterable[str]) -> list[str]:
    """The names, of those in ``cookies``, under which Streamlit keeps what a service told: to be thrown away once read."""
    return [name for name in cookies if name == USER_COOKIE_NAME or name.startswith(f"{USER_COOKIE_NAME}_")]


def _is_whole(code: str) -> bool:
    try:
        validate_auth_credentials(code)
    except StreamlitAuthError:
        return False
    return True


def _label(code: str, section: Mapping[str, object]) -> str:
    """``label`` as written in the section; else the section's name, or where the service lives."""
    return str(section.get("label") or (urlsplit(str(section.get("server_metadata_url"))).hostname if code == _DEFAULT else code))
