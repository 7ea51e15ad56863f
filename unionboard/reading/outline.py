"""Headings that only the shape of a document shows, never one alone: behind a sign, counted, ending alike, set off by blank lines."""

import re
from collections.abc import Sequence

from unionboard.reading.fields import opens_field
from unionboard.reading.heads import find_head
from unionboard.reading.lines import Passage
from unionboard.reading.marks import Style, find_counted_word, find_mark, starts_with_verb
from unionboard.reading.months import find_time, opens_standing
from unionboard.reading.rows import has_cells
from unionboard.reading.signature import is_signature_date

_SIGNED = 24  # characters of a heading behind a sign
_SET_OFF = 14  # characters of a heading that only blank lines show
_NAMES_AREA = 8  # characters of a heading that only its missing full stop shows
_ENDS = tuple("。;,、?!.…)")
FRAMED = re.compile(r"^[【〖]\s*([^【】〖〗]{2,16}?)\s*[】〗]\s*:?\s*(?=\S)")  # 【民主管理】 before its text
FRAMED_LINE = re.compile(r"^[【〖](?:[^【】〖〗]{0,40}[】〗]\s*:?\s*$|[^】〗]*$)")  # a frame and nothing else
_ALIKE = re.compile(r"^[^,。;:]{2,12}(篇|类|方面|板块|层面)\s*:?$")
# verbs that name an area as well
_NAMED = re.compile(r"^(?:(?:关爱|关心|学习|慰问|走访|宣传|评选|评比|培训|发展|检查|创建)[\u4e00-\u9fff]{2,4}|组织(?:建设|领导|保障))$")
_ADDRESS = re.compile(r"^(?:各|尊敬|亲爱|大家好|老师们|同志们)|(?:们|同志|单位|组长|大家好)[:!]?$")
_TITLE = re.compile(r"(?:计划|总结|要点|方案|范文|[\d一二三四五六七八九十]篇)\)?$")


def find_outline(passages: Sequence[Passage], blanks: frozenset[int] = frozenset()) -> frozenset[int]:
    """The lines of such headings. ``blanks``: the blank lines of the document."""
    found = [*_signed(passages), *_counted(passages), *_set_off(passages, blanks), *_outside_months(passages)]
    return frozenset(passages[position].line for position in found)


def _signed(passages: Sequence[Passage]) -> set[int]:
    """★ 工作方针 above lines without that sign, at least twice."""
    marks = [find_mark(passage.plain) for passage in passages]
    signs: dict[str, list[int]] = {}
    for position, mark in enumerate(marks):
        if mark and mark.style is Style.BULLET and find_time(passages[position].plain[mark.end :]) is None:
            signs.setdefault(mark.printed, []).append(position)
    found: set[int] = set()
    for positions in signs.values():
        above = [at for at in positions if at + 1 < len(marks) and ((below := marks[at + 1]) is None or below.number == 1)]
        short = all(len(passages[at].plain) <= _SIGNED and not passages[at].plain.endswith(_ENDS) for at in positions)
        if len(above) >= 2 and short and len(above) == len(positions):
            found |= set(positions)
    return found


def _counted(passages: Sequence[Passage]) -> set[int]:
    """项目一 技能提升, 项目二 …; 民主管理篇, 文体活动篇: one word twice or more."""
    kinds: dict[str, list[int]] = {}
    for position, passage in enumerate(passages):
        alike = _ALIKE.match(passage.plain)
        word = find_counted_word(passage.plain) or (alike.group(1) if alike else None)
        if word and not has_cells(passage) and find_time(passage.plain) is None and not _leads_to_field(passages, position):
            kinds.setdefault(word, []).append(position)
    return {position for positions in kinds.values() if len(positions) >= 2 for position in positions}


def _set_off(passages: Sequence[Passage], blanks: frozenset[int]) -> set[int]:
    """A short line with a blank line above it and none below it, at least twice; a month's lines are none."""
    found = {
        position
        for position, passage in enumerate(passages[:-1])
        if passage.lines[0] - 1 in blanks
        and passage.lines[-1] + 1 == passages[position + 1].line
        and _could_head(passage)
        and not is_signature_date(passages[position + 1].plain)
        and not _leads_to_field(passages, position)
        and find_head(passages[position + 1].plain) is None
        and not (position and _is_bare_head(passages[position - 1].plain))
    }
    return found if len(found) >= 2 else set()


def _outside_months(passages: Sequence[Passage]) -> set[int]:
    """Before the first month and below the last: 【民主管理】 before its text; short lines without a full stop above one that has it."""
    heads = [position for position, passage in enumerate(passages) if find_head(passage.plain)]
    outside = [position for position in range(len(passages)) if not heads or not heads[0] <= position <= heads[-1]]
    frames = {position: found.group(1) for position, passage in enumerate(passages) if (found := FRAMED.match(passage.plain))}
    framed = {position for position, words in frames.items() if find_time(words) is None} if set(frames) <= set(outside) else set()
    bare = {
        position
        for position in outside
        if position + 1 < len(passages)
        and passages[position + 1].plain[-1] in "。;"
        and len(passages[position + 1].plain) > len(passages[position].plain)
        and len(passages[position].plain) <= _NAMES_AREA
        and _could_head(passages[position])
        and not _leads_to_field(passages, position)
        and find_time(passages[position + 1].plain) is None
    }
    return (framed if len(framed) >= 2 else set()) | (bare if len(bare) >= 3 else set())


def _could_head(passage: Passage) -> bool:
    bare = passage.plain.rstrip(":")
    return (
        2 <= len(bare) <= _SET_OFF
        and not re.search(r"[,。;:!?]", bare)
        and not bare.endswith(_ENDS)
        and not (_TITLE.search(bare) or _ADDRESS.search(passage.plain) or (starts_with_verb(bare) and not _NAMED.match(bare)))
        and not (has_cells(passage) or find_mark(bare) or find_time(bare) or find_head(bare) or opens_standing(bare))
    )


def _leads_to_field(passages: Sequence[Passage], position: int) -> bool:
    """Whether the line below is 时间: or the like: an activity with its fields, no heading."""
    return position + 1 < len(passages) and opens_field(passages[position + 1].plain) is not None


def _is_bare_head(plain: str) -> bool:
    head = find_head(plain)
    return head is not None and not plain[head.rest :].strip()
