"""Activities named outside a month schedule: 十月份开展…，十一月举办…, 教职工运动会（4月）, 体检，时间定于5月."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from unionboard.reading.activities import date_activity, read_activities
from unionboard.reading.draft import ScheduleEntry, SectionDraft, SectionRole
from unionboard.reading.lines import Passage, fold
from unionboard.reading.months import MONTH_NUMBER, YEAR, Time, find_time, is_bound
from unionboard.reading.peel import Dated

_CLAUSE = re.compile(r"[^,。;!]+")
_MONTH = re.compile(rf"(?:(?<=[在于、至将:])|^)(?:计划|拟|定|预计|准备|将)?(?:在|于)?(?={YEAR}\s*{MONTH_NUMBER}月)")
_BEHIND = re.compile(rf"(?:的?时间(?:为|定在|安排在)|(?:初?定|安排|放|计划|拟)在|将?于)(?={YEAR}\s*{MONTH_NUMBER}月)")
_NO_TASK = re.compile(r"^(?:为|是|属).{0,12}(?:期|高峰|季|月|阶段)|^.{2,12}等(?:时机|契机|节点|节日|时节)")
_LEAD = re.compile(r"^(?:[,、:\s]|我们|[想要拟将会]|打算|计划|组织好?的|安排(?!在))+")
_MAY_BE_DATED = re.compile(r"月|季度|半年|暑|寒|年[初中末底终]|学期|[期学年][初中末]")
_DONE = re.compile(r"(?<!为)了(?!解)|已经?|先后|共计|累计|人次|取得|圆满")
_SHORT = 90  # characters of a measure that can be one activity as a whole
_SHORTEST = 3  # characters of an activity before its month
_TELLING = 30  # characters: words behind the month of a longer introduction tell what its heading names
_NAME = 15  # characters of a heading that names an activity
_SCHEDULED_SHARE = 0.6  # of a section's measures name their month: the section is a schedule, whatever else the plan holds


def read_dated(
    sections: Sequence[SectionDraft],
    intros: Sequence[Sequence[Passage]],
    preamble: Sequence[Passage] = (),
    openings: Mapping[int, Passage] = MappingProxyType({}),
    *,
    strict: bool = False,
) -> tuple[tuple[ScheduleEntry, ...], frozenset[int]]:
    """Entries for the months named in measures, introductions and headings, and the lines they were read from.

    ``strict``: the plan has a month schedule, so only a section whose measures nearly all name a month adds to it. Without measures and
    without a schedule the ``preamble`` is read too: the plan is one paragraph. ``openings``: source line -> the first line of a
    measure that goes on below it. Work told as done is no plan.
    """
    entries: list[ScheduleEntry] = []
    for index, (section, intro) in enumerate(zip(sections, intros, strict=True)):
        if section.role is not SectionRole.GUIDING:
            entries += _section_entries(index, section, intro, openings, strict=strict)
    if not strict and not any(section.measures or section.intro for section in sections):
        entries += [_entry(dated, None) for passage in preamble for dated in _clause_activities(passage)]
    return tuple(entries), frozenset(entry.line for entry in entries)


def _section_entries(
    index: int, section: SectionDraft, intro: Sequence[Passage], openings: Mapping[int, Passage], *, strict: bool
) -> Iterator[ScheduleEntry]:
    lines = [_passage(measure.text, measure.line) for measure in section.measures] or intro
    found = [_opening_activities(openings.get(line.line)) or _short_activities(line) for line in lines]
    if strict:
        if len(lines) >= 2 and sum(map(bool, found)) >= _SCHEDULED_SHARE * len(lines):
            yield from (_entry(dated, index) for own in found for dated in own)
        return
    heading = [] if section.measures else _heading_activities(section)
    if heading:
        yield from (_entry(dated, index) for dated in heading)
        return
    for line, own in zip(lines, found, strict=True):
        yield from (_entry(dated, index) for dated in own or _clause_activities(line))
    for line in intro if section.measures else ():
        yield from (_entry(dated, index) for dated in _clause_activities(line))


def _passage(text: str, line: int) -> Passage:
    return Passage(text, fold(text), (line,))


def _entry(dated: Dated, section: int | None) -> ScheduleEntry:
    time = dated.time
    assert time is not None
    activity = replace(date_activity(dated.activity, time.words), section=section)
    return ScheduleEntry(time.months, (activity,), None, activity.line, time.words)


def _heading_activities(section: SectionDraft) -> list[Dated]:
    """三、送温暖活动 (1月) names an activity; so does 三、迎新活动 above a paragraph that begins with its month."""
    heading = _passage(section.heading, section.line)
    found = [dated for dated in read_activities(heading, numbered=True) if dated.time] if 2 <= len(heading.plain) <= 40 else []
    if found:
        return found if not _DONE.search(heading.plain) else []
    intro = fold(section.intro)
    time = find_time(intro)
    if time is None or "月" not in time.words or not 2 <= len(heading.plain) <= _NAME or _DONE.search(intro):
        return []
    rest = intro[time.end :]
    if rest[:1] != "," or len(rest) < _TELLING or "\n" in rest or not _same_month_throughout(rest, time):
        return []
    return [replace(dated, time=time) for dated in read_activities(heading, numbered=True)]


def _same_month_throughout(rest: str, time: Time) -> bool:
    others = (find_time(rest[found.start() :]) for found in re.finditer(rf"(?<![\d一二三四五六七八九十]){MONTH_NUMBER}月", rest))
    return all(other is None or set(other.months) <= set(time.months) for other in others)


def _short_activities(passage: Passage) -> list[Dated]:
    """A measure that is an activity as a whole, its month before or behind it: 3月召开教代会, 教职工运动会(4月)."""
    if len(passage.plain) > _SHORT or not _MAY_BE_DATED.search(passage.plain) or _DONE.search(passage.plain):
        return []
    found = list(read_activities(passage, numbered=True))
    return [dated for dated in found if dated.time and dated.time.months] if found and found[0].time else []


def _opening_activities(opening: Passage | None) -> list[Dated]:
    """乒乓球赛——3月 above lines that give its rules: the first line alone names the activity."""
    found = _short_activities(opening) if opening and opening.plain[-1] not in "。;,:" else []
    return found if len(found) == 1 else []


def _clause_activities(passage: Passage) -> list[Dated]:
    """The clauses of a paragraph that begin with a month: …将在今年十月份开展经验交流，十一月举办成果发布."""
    plain, found = passage.plain, list[Dated]()
    if "月" not in plain:
        return found
    for clause in _CLAUSE.finditer(plain):
        if behind := _month_behind(passage.part(*clause.span())):
            found += behind
            continue
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
        if len(words.plain) >= 4 and not _DONE.search(words.plain) and not _NO_TASK.match(words.plain):
            found += [replace(dated, time=time) for dated in read_activities(words, numbered=True)]
    return found


def _month_behind(clause: Passage) -> list[Dated]:
    """参观博物馆定在4月中旬; 球赛的时间为五月; 联欢于12月底举行."""
    middle = _BEHIND.search(clause.plain)
    time = find_time(clause.plain[middle.end() :]) if middle else None
    if middle is None or time is None or not time.months or _DONE.search(clause.plain):
        return []
    rest, words = clause.plain[middle.end() + time.end :], clause.part(0, middle.start())
    if len(words.plain) < _SHORTEST or not re.fullmatch(r"(?:进行|举行|开展|举办|召开|实施)?", rest.strip()):
        return []
    return [replace(dated, time=time) for dated in read_activities(words, numbered=True)]
