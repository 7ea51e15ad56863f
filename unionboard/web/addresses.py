"""The addresses of this program, and the way back to where somebody wanted to go."""

from urllib.parse import urlsplit

from unionboard.config import PROJECT_DIR

LOGIN, LOGOUT, SET_UP, PAPER = "/login", "/logout", "/setup", "/paper/timeline"
OPEN = frozenset({LOGIN, LOGOUT, SET_UP, "/healthz", "/_stcore/health"})
"""What is answered to whoever asks; exact paths, so that nothing below them is open with them."""
SERVICE_LOGIN, STREAMLIT_LOGIN, STREAMLIT_BACK = "/login/service", "/auth/login", "/oauth2callback"
SERVICE = frozenset({SERVICE_LOGIN, STREAMLIT_LOGIN, STREAMLIT_BACK})
"""What is answered as well where a sign-in service is set up."""
PAGES = frozenset({"/", PAPER, *(f"/{file.stem}" for file in (PROJECT_DIR / "pages").glob("*.py"))})


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
