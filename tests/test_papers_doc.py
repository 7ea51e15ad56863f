"""docs/papers.md lists the places of every paper as the program knows them; run as a module it writes the list anew."""

import sys
from collections.abc import Iterator
from pathlib import Path

from unionboard.config import PROJECT_DIR
from unionboard.i18n import translate
from unionboard.models import TemplateKind
from unionboard.writing.papers.making import list_suffixes
from unionboard.writing.papers.places import PLACES

DOCUMENT = PROJECT_DIR / "docs" / "papers.md"
BEGIN, END = "<!-- places: written by python -m tests.test_papers_doc -->", "<!-- end of places -->"
HEADINGS = {
    TemplateKind.NOTICE: "Notice of the month · 每月公示",
    TemplateKind.SIGN_IN: "Sign-in sheet · 签到表",
    TemplateKind.VISIT: "Care visit’s form · 慰问审批表",
    TemplateKind.HANDOUT: "List to sign for a hand-out · 发放签领表",
    TemplateKind.DISCLOSURE: "Dues and funds made known · 会费收缴与经费收支公示",
    TemplateKind.CERTIFICATE: "Honours and certificates · 荣誉名单与证书",
}


def write_list() -> Iterator[str]:
    """The tables, a line each."""
    for kind, places in PLACES.items():
        ours = " and ".join({".docx": "Word", ".xlsx": "Excel"}[suffix] for suffix in list_suffixes(kind))
        yield from (
            "",
            f"### {HEADINGS[kind]}",
            "",
            f"Our own form: {ours}.",
            "",
            "| 中文 | English | what stands there · 填入内容 |",
            "|---|---|---|",
        )
        for place in places.single:
            yield f"| `{{{{ {place.zh} }}}}` | `{{{{ {place.en} }}}}` | {place.told} · {translate('zh_CN', place.told)} |"
        for one in places.lists:
            for column in one.columns:
                told = f"{one.told}: {column.told} · {translate('zh_CN', one.told)}：{translate('zh_CN', column.told)}"
                yield f"| `{{{{ {one.zh}.{column.zh} }}}}` | `{{{{ {one.en}.{column.en} }}}}` | {told} |"


def listed(text: str) -> str:
    return text.split(BEGIN)[1].split(END, maxsplit=1)[0]


def test_places_are_listed_as_they_are() -> None:
    assert listed(DOCUMENT.read_text(encoding="utf-8")) == "\n".join([*write_list(), "", ""])


if __name__ == "__main__":
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENT
    text = path.read_text(encoding="utf-8")
    head, (_, tail) = text.split(BEGIN)[0], text.split(END)
    path.write_text("".join([head, BEGIN, "\n".join([*write_list(), "", ""]), END, tail]), encoding="utf-8")
