"""The timeline on paper: a page of its own that prints as it looks, and saves its pages as pictures in the reader's browser."""

import base64
import hashlib
from collections.abc import Sequence
from html import escape
from pathlib import Path
from urllib.parse import urlencode

from sqlmodel import Session
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.status import HTTP_200_OK

from unionboard import clock, db, i18n
from unionboard.config import LOCAL_USER
from unionboard.errors import Refusal
from unionboard.errors.plans import ChoiceUnknown, NoPlanYet, NoSuchPlan
from unionboard.i18n import choose_language, mark
from unionboard.models import Plan
from unionboard.services import plans, unions
from unionboard.services.exports import Export, record_export
from unionboard.services.guard import Actor, require
from unionboard.services.permissions import Act
from unionboard.services.timeline_choice import read_choice
from unionboard.ui.text import language, speak, t
from unionboard.ui.year_sheet import load_sheet, name_file
from unionboard.web.entrance import acting
from unionboard.writing.timeline_svg import Page, PaperSize, draw_pages

_HERE = Path(__file__).parent
_STYLE, _SCRIPT = ((_HERE / name).read_text(encoding="utf-8") for name in ("paper.css", "paper.js"))
_SCRIPT_HASH = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": f"default-src 'none'; script-src 'sha256-{_SCRIPT_HASH}'; style-src 'unsafe-inline'; img-src blob: data:; "
    "base-uri 'none'; form-action 'none'",
}
_SIZE_WORDS = {PaperSize.A4: "A4", PaperSize.A3: "A3", PaperSize.LONG: mark("Long picture")}


def show_paper(request: Request) -> HTMLResponse:
    """``?plan=<id>&size=A4|A3|long&lang=…`` and what the timeline's address carries; what is not understood is answered by a sentence.

    It is made to be taken along, so it is written down like every file that leaves.
    """
    actor = acting(request)
    answer = _answer(request.query_params, actor)
    if answer.status_code == HTTP_200_OK:
        with db.acting(actor), db.writing() as session:
            record_export(session, Export.TIMELINE_PAPER, who=actor.name or LOCAL_USER, now_utc=clock.now_utc())
    return answer


def _answer(asked: QueryParams, actor: Actor) -> HTMLResponse:
    with db.acting(actor), db.reading() as session:
        union = unions.find_union(session)
        with speak(choose_language(asked.get("lang"), union.language if union else None)):
            try:
                require(session, Act.EXPORT)
                return HTMLResponse(_draw(session, asked), headers=HEADERS)
            except Refusal as refusal:
                return HTMLResponse(_write_refusal(refusal), status_code=404, headers=HEADERS)


def _draw(session: Session, asked: QueryParams) -> str:
    size = next((size for size in PaperSize if size.value == asked.get("size", PaperSize.A4.value)), None)
    if size is None:
        raise ChoiceUnknown(text=asked["size"])
    choice = read_choice({name: asked.getlist(name) for name in asked})
    plan = _find_plan(session, asked.get("plan"))
    pages = draw_pages(load_sheet(session, plan, choice, today=clock.today()), size)
    same = [(name, value) for name, value in asked.multi_items() if name != "size"]
    return _write_page(plan, pages, size, same)


def _find_plan(session: Session, wish: str | None) -> Plan:
    if wish is None:
        plan = plans.current_plan(session, today=clock.today())
        if plan is None:
            raise NoPlanYet
        return plan
    plan = next((plan for plan in plans.list_plans(session) if str(plan.id) == wish), None)
    if plan is None:
        raise NoSuchPlan
    return plan


def _write_page(plan: Plan, pages: Sequence[Page], size: PaperSize, same: Sequence[tuple[str, str]]) -> str:
    width, height = pages[0].width / 10, pages[0].height / 10
    links = "".join(
        f'<a href="?{escape(urlencode([*same, ("size", one.value)]))}"{" aria-current=page" if one is size else ""}>'
        f"{escape(t(_SIZE_WORDS[one]))}</a>"
        for one in PaperSize
    )
    buttons = _button(t("Print"), "print", is_first=True) + _button(t("Save as picture"), "png") + _button(t("Save as SVG"), "svg")
    sheets = "".join(_write_sheet(page, number, len(pages)) for number, page in enumerate(pages))
    body = (
        f'<header class="bar"><h1>{escape(plan.title)}</h1><nav aria-label="{escape(t("Paper size"))}">{links}</nav>{buttons}'
        f'<p role="status"></p></header><main>{sheets}</main><script>{_SCRIPT}</script>'
    )
    data = f' data-name="{escape(name_file(plan))}" data-failed="{escape(t("The picture could not be made. Print to PDF instead."))}"'
    return _write_html(plan.title, body, data, f"@page{{size:{width:g}mm {height:g}mm;margin:0}}")


def _write_sheet(page: Page, number: int, count: int) -> str:
    caption = ""
    if count > 1:
        told = escape(t("Page {page} of {pages}", page=number + 1, pages=count))
        buttons = _button(t("Picture"), "png", page=number) + _button("SVG", "svg", page=number)
        caption = f"<figcaption>{told}{buttons}</figcaption>"
    return f'<figure class="sheet">{page.svg}{caption}</figure>'


def _button(word: str, kind: str, *, page: int | None = None, is_first: bool = False) -> str:
    number = "" if page is None else f' data-page="{page}"'
    return f'<button type="button" data-kind="{kind}"{number}{" class=first" if is_first else ""}>{escape(word)}</button>'


def _write_refusal(refusal: Refusal) -> str:
    sentence = i18n.tell_refusal(language(), refusal)
    link = f'<p><a href="/timeline">{escape(t("Timeline"))}</a></p>'
    return _write_html(t("Timeline"), f'<main class="sentence"><p>{escape(sentence)}</p>{link}</main>')


def _write_html(title: str, body: str, data: str = "", style: str = "") -> str:
    """A whole page. Two spaces before ``lang``: the language is already the true one, and ``PageShell`` must not replace it."""
    return (
        f'<!doctype html><html  lang="{language().replace("_", "-")}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>{escape(title)}</title>'
        f"<style>{_STYLE}{style}</style></head><body{data}>{body}</body></html>"
    )
