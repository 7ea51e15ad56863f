"""Lines that only the page around a document brings: its title again on every page, what people answered below it in a forum."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from unionboard.reading.draft import IgnoredReason
from unionboard.reading.lines import Line
from unionboard.reading.marks import find_mark
from unionboard.reading.months import find_time

_PAGE_NUMBER = re.compile(r"^-\s*\d{1,3}\s*-$|第\s*\d+\s*页|^\d+\s*/\s*\d+$")
_REPLY = re.compile(r"^(?:沙发|板凳|地板|\d{1,4}\s*[楼#])(?:[:\s]|$)|^.{0,20}发表于\s*:?\s*\d{4}-")
_SAME_LINE = re.compile(r"^\d{1,4}\s*[楼#]\s*\S{1,16}\s*:\s*\S")  # 2楼 小螺丝:秋游挺好
_HEADER_LIMIT = 60  # characters of a page header


def drop_page_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of a page header that comes again beside the page numbers and those of forum answers named as page chrome."""
    headers = _page_headers(lines)
    kept: list[Line] = []
    in_reply = False
    for line in lines:
        if _REPLY.match(line.plain):
            in_reply = not _SAME_LINE.match(line.plain)
            is_chrome = True
        else:
            is_chrome = line.number in headers or (in_reply and _answers(line))
            in_reply = in_reply and not (line.plain and not line.reason)
        kept.append(replace(line, reason=line.reason or IgnoredReason.PAGE_CHROME) if is_chrome and line.plain else line)
    return kept


def _answers(line: Line) -> bool:
    """Whether the first words below the name of a forum member only answer: no item, no month, no title of what is posted."""
    if find_mark(line.plain) or find_time(line.plain):
        return False
    return not (len(line.plain) <= 40 and re.search(r"计划|安排|要点|总结|方案", line.plain))


def _page_headers(lines: Sequence[Line]) -> set[int]:
    """Line numbers of page headers: beside a page number and at least twice in the file, and where such a line comes again."""
    content = [line for line in lines if line.plain]
    counts = Counter(_squeeze(line.plain) for line in content)
    beside: set[int] = set()
    for first, second in pairwise(content):
        for number, words in ((first, second), (second, first)):
            squeezed = _squeeze(words.plain)
            if number.reason and _PAGE_NUMBER.search(number.plain) and counts[squeezed] >= 2 and 4 <= len(squeezed) <= _HEADER_LIMIT:
                beside.add(words.number)
    headers = {_squeeze(line.plain) for line in content if line.number in beside and find_mark(line.plain) is None}
    seen: set[str] = set()
    found: set[int] = set()
    for line in content:
        squeezed = _squeeze(line.plain)
        if squeezed in headers and (line.number in beside or squeezed in seen):
            found.add(line.number)
        seen.add(squeezed)
    return found


def _squeeze(plain: str) -> str:
    return re.sub(r"\s", "", plain)
