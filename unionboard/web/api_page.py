"""The API's page for people: drawn from its schema, in their language, without a script and without anything from elsewhere."""

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from unionboard.config import LANGUAGES
from unionboard.i18n import choose_language, mark, name_language, translate
from unionboard.web.addresses import API, API_SCHEMA, API_V1
from unionboard.web.feed import tell_base
from unionboard.web.headers import hash_source
from unionboard.web.rate import PER_MINUTE

_STYLE = (Path(__file__).parent / "api.css").read_text(encoding="utf-8")
HEADERS = {
    "cache-control": "no-cache",
    "content-security-policy": f"default-src 'none'; style-src {hash_source(_STYLE)}; img-src data:; base-uri 'none'; "
    "frame-ancestors 'none'",
}
_INTRO = (
    mark(
        "Other programs read the year here: activities, figures of board and summary, the fund in totals, meetings. Nothing can be changed."
    ),
    mark("Each program gets a token of its own. The chair makes and revokes it in the settings, under Connections."),
    mark("Days are written 2026-05-08, money in fen (hundredths of a yuan), codes never change their meaning."),
    mark("Not told: lines and purposes of the books, who was visited and when, notes, papers, and sums of fewer than three people."),
)
_LIMIT = mark("A token may ask {n} times a minute. Refusals say why in “error”: a code for programs, a sentence for people.")
Schema = Mapping[str, Any]


def draw_page(request: Request, schema: Schema) -> HTMLResponse:
    """The page; ``?lang=`` or the browser says in which language."""
    language = choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))
    return HTMLResponse(_Page(schema, language).draw(tell_base(request)), headers=HEADERS)


class _Page:
    def __init__(self, schema: Schema, language: str) -> None:
        self._schema = schema
        self._language = language

    def t(self, sentence: str, **facts: object) -> str:
        """``sentence`` in the page's language, as HTML."""
        return escape(translate(self._language, sentence, **facts)) if sentence else ""

    def draw(self, base: str) -> str:
        """The whole page. Two spaces before ``lang``: it is the true one, and ``PageShell`` must not replace it."""
        title = self.t("API for other programs")
        intro = "".join(f"<p>{self.t(sentence)}</p>" for sentence in _INTRO)
        example = escape(f'curl -H "Authorization: Bearer ub_…" "{base}{API_V1}/activities?status=late"')
        schema = f'<a href="{API_SCHEMA}">{self.t("The schema for programs (OpenAPI 3.1)")}</a>'
        return (
            f'<!doctype html><html  lang="{self._language.replace("_", "-")}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>{title} · Unionboard</title>'
            f"<style>{_STYLE}</style></head><body><main><h1>{title}</h1>{intro}"
            f'<div class="start"><pre tabindex="0">{example}</pre><p>{self.t(_LIMIT, n=PER_MINUTE)}</p>{schema}</div>'
            f"{''.join(self._draw_paths())}"
            f"<footer>{' '.join(self._link_others())}</footer></main></body></html>"
        )

    def _link_others(self) -> Iterator[str]:
        for code in LANGUAGES:
            if code != self._language:
                yield f'<a href="{API}?lang={code}" lang="{code.replace("_", "-")}">{escape(name_language(code))}</a>'

    def _draw_paths(self) -> Iterator[str]:
        for path, methods in self._schema["paths"].items():
            asked = methods["get"]
            answer = asked["responses"]["200"]["content"]["application/json"]["schema"]
            yield (
                f'<section><h2>{self.t(asked["summary"])}</h2><p><code class="path">GET {escape(API_V1 + path)}</code></p>'
                f"{self._draw_parameters(asked.get('parameters', ()))}<h3>{self.t('Answer')}</h3>{self._draw_fields(answer)}</section>"
            )

    def _draw_parameters(self, parameters: Any) -> str:
        rows = [(one["name"], one["schema"], one.get("description", "")) for one in parameters]
        return f"<h3>{self.t('May be asked for')}</h3>{self._draw_table(rows)}" if rows else ""

    def _draw_fields(self, answer: Schema) -> str:
        """The fields of a model, those of what it holds below them."""
        found = list(self._list_fields(answer, ""))
        return self._draw_table(found)

    def _list_fields(self, asked: Schema, prefix: str) -> Iterator[tuple[str, Schema, str]]:
        for name, field in self._open(asked).get("properties", {}).items():
            yield f"{prefix}{name}", field, field.get("description", "")
            inner = next((one for one in _parts(field) if "properties" in self._open(one)), None)
            if inner is not None:
                yield from self._list_fields(inner, f"{prefix}{name}{'[]' if field.get('type') == 'array' else ''}.")

    def _open(self, schema: Schema) -> Schema:
        """What a reference refers to."""
        if "$ref" not in schema:
            return schema
        found: Schema = self._schema["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return found

    def _draw_table(self, rows: list[tuple[str, Schema, str]]) -> str:
        head = "".join(f"<th>{self.t(word)}</th>" for word in (mark("Field"), mark("Kind of value"), mark("What it is")))
        lines = "".join(
            f"<tr><td><code>{escape(name)}</code></td><td><code>{escape(self._kind(schema))}</code></td><td>{self.t(told)}</td></tr>"
            for name, schema, told in rows
        )
        return f'<div class="wide" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>'

    def _kind(self, schema: Schema) -> str:
        """integer, date, string | null, late | done | …"""
        if "$ref" in schema:
            return self._kind(self._open(schema))
        if "anyOf" in schema:
            return " | ".join(self._kind(one) for one in schema["anyOf"])
        if "enum" in schema:
            return " | ".join(map(str, schema["enum"]))
        if "const" in schema:
            return str(schema["const"])
        if schema.get("type") == "array":
            return f"[{self._kind(schema['items'])}]"
        return str(schema.get("format") or schema.get("type", "object"))


def _parts(field: Schema) -> Iterator[Schema]:
    yield field
    yield from field.get("anyOf", ())
    if "items" in field:
        yield field["items"]
