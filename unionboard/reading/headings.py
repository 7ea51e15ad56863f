"""Which lines are headings of sections: numbered ones by their style, others by their words and what stands below them."""

import re
from collections.abc import Sequence

from unionboard.reading.lines import Passage
from unionboard.reading.marks import Mark, Style
from unionboard.reading.months import find_time, opens_standing
from unionboard.reading.outline import FRAMED
from unionboard.reading.rows import has_cells

SECTION_STYLES = (Style.PART, Style.FORMAL, Style.CHINESE, Style.HASH, Style.BRACKETED_CHINESE)  # from the highest to the lowest
_ALONE = re.compile(r"^(?:日程|日程表|时间表|行事历|附注|备注|口号|宗旨|背景|一览表|联系方式)\s*:?$")
_NAMES = re.compile(
    r"^(?:(?:本年度|本学期|全年|今年|年度|主要|重点|具体|基本|总体|工作|活动|指导|奋斗|任务|目标|思想|思路|要求|措施|内容|方向|理念|保障|组织|领导"
    r"|形势|分析|背景|宗旨|原则|安排|日程|时间|进度|及|和|与|的|、){2,12})\s*(?::|$)"
)
_AFTERWORD = re.compile(r"^(?:.{0,8}(?:须知|注意事项|几点要求|有关要求|工作要求|说明|备注)|备注|附则)\s*:?$")
_FRAMED = re.compile(r"^[【〖\[]\s*([^【】〖〗\[\]]{2,24}?)\s*[】〗\]]\s*:?$")
_HEADING_LIMIT = 60  # characters of a line that is a heading as a whole
_HEADING_COMMAS = 3  # a line with more clauses than four tells, it does not name
_FIRST_LIMIT = 50  # characters of a heading that shares its line with the text below it
_NAME_AND_GAP = re.compile(r"([^\s,。;:、]{2,12})\s+(?=[^\s,。;:]{5}|、)")  # 指导思想 以工会章程为依据…
_AFTER_GAP = 20  # characters behind such a gap: fewer are the second half of the heading
_SHORT = 24  # characters of a heading that only its place shows
_TELLING = 25  # characters of the prose below such a heading
_TITLE = re.compile(r"(?:计划|总结|要点|方案|范文|[\d一二三四五六七八九十]篇)\)?$")
_ENDS = tuple("。;,、?!.…)")


def find_top_style(marks: Sequence[Mark | None]) -> Style | None:
    """The highest number style there is; 1、 only when its lines are headings with prose below most of them."""
    present = {mark.style for mark in marks if mark}
    for style in SECTION_STYLES:
        if style in present:
            return style
    digits = [position for position, mark in enumerate(marks) if mark and mark.style is Style.DIGIT]
    counted = [mark.number for mark in marks if mark and mark.style is Style.DIGIT]
    with_prose = [position for position in digits if position + 1 < len(marks) and marks[position + 1] is None]
    rising = counted == list(range(1, len(counted) + 1))
    return Style.DIGIT if len(digits) >= 3 and rising and 2 * len(with_prose) > len(digits) else None


def split_heading(passage: Passage, start: int) -> tuple[Passage, Passage]:
    """The heading that begins at ``start`` and the text that shares its line: up to the first full stop, a lone gap, or the first comma."""
    words = passage.part(start)
    plain = words.plain
    stop = re.search(r"[。:;](?!$)", plain)
    gap = _NAME_AND_GAP.match(plain)
    if gap and len(plain) - gap.end() >= _AFTER_GAP:
        return words.part(0, gap.end(1)), words.part(gap.end())
    if len(plain) <= _HEADING_LIMIT and plain.count(",") <= _HEADING_COMMAS and not stop:
        return words, words.part(len(plain))
    if stop and stop.start() <= _FIRST_LIMIT:
        return words.part(0, stop.start()), words.part(stop.end())
    gaps = [found.start() for found in re.finditer(r"\s+", plain[: _FIRST_LIMIT + _HEADING_LIMIT + 2]) if found.start() >= 6]
    if gaps and gaps[0] <= _FIRST_LIMIT and (len(gaps) == 1 or gaps[1] - gaps[0] > _HEADING_LIMIT):
        return words.part(0, gaps[0]), words.part(gaps[0])
    comma = plain.find(",")
    if 0 <= comma <= _FIRST_LIMIT:
        return words.part(0, comma), words.part(comma + 1)
    return words, words.part(len(plain))


def split_plain_heading(passage: Passage) -> tuple[Passage, Passage]:
    """A heading without a number, out of its frame and without its colon, and the text behind the colon."""
    framed = _FRAMED.match(passage.plain) or FRAMED.match(passage.plain)
    if framed:
        return passage.part(*framed.span(1)), passage.part(framed.end())
    heading, _, _ = passage.plain.partition(":")
    return passage.part(0, len(heading)), passage.part(len(heading) + 1)


def find_plain_headings(passages: Sequence[Passage], marks: Sequence[Mark | None], top: Style | None) -> frozenset[int]:
    """Positions of headings without a number: by their words, by 【】 around them, and, when no heading of the document has a number, by
    their place: a short line above prose or above a list from 1, at least twice."""
    unmarked = [position for position, mark in enumerate(marks) if mark is None]
    found = {position for position in unmarked if _is_named(passages, marks, position)}
    if top in (None, Style.DIGIT):
        placed = {position for position in unmarked if _is_placed(passages, marks, position)}
        found |= placed if len(placed | found) >= 2 else set()
    return frozenset(found)


def _is_named(passages: Sequence[Passage], marks: Sequence[Mark | None], position: int) -> bool:
    plain = passages[position].plain
    if (_NAMES.match(plain) and len(plain) >= 4) or (_ALONE.match(plain) and position + 1 < len(passages)):
        return True
    framed = _FRAMED.match(plain)
    if framed:
        return find_time(framed.group(1)) is None
    if not _AFTERWORD.match(plain) or position + 1 >= len(marks):
        return False
    below = marks[position + 1]
    return below.number <= 1 if below else passages[position + 1].plain[-1] in "。;!"


def _is_placed(passages: Sequence[Passage], marks: Sequence[Mark | None], position: int) -> bool:
    """Whether a short line stands above prose or above a list that begins at 1."""
    if position + 1 >= len(passages) or not _could_head(passages[position].plain):
        return False
    below, mark = passages[position + 1], marks[position + 1]
    if has_cells(passages[position]) or has_cells(below):
        return False
    if mark is not None:
        return mark.number == 1 or mark.style is Style.BULLET
    return len(below.plain) >= _TELLING and below.plain[-1] in "。;:!" and not opens_standing(below.plain)


def _could_head(plain: str) -> bool:
    bare = plain.rstrip(":")
    return (
        3 <= len(bare) <= _SHORT
        and not bare.endswith(_ENDS)
        and not _TITLE.search(bare)
        and find_time(bare) is None
        and not opens_standing(plain)
    )
