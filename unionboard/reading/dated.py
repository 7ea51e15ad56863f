"""Activities named in running text, for plans without a month schedule: 十月份开展…，十一月举办…, 教职工运动会（4月）."""

import re
from collections.abc import Sequence
from dataclasses import replace

from unionboard.reading.activities import date_activity, read_activities
from unionboard.reading.draft import ScheduleEntry, SectionDraft, SectionRole
from unionboard.reading.lines import Passage, fold
from unionboard.reading.months import MONTH_NUMBER, YEAR, Time, find_time

_CLAUSE = re.compile(r"[^,。;!]+")
_MONTH = re.compile(rf"(?:(?<=[在于、至将])|^)(?:计划|拟|定|预计|准备|将)?(?:在|于)?(?={YEAR}\s*{MONTH_NUMBER}月)")
_LEAD = re.compile(r"^(?:[,、:\s]|将|要|拟|计划|组织好?的)+")
_STOP = re.compile(r"^(?:的|以来|以前|以后|前|后|之前|之后|底前|末前|至今|起|间)")
_DONE = re.compile(r"了|已经?|先后|共计|累计|人次|取得|圆满")
_TAIL = re.compile(rf"\((?:活动)?(?:时间\s*:?\s*)?(?={YEAR}\s*{MONTH_NUMBER}(?:\s*[-至、]\s*{MONTH_NUMBER})?月)[^()]{{2,20}}\)\s*[。;]?$")


def read_dated(sections: Sequence[SectionDraft]) -> tuple[tuple[ScheduleEntry, ...], frozenset[int]]:
    """Entries for the months named in measures and introductions, and the lines they were read from. Work told as done is no plan."""
    entries: list[ScheduleEntry] = []
    lines: set[int] = set()
    for index, section in enumerate(sections):
        if section.role is SectionRole.GUIDING:
            continue
        texts = [(measure.text, measure.line) for measure in section.measures] or [(section.intro, section.line)]
        for text, line in texts:
            for time, title in _dated_clauses(text):
                passage = Passage(title, fold(title), (line,))
                dated = read_activities(passage, numbered=True)
                activities = tuple(replace(date_activity(one.activity, time.words), section=index) for one in dated)
                if activities:
                    entries.append(ScheduleEntry(time.months, activities, None, line, time.words))
                    lines.add(line)
    return tuple(entries), frozenset(lines)


def _dated_clauses(text: str) -> list[tuple[Time, str]]:
    plain = fold(text)
    tail = _TAIL.search(plain)
    if tail and len(plain) <= 60:
        time = find_time(re.sub(r"^\((?:活动)?(?:时间\s*:?\s*)?", "", tail.group()))
        return [(time, text[: tail.start()])] if time and time.months else []
    found: list[tuple[Time, str]] = []
    for clause in _CLAUSE.finditer(plain):
        words = clause.group()
        start = _MONTH.search(words)
        if start is None or _DONE.search(words):
            continue
        time = find_time(words[start.end() :])
        if time is None or not time.months:
            continue
        rest = words[start.end() + time.end :]
        if _STOP.match(rest):
            continue
        begin = clause.start() + start.end() + time.end
        title = text[begin : clause.end()]
        if not title.strip():  # 今年5月,组织一次…: the words come after the comma
            following = _CLAUSE.match(plain, clause.end() + 1)
            title = text[following.start() : following.end()] if following else ""
        lead = _LEAD.match(fold(title))
        title = title[lead.end() :] if lead else title
        if len(title) >= 4:
            found.append((time, title))
    return found
