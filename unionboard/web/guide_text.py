"""The guide's Markdown as HTML: links lead to pages of ours, pictures to ours; what lies elsewhere in the project is told, not linked."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from unionboard.config import PROJECT_DIR
from unionboard.ui.guide import ADDRESS

if TYPE_CHECKING:
    from markdown_it.token import Token

DOCS, GUIDE = PROJECT_DIR / "docs", ADDRESS
FOLDERS: Mapping[str, str] = {"zh_CN": "zh-CN", "en": "en"}
"""Folder of the guide, and part of its address, by language."""
_GROUP, _TASK = re.compile(r"^## (.+)$"), re.compile(r"^\d+\. \[(.+)\]\(([a-z-]+)\.md\)$")


@dataclass(frozen=True, slots=True)
class Task:
    """One page of the guide: ``name`` is its file and the end of its address, ``group`` the heading it stands under."""

    name: str
    title: str
    group: str


def list_tasks(language: str) -> list[Task]:
    """The guide's pages in their order, as its README lists them."""
    tasks, group = [], ""
    for line in (DOCS / "guide" / FOLDERS[language] / "README.md").read_text(encoding="utf-8").splitlines():
        if heading := _GROUP.match(line):
            group = heading[1]
        elif task := _TASK.match(line):
            tasks.append(Task(task[2], task[1], group))
    return tasks


def list_addresses() -> frozenset[str]:
    """Every page of the guide and of the documents beside it; none where the program was installed without them."""
    guide = [f"{GUIDE}/{file.parent.name}/{file.stem}" for file in DOCS.glob("guide/*/*.md") if file.stem != "README"]
    more = [f"{GUIDE}/more/{file.stem}" for file in DOCS.glob("*.md")]
    return frozenset((GUIDE, *(f"{GUIDE}/{folder}" for folder in FOLDERS.values()), *guide, *more))


def make_anchor(heading: str) -> str:
    """The id of a heading, as GitHub makes it: lower case, without punctuation, hyphens for spaces."""
    plain = re.sub(r"[*_`]|\]\([^)]*\)|\[", "", heading).strip().lower()
    return "".join("-" if letter == " " else letter for letter in plain if letter.isalnum() or letter in " -_")


def find_address(target: str, folder: str) -> str | None:
    """Where a link written in a file of ``docs/<folder>`` leads to, as an address of ours; None: to no page of ours."""
    if target.startswith(("#", "http://", "https://", "mailto:")):
        return target
    path, _, anchor = target.partition("#")
    path = posixpath.normpath(posixpath.join(folder, path))
    if path.startswith("guide/") and path.endswith(".md"):
        address = f"{GUIDE}/{path[len('guide/') :].removesuffix('.md').removesuffix('/README')}"
    elif path.startswith("guide/pictures/"):
        return f"{GUIDE}/{path[len('guide/') :]}"
    elif path.endswith(".md") and "/" not in path:
        address = f"{GUIDE}/more/{path.removesuffix('.md')}"
    else:
        return None
    return (address + (f"#{anchor}" if anchor else "")) if address in list_addresses() else None


def write_html(file: Path) -> str:
    """The body of the page that ``file``, which lies in ``docs`` or below, makes."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 -- no start of the program pays for it

    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")  # the files are ours; the page's policy runs no script anyway
    folder = file.parent.relative_to(DOCS).as_posix()
    tokens = markdown.parse(file.read_text(encoding="utf-8"))
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            before.attrSet("id", make_anchor(token.content))
        _lead_within(token.children or [], folder)
    html = str(markdown.renderer.render(tokens, markdown.options, {}))
    return (
        html.replace("<table>", '<div class="wide" tabindex="0"><table>')
        .replace("</table>", "</table></div>")
        .replace("<pre>", '<pre tabindex="0">')
    )


def _lead_within(tokens: "list[Token]", folder: str) -> None:
    for token in tokens:
        if token.type == "link_open":
            address = find_address(str(token.attrs["href"]), folder)
            if address is None:
                token.tag, token.attrs = "span", {}
            else:
                token.attrSet("href", address)
        elif token.type == "image":
            token.attrSet("src", find_address(str(token.attrs["src"]), folder) or "data:,")
            token.attrSet("loading", "lazy")
    is_told = False
    for token in tokens:
        is_told = token.tag == "span" if token.type == "link_open" else is_told
        if token.type == "link_close" and is_told:
            token.tag = "span"
