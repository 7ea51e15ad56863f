"""When an address beside the pages breaks: one page in the visitor's language, with the code that stands in the log."""

from html import escape

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, Response

from unionboard.i18n import choose_language, mark, translate
from unionboard.log import record
from unionboard.services import condition
from unionboard.web.addresses import tell_place

HEADERS = {"cache-control": "no-store", "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"}
_TITLE = mark("This page could not be shown")
_REASON = mark("What was saved is safe: load the page again. If it returns, pass on the code {code}.")
_CLOSED = mark("The data cannot be opened")
_CLOSED_REASON = mark("Something is wrong with the data. It can be put right at the computer on which the program runs.")


def answer_breakdown(request: Request, error: Exception) -> Response:
    """What nobody foresaw; when the data cannot be opened, that."""
    if condition.explain(error) is not None:
        return answer_closed(request, error)
    code = record(error, where=tell_place(request.url.path))
    language = _choose(request)
    return _write(language, translate(language, _TITLE), translate(language, _REASON, code=code), 500)


def answer_closed(asked: HTTPConnection, error: Exception) -> Response:
    """The data are locked, damaged or gone: one sentence, without where they lie."""
    record(error, where=tell_place(asked.url.path))
    language = _choose(asked)
    return _write(language, translate(language, _CLOSED), translate(language, _CLOSED_REASON), 503)


def _choose(asked: HTTPConnection) -> str:
    return choose_language(asked.query_params.get("lang"), asked.headers.get("accept-language"))


def _write(language: str, title: str, reason: str, status: int) -> Response:
    """Two spaces before ``lang``: the language is already the true one, and ``PageShell`` must not replace it."""
    return HTMLResponse(
        f'<!doctype html><html  lang="{language.replace("_", "-")}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>{escape(title)}</title>'
        '<style>body{font:1.125rem/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;max-width:26em;margin:20vh auto;'
        f"padding:0 1.5rem}}h1{{font-size:1.5rem}}</style><h1>{escape(title)}</h1><p>{escape(reason)}</p></html>",
        status_code=status,
        headers=HEADERS,
    )


exception_handlers = {Exception: answer_breakdown}
