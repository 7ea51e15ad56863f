"""The draft as Markdown, for websites and messages."""

import re

from unionboard.drafting.document import Level, SummaryDocument

_MARKS = {Level.FIRST: "## ", Level.SECOND: "### ", Level.THIRD: "#### ", Level.FOURTH: "##### "}


def write_summary_markdown(document: SummaryDocument) -> str:
    """Title, headings and paragraphs, then the signature line by line; what Markdown would read as its own marks is escaped."""
    lines = [f"# {_escape(document.title)}"]
    lines += [_MARKS.get(paragraph.level, "") + _escape(paragraph.text) for paragraph in document.paragraphs]
    lines.append("  \n".join(_escape(line) for line in document.signature))
    return "\n\n".join(line for line in lines if line) + "\n"


def _escape(text: str) -> str:
    return re.sub(r"^(\d+)\.", r"\1\\.", re.sub(r"([\\`*_<>\[\]#|~])", r"\\\1", text))
