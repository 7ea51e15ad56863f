"""Which lines of a document open a month of its schedule, and which only name a month in passing."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from unionboard.reading.lines import Passage
from unionboard.reading.marks import Style, find_inline_marks, find_mark, starts_with_verb
from unionboard.reading.months import Head, find_head, find_inline_heads
from unionboard.reading.rows import has_cells

_INTRODUCER = re.compile(
    r"^(?:[^,。;:]{0,14}?)(?:月份?|逐月|全年|年度|学期|活动|工作|时间|日程|具体|主要|进度)[^,。;:]{0,8}(?:安排|计划|日程|行事历|一览)(?:表|如下)?\s*:?$"
)
_DONE = re.compile(r"[开办行加成订织立看问]展?了(?!解)|人次|圆满(?:完成|结束)|已(?:经|完成|于)")
_PROSE = 150  # characters: a longer line that begins with a month tells, it does not head a month


def split_marked_parts(passage: Passage) -> list[Passage]:
    """A line that holds several numbered parts (①…；②… or 1、…。2、…。) or several months as its parts."""
    if has_cells(passage):
        return [passage]
    cuts = sorted({0, *find_inline_marks(passage.plain), *find_inline_heads(passage.plain), len(passage.plain)})
    parts = [passage.part(start, end) for start, end in pairwise(cuts)]
    return [part for part in parts if part.plain]


def is_introducer(plain: str) -> bool:
    """活动安排:, 附:月份工作安排, 四、主要活动安排: the words before a schedule."""
    mark = find_mark(plain)
    words = plain[mark.end :] if mark else plain
    return len(words) <= 24 and bool(_INTRODUCER.match(words)) and not starts_with_verb(words)


def find_schedule_heads(passages: Sequence[Passage]) -> list[Head | None]:
    """For each passage the month head it is, None for all others.

    Month heads of one number style are a schedule when there are three of them, when two are set off by a colon (one is enough without a
    number), or when one follows the introducer of a schedule. Numbered lines that name a month are heads only where no line without a
    number is.
    """
    lists = not _counts_months(passages)
    heads = [_find_head(passage, lists=lists) for passage in passages]
    styles = _accepted_styles(passages, heads)
    return [head if head and head.style in styles else None for head in heads]


def _find_head(passage: Passage, *, lists: bool) -> Head | None:
    head = None if has_cells(passage) else find_head(passage.plain, lists=lists)
    if head is None or _DONE.search(passage.plain, head.rest):
        return None
    return head if head.is_set_off or len(passage.plain) <= _PROSE else None


def _accepted_styles(passages: Sequence[Passage], heads: Sequence[Head | None]) -> set[Style | None]:
    counts: Counter[Style | None] = Counter()
    set_off: Counter[Style | None] = Counter()
    introduced: set[Style | None] = set()
    seen_introducer = False
    for passage, head in zip(passages, heads, strict=True):
        seen_introducer = seen_introducer or is_introducer(passage.plain)
        if head:
            counts[head.style] += 1
            set_off[head.style] += head.is_set_off
            introduced |= {head.style} if seen_introducer else set()
    accepted = {style for style in counts if counts[style] >= 3 or set_off[style] >= (2 if style else 1) or style in introduced}
    if None in accepted:
        return accepted & {None, Style.CHINESE, Style.BRACKETED_CHINESE}
    return accepted


def _counts_months(passages: Sequence[Passage]) -> bool:
    """Whether 一、二月 … 二、三月 … 三、四月 number the months one after the other, so that 一、二月 is no pair of months."""
    marks = [find_mark(passage.plain) for passage in passages]
    numbers = [
        mark.number
        for mark, passage in zip(marks, passages, strict=True)
        if mark and mark.style in (Style.CHINESE, Style.DIGIT) and find_head(passage.plain[mark.end :])
    ]
    return any(second == first + 1 for first, second in pairwise(numbers))
