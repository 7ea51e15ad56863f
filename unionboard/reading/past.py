"""The parts of a plan that look back on the year before: they plan nothing."""

import re
from collections.abc import Sequence

from unionboard.reading.lines import Passage
from unionboard.reading.marks import Mark, Style, find_mark, starts_with_verb

_BACK = re.compile(r"(?:工作|活动|情况|主要成效|成绩)?(?:总结|回顾|听取汇报|完成情况|小结|的?主要成效)$|^[^,。]{0,12}回顾")
_AHEAD = re.compile(r"^(?:年终|期末|学期末|年底|做好|加强|认真)|计划|安排|打算|要点|总结阶段")
_HEADINGS = (Style.HASH, Style.PART, Style.FORMAL, Style.CHINESE, Style.BRACKETED_CHINESE, Style.DIGIT)
_LIMIT = 40  # characters of a heading


def split_past(passages: Sequence[Passage]) -> tuple[list[Passage], list[Passage]]:
    """The passages that plan, and those under a heading that looks back, up to the next heading of its level or of a higher one.

    A document in which nothing follows such a heading keeps everything: it is a whole summary or its heading means something else.
    """
    kept: list[Passage] = []
    dropped: list[Passage] = []
    back: Mark | None = None
    for passage in passages:
        mark = find_mark(passage.plain)
        if back and mark and mark.style in _HEADINGS and _HEADINGS.index(mark.style) <= _HEADINGS.index(back.style):
            back = None
        if back is None and mark and _looks_back(passage.plain, mark):
            back = mark
        (dropped if back else kept).append(passage)
    return (kept, dropped) if back is None else (list(passages), [])


def _looks_back(plain: str, mark: Mark) -> bool:
    heading = re.split(r"[。:;]", plain[mark.end :], maxsplit=1)[0].strip()
    if mark.style not in _HEADINGS[:5] or len(heading) > _LIMIT or starts_with_verb(heading) or _AHEAD.search(heading):
        return False
    return bool(_BACK.search(heading))
