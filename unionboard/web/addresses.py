"""The addresses of this program, and the way back to where somebody wanted to go."""

from urllib.parse import urlsplit

from unionboard.config import PROJECT_DIR
from unionboard.web.guide_text import list_addresses

LOGIN, LOGOUT, SET_UP, PAPER = "/login", "/logout", "/setup", "/paper/timeline"
API, API_SCHEMA, API_V1, CALENDAR = "/api", "/api/openapi.json", "/api/v1", "/calendar/"
OPEN = frozenset({LOGIN, LOGOUT, SET_UP, API, API_SCHEMA, "/healthz", "/_stcore/health"})
"""What is answered to whoever asks; exact paths, so that nothing below them is open with them."""
SERVICE_LOGIN, STREAMLIT_LOGIN, STREAMLIT_BACK = "/login/service", "/auth/login", "/oauth2callback"
SERVICE = frozenset({SERVICE_LOGIN, STREAMLIT_LOGIN, STREAMLIT_BACK})
"""What is answered as well where a sign-in service is set up."""
PAGES = frozenset({"/", PAPER, *(f"/{file.stem}" for file in (PROJECT_DIR / "pages").glob("*.py")), *list_addresses()})


def asks_for_token(path: str) -> bool:
    """Whether what answers under ``path`` lets in by a token of its own, instead of by whoever is signed in."""
    place, _, name = path.rpartition("/")
    return (f"{place}/" == CALENDAR and name.endswith(".ics")) or path.startswith(f"{API_V1}/")


def tell_place(path: str) -> str:
    """``path`` as the log may hold it: what is secret in it is left out."""
    return CALENDAR if path.startswith(CALENDAR) else path


def local_path(wish: str | None) -> str:
    """``wish`` when it is one of our pages with or without a query, else the board: nobody is sent to another machine from here."""
    told = wish or ""
    try:
        parts = urlsplit(told)
    except ValueError:
        return "/"
    if parts.scheme or parts.netloc or parts.path not in PAGES or not told.isprintable() or "\\" in told:
        return "/"
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
