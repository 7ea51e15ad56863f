"""The draft as Markdown, for websites and messages."""

import re
from collections.abc import Iterator, Sequence

from unionboard.drafting.document import Level, SummaryDocument, tell_check_code
from unionboard.writing.docx_table import Band
from unionboard.writing.summary_annexes import Annex, label_of

_MARKS = {Level.FIRST: "## ", Level.SECOND: "### ", Level.THIRD: "#### ", Level.FOURTH: "##### "}
_RULES = {"l": ":--", "c": ":-:", "r": "--:"}


def write_summary_markdown(document: SummaryDocument, *, annexes: Sequence[Annex] = ()) -> str:
    """Title, headings and paragraphs, the signature line by line, then the annexes; marks of Markdown in people's words are escaped."""
    lines = [f"# {_escape(document.title)}"]
    lines += [_MARKS.get(paragraph.level, "") + _escape(paragraph.text) for paragraph in document.paragraphs]
    lines.append("  \n".join(_escape(line) for line in document.signature))
    for number, annex in enumerate(annexes, start=1):
        lines.append(f"## {label_of(number, len(annexes), document.language)} {_escape(annex.title)}")
        lines.append("\n".join(_table(annex)))
    lines.append(_escape(tell_check_code(document)))
    return "\n\n".join(line for line in lines if line) + "\n"


def _table(annex: Annex) -> Iterator[str]:
    """Line by line; a band is a row whose first cell alone speaks, in bold."""
    yield _row(annex.headings)
    yield "|" + "|".join(_RULES[side] for side in annex.aligned) + "|"
    for row in annex.rows:
        yield f"| **{_cell(row.text)}** |{' |' * (len(annex.headings) - 1)}" if isinstance(row, Band) else _row(row)


def _row(texts: Sequence[str]) -> str:
    return "| " + " | ".join(map(_cell, texts)) + " |"


def _cell(text: str) -> str:
    return "<br>".join(_escape(line) for line in text.split("\n"))


def _escape(text: str) -> str:
    return re.sub(r"^(\d+)\.", r"\1\\.", re.sub(r"([\\`*_<>\[\]#|~])", r"\\\1", text))
