"""The user's guide within the program: plain HTML that reads, prints and needs no internet; for whoever may see the program."""

from html import escape
from itertools import groupby
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from unionboard.i18n import choose_language, name_language, translate
from unionboard.web.doorway import MARK
from unionboard.web.guide_text import DOCS, FOLDERS, GUIDE, list_tasks, write_html
from unionboard.web.headers import hash_source

_STYLE = (Path(__file__).parent / "guide.css").read_text(encoding="utf-8")
HEADERS = {
    "cache-control": "no-cache",
    "content-security-policy": f"default-src 'none'; style-src {hash_source(_STYLE)}; img-src 'self' data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
}


def lead_to_guide(request: Request) -> RedirectResponse:
    """To the guide in the language of the browser, or of ``?lang=``."""
    language = _choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))
    return RedirectResponse(f"{GUIDE}/{FOLDERS[language]}", status_code=303)


def show_contents(request: Request) -> Response:
    """What the guide holds."""
    language = _find_language(request)
    return _lead_back() if language is None else _answer(language, "README")


def show_task(request: Request) -> Response:
    """One task."""
    language, name = _find_language(request), request.path_params["task"]
    if language is None or name not in {task.name for task in list_tasks(language)}:
        return _lead_back()
    return _answer(language, name)


def show_document(request: Request) -> Response:
    """A document beside the guide, as the sheet on privacy; in the language of ``?lang=`` or its own ending, else of the browser."""
    name = request.path_params["name"]
    file = next((file for file in DOCS.glob("*.md") if file.stem == name), None)
    if file is None:
        return _lead_back()
    told = name.rpartition(".")[2] if "." in name else None
    language = _choose_language(request.query_params.get("lang"), told, request.headers.get("accept-language"))
    return _write_page(language, "", file)


def send_picture(request: Request) -> Response:
    """One of the guide's pictures; they are part of the program and hold nothing but the invented demo year."""
    language, name = _find_language(request), request.path_params["name"]
    files = {} if language is None else {file.name: file for file in (DOCS / "guide" / "pictures" / FOLDERS[language]).glob("*.png")}
    return FileResponse(files[name], headers={"cache-control": "no-cache"}) if name in files else Response(status_code=404)


def _find_language(request: Request) -> str | None:
    return next((language for language, folder in FOLDERS.items() if folder == request.path_params["folder"]), None)


def _choose_language(*wishes: str | None) -> str:
    """English where the pages speak a language the guide is not written in."""
    language = choose_language(*wishes)
    return language if language in FOLDERS else "en"


def _lead_back() -> RedirectResponse:
    return RedirectResponse(GUIDE, status_code=303)


def _answer(language: str, name: str) -> HTMLResponse:
    return _write_page(language, name, DOCS / "guide" / FOLDERS[language] / f"{name}.md")


def _link_others(language: str, name: str, file: Path) -> str:
    """The same page in each other language the guide is written in."""
    links = []
    for other in FOLDERS:
        if other == language:
            continue
        twin = file.name.replace(FOLDERS[language], FOLDERS[other]).removesuffix(".md")
        there = f"{GUIDE}/more/{twin}?lang={other}" if not name else f"{GUIDE}/{FOLDERS[other]}{'' if name == 'README' else f'/{name}'}"
        links.append(f'<a href="{there}" lang="{other.replace("_", "-")}">{escape(name_language(other))}</a>')
    return "".join(links)


def _write_page(language: str, name: str, file: Path) -> HTMLResponse:
    """The whole page. Two spaces before ``lang``: the language is already the true one, and ``PageShell`` must not replace it."""

    def t(sentence: str) -> str:
        return escape(translate(language, sentence))

    title = file.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    body = (
        f'<a class="skip" href="#text">{t("To the text")}</a>'
        f'<header>{MARK}<b>{t("Guide")}</b><a href="/?lang={language}">{t("Back to the program")}</a>'
        f'{_link_others(language, name, file)}</header><div class="room">'
        f'<nav aria-label="{t("Contents")}">{_write_contents(language, name)}</nav>'
        f'<main id="text">{write_html(file)}{_write_turns(language, name)}</main></div>'
    )
    return HTMLResponse(
        f'<!doctype html><html  lang="{FOLDERS[language]}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<link rel="icon" href="data:,"><title>{escape(title)} · Unionboard</title>'
        f"<style>{_STYLE}</style></head><body>{body}</body></html>",
        headers=HEADERS,
    )


def _write_contents(language: str, name: str) -> str:
    parts = []
    for group, tasks in groupby(list_tasks(language), key=lambda task: task.group):
        links = "".join(
            f'<li><a href="{GUIDE}/{FOLDERS[language]}/{task.name}"{" aria-current=page" if task.name == name else ""}>'
            f"{escape(task.title)}</a></li>"
            for task in tasks
        )
        parts.append(f"<h2>{escape(group)}</h2><ul>{links}</ul>")
    return "".join(parts)


def _write_turns(language: str, name: str) -> str:
    """To the task before and the one after."""
    tasks = list_tasks(language)
    place = next((n for n, task in enumerate(tasks) if task.name == name), None)
    if place is None:
        return ""
    before, after = tasks[place - 1 : place], tasks[place + 1 : place + 2]
    links = [
        f'<a href="{GUIDE}/{FOLDERS[language]}/{task.name}" rel="{kind}">{arrow[0]}{escape(task.title)}{arrow[1]}</a>'
        for kind, arrow, some in (("prev", ("← ", ""), before), ("next", ("", " →"), after))
        for task in some
    ]
    return f'<div class="turn">{"<span></span>" if not before else ""}{"".join(links)}</div>'
