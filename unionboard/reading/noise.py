"""Lines that only the page around a document brings: its title again on every page, what people answered below it in a forum."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

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
        is_reply = bool(_REPLY.match(line.plain))
        if is_reply or _squeeze(line.plain) in headers:
            kept.append(replace(line, reason=line.reason or IgnoredReason.PAGE_CHROME))
            in_reply = (is_reply and not _SAME_LINE.match(line.plain) and bool(kept)) or in_reply
        elif in_reply and line.plain and not line.reason:
            in_reply = False
            is_answer = find_mark(line.plain) is None and find_time(line.plain) is None and not _follows_title(line)
            kept.append(replace(line, reason=IgnoredReason.PAGE_CHROME) if is_answer else line)
        else:
            kept.append(line)
    return kept


def _follows_title(line: Line) -> bool:
    """Whether the first words below «发表于» are the title of what was posted."""
    return bool(re.search(r"计划|安排|要点|总结|方案|楼主", line.plain)) and len(line.plain) <= 40


def _page_headers(lines: Sequence[Line]) -> set[str]:
    """Lines without blanks that stand at least twice in the file, or again after the title, beside a page number."""
    content = [line for line in lines if line.plain]
    counts = Counter(_squeeze(line.plain) for line in content)
    beside: set[str] = set()
    for above, below in zip(content, content[1:], strict=False):
        if _PAGE_NUMBER.search(below.plain) and below.reason:
            beside.add(_squeeze(above.plain))
        if _PAGE_NUMBER.search(above.plain) and above.reason:
            beside.add(_squeeze(below.plain))
    return {words for words in beside if 4 <= len(words) <= _HEADER_LIMIT and counts[words] >= 2 and find_mark(words) is None}


def _squeeze(plain: str) -> str:
    return re.sub(r"\s", "", plain)
