"""Activities named in running text, for plans without a month schedule: 十月份开展…，十一月举办…, 教职工运动会（4月）."""

import re
from collections.abc import Sequence
from dataclasses import replace

from unionboard.reading.activities import Dated, date_activity, read_activities
from unionboard.reading.draft import ScheduleEntry, SectionDraft, SectionRole
from unionboard.reading.lines import Passage, fold
from unionboard.reading.months import MONTH_NUMBER, YEAR, find_time, is_bound

_CLAUSE = re.compile(r"[^,。;!]+")
_MONTH = re.compile(rf"(?:(?<=[在于、至将])|^)(?:计划|拟|定|预计|准备|将)?(?:在|于)?(?={YEAR}\s*{MONTH_NUMBER}月)")
_LEAD = re.compile(r"^(?:[,、:\s]|将|要|拟|计划|组织好?的)+")
_DONE = re.compile(r"了|已经?|先后|共计|累计|人次|取得|圆满")
_SHORT = 60  # characters of a measure that can be one activity as a whole


def read_dated(sections: Sequence[SectionDraft]) -> tuple[tuple[ScheduleEntry, ...], frozenset[int]]:
    """Entries for the months named in measures and introductions, and the lines they were read from. Work told as done is no plan."""
    entries: list[ScheduleEntry] = []
    lines: set[int] = set()
    for index, section in enumerate(sections):
        if section.role is SectionRole.GUIDING:
            continue
        texts = [(measure.text, measure.line) for measure in section.measures] or [(section.intro, section.line)]
        for text, line in texts:
            passage = Passage(text, fold(text), (line,))
            for dated in _short_activities(passage) or _clause_activities(passage):
                if dated.time:
                    activity = replace(date_activity(dated.activity, dated.time.words), section=index)
                    entries.append(ScheduleEntry(dated.time.months, (activity,), None, line, dated.time.words))
                    lines.add(line)
    return tuple(entries), frozenset(lines)


def _short_activities(passage: Passage) -> list[Dated]:
    """A measure that is an activity as a whole, its month before or behind it: 3月召开教代会, 教职工运动会(4月)."""
    if len(passage.plain) > _SHORT or _DONE.search(passage.plain):
        return []
    return [dated for dated in read_activities(passage, numbered=True) if dated.time]


def _clause_activities(passage: Passage) -> list[Dated]:
    """The clauses of a paragraph that begin with a month: …将在今年十月份开展经验交流，十一月举办成果发布."""
    plain, found = passage.plain, list[Dated]()
    for clause in _CLAUSE.finditer(plain):
        start = _MONTH.search(clause.group())
        time = find_time(clause.group()[start.end() :]) if start and not _DONE.search(clause.group()) else None
        if start is None or time is None or not time.months:
            continue
        begin = clause.start() + start.end() + time.end
        words = passage.part(begin, clause.end())
        if is_bound(words.plain):
            continue
        if not words.plain:  # 今年5月,组织一次…: the words come after the comma
            following = _CLAUSE.match(plain, clause.end() + 1)
            words = passage.part(*following.span()) if following else words
        lead = _LEAD.match(words.plain)
        words = words.part(lead.end()) if lead else words
        if len(words.plain) >= 4:
            found += [replace(dated, time=time) for dated in read_activities(words, numbered=True)]
    return found
