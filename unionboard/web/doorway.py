"""The pages before one is in: plain HTML that runs no script, in the visitor's language, with the union's name above."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse

from unionboard import db, i18n
from unionboard.config import LANGUAGES, UNION_COOKIE
from unionboard.errors import Refusal
from unionboard.i18n import choose_language, name_language, translate
from unionboard.services.union_tree import list_names
from unionboard.services.unions import find_union
from unionboard.web.headers import hash_source

_STYLE = (Path(__file__).parent / "login.css").read_text(encoding="utf-8")
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": f"default-src 'none'; style-src {hash_source(_STYLE)}; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
}
Form = dict[str, str]
_FORM_BYTES, _FORM_FIELDS = 16_384, 20
_UNION_LETTERS = 80
MARK = (
    '<svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true"><rect x="2" y="2" width="28" height="28" rx="7" fill="#B4231F"/>'
    '<path d="M10 9v7a6 6 0 0 0 12 0V9M16 9v6" fill="none" stroke="#fff" stroke-width="3.2" stroke-linecap="round"/></svg>'
)


class Doorway:
    """One such page: whose program it is, and in which language it speaks. ``unions``: the names of all unions by number."""

    def __init__(self, request: Request) -> None:
        self._request = request
        with db.within(None), db.reading() as session:
            self.unions = list_names(session)
        number = self._choose_union()
        with db.within(number), db.reading() as session:
            union = None if number is None else find_union(session)
        self._union = (union.name if union else "") or "Unionboard"
        self.language = choose_language(
            request.query_params.get("lang"), union.language if union else None, request.headers.get("accept-language")
        )

    @property
    def is_of_many(self) -> bool:
        """Whether one has to say which union is meant."""
        return len(self.unions) > 1

    def _choose_union(self) -> int | None:
        """Whose page it is: of the only union, or of the one this browser signed in to last; None: nobody knows yet."""
        if not self.is_of_many:
            return next(iter(self.unions))
        told = self._request.cookies.get(UNION_COOKIE, "")
        return int(told) if told.isdecimal() and int(told) in self.unions else None

    def tell_union(self) -> str:
        """What the form begins with: what the address says, else what this browser said last."""
        told = self._request.query_params.get("union", "").strip()[:_UNION_LETTERS] or str(self._choose_union() or "")
        return self.unions.get(int(told), told) if told.isdecimal() else told

    def t(self, sentence: str, /, **facts: object) -> str:
        """``sentence`` in the page's language, as HTML."""
        return escape(translate(self.language, sentence, **facts))

    def why(self, refusal: Refusal | None) -> str:
        """What was refused, read aloud where somebody listens."""
        return "" if refusal is None else f'<p class="why" role="alert" id="why">{escape(i18n.tell_refusal(self.language, refusal))}</p>'

    def link(self, path: str) -> str:
        """``path`` with the language and the way back, as they stand in this page's address."""
        kept = {name: value for name in ("next", "lang", "union") if (value := self._request.query_params.get(name))}
        return f"{path}?{urlencode(kept)}" if kept else path

    def address(self, path: str) -> str:
        """The same as an attribute's value."""
        return escape(self.link(path))

    def _switch_to(self, language: str) -> str:
        there = escape(f"{self._request.url.path}?{urlencode({**self._request.query_params, 'lang': language})}")
        return f'<a href="{there}" lang="{language.replace("_", "-")}">{escape(name_language(language))}</a>'

    def answer(self, title: str, body: str, *, status: int = 200, headers: Mapping[str, str] | None = None) -> HTMLResponse:
        """The whole page. ``title`` is translated here, ``body`` is HTML."""
        others = " ".join(self._switch_to(language) for language in LANGUAGES if language != self.language)
        union, tag = escape(self._union), self.language.replace("_", "-")
        # two spaces before lang: the language is already the true one, and PageShell must not replace it
        return HTMLResponse(
            f'<!doctype html><html  lang="{tag}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f'<link rel="icon" href="data:,"><title>{self.t(title)} · {union}</title><style>{_STYLE}</style></head><body><main>'
            f'<div class="card"><header>{MARK}{union}</header><h1>{self.t(title)}</h1>{body}</div></main>'
            f"<footer>{others}</footer></body></html>",
            status_code=status,
            headers={**HEADERS, **(headers or {})},
        )


def field(name: str, label: str, *, kind: str = "text", value: str = "", hint: str = "", **attributes: str) -> str:
    """A labelled field. ``label`` and ``hint`` are HTML already, ``value`` and the attributes are not."""
    given = "".join(f' {key}="{escape(told)}"' if told else f" {key}" for key, told in attributes.items())
    told = f'<p class="hint" id="{name}-hint">{hint}</p>' if hint else ""
    described = f' aria-describedby="{name}-hint"' if hint else ""
    return (
        f'<div class="field"><label for="{name}">{label}</label><input id="{name}" name="{name}" type="{kind}" value="{escape(value)}"'
        f"{given}{described} required>{told}</div>"
    )


def check(name: str, label: str, *, value: str = "1", is_ticked: bool = False) -> str:
    """A box to tick; ``label`` is HTML already."""
    ticked = " checked" if is_ticked else ""
    return f'<label class="check"><input type="checkbox" name="{name}" value="{escape(value)}"{ticked}>{label}</label>'


async def read_form(request: Request) -> Form:
    """What was sent, of fields that came twice the last; nothing where it is no form of ours.

    That is one of another type, larger than 16 kB or of more than 20 fields.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        return {}
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > _FORM_BYTES:
                return {}
    except ClientDisconnect:
        return {}
    try:
        return dict(parse_qsl(body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=_FORM_FIELDS))
    except ValueError:
        return {}
