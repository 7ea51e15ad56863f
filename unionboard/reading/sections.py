"""Sections under their own headings, the measures below them, and the guiding thought, closing words and signature around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from unionboard.reading.areas import classify
from unionboard.reading.draft import IgnoredReason, LineUse, MeasureDraft, SectionDraft, SectionRole
from unionboard.reading.fates import Fate
from unionboard.reading.frequency import find_frequency
from unionboard.reading.headings import SECTION_STYLES, find_plain_headings, find_top_style, split_heading, split_plain_heading
from unionboard.reading.lines import Passage
from unionboard.reading.marks import Mark, Style, find_mark
from unionboard.reading.months import opens_standing
from unionboard.reading.signature import count_signature, find_signature_date, is_signature_date

_GUIDING = re.compile(r"指导思想|工作思路|总体(?:要求|思路|目标)|工作(?:目标|方向|理念)|奋斗目标|指导原则")
_RUN_IN_WORDS = r"(?:[一二三四五六七八九]是(?!否|一)|首先,|其次,|再次,|第[一二三四五六七八九],)"
_RUN_IN = re.compile(rf"(?:(?<=[,;。:、!?”）)\s])|^)(?={_RUN_IN_WORDS})")
_RUN_IN_PAIRS = ({"一是", "二是"}, {"首先", "其次"}, {"第一", "第二"})
_TIME_BEHIND = re.compile(r"\s*(?:\([^()]*月[^()]*\)|:\s*\S*月\S*)\s*:?$")
_CLOSING = re.compile(r"^(?:总之|以上|注\s*:|备注|说明\s*:|希望|新的一年|在新的|让我们|最后|欢迎)")

_BEGINNING = 12  # characters by which a line printed a second time is known, however it is wrapped


@dataclass(frozen=True, slots=True)
class Sections:
    """What stands outside the month schedule."""

    sections: tuple[SectionDraft, ...]
    fates: dict[int, Fate]
    guiding: str
    closing: str
    signed_by: str
    signed_on: date | None
    preamble: tuple[Passage, ...] = ()
    intros: tuple[tuple[Passage, ...], ...] = ()  # the lines of each section's introduction
    openings: dict[int, Passage] = field(default_factory=dict)  # source line -> the first line of a measure that goes on below it


@dataclass(slots=True)
class _Section:
    heading: str
    printed: str
    line: int
    lines: tuple[int, ...]
    level: int  # 0 top, 1 below it
    role: SectionRole = SectionRole.WORK
    intro: list[Passage] = field(default_factory=list)
    measures: list[Passage] = field(default_factory=list)


def read_sections(
    passages: Sequence[Passage],
    *,
    introducers: frozenset[int] = frozenset(),
    scheduled: frozenset[int] = frozenset(),
    outline: frozenset[int] = frozenset(),
) -> Sections:
    """Sections and measures of the passages outside the schedule.

    ``introducers``: lines of headings that only lead to the schedule; ``scheduled``: the lines of the schedule itself; ``outline``: lines
    of headings that the shape of the document shows, which count when no heading has a number.
    """
    return _Reader(passages, introducers, scheduled, outline).read()


class _Reader:
    """One walk over the passages; the last of ``sections`` is the one that is open."""

    def __init__(
        self, passages: Sequence[Passage], introducers: frozenset[int], scheduled: frozenset[int], outline: frozenset[int]
    ) -> None:
        self.passages = list(passages)
        self.introducers = introducers
        self.scheduled = scheduled
        self.sections: list[_Section] = []
        self.fates: dict[int, Fate] = {}
        self.preamble: list[Passage] = []
        self.closing: list[Passage] = []
        self.measure_openings: dict[int, Passage] = {}
        self.signed_by = ""
        self.signed_on: date | None = None
        marks = [find_mark(passage.plain) for passage in self.passages]
        self.top = find_top_style(marks)
        self.plain_headings = find_plain_headings(self.passages, marks, self.top)
        self.outline = outline if self.top in (None, Style.DIGIT) else frozenset()
        self.hashes = min((len(mark.printed) for mark in marks if mark and mark.style is Style.HASH), default=0)
        self.nested = 0  # how far a list that restarts at 一 inside a section has come
        self.opened: set[int] = set()  # lines that opened a section: the parts of such a line behind its heading open none
        self.printed: set[str] = set()
        self.headings: set[tuple[str, str]] = set()
        self.beginnings: set[str] = set()
        self.duplicate = False  # below a heading printed before: what stood there is said again, what did not is new

    def read(self) -> Sections:
        self._take_signature()
        for position, passage in enumerate(self.passages):
            self._read_passage(position, passage)
        self._drop_empty_levels()
        self._take_closing()
        drafts = tuple(self._draft(number, section) for number, section in enumerate(self.sections, 1))
        guiding = "\n".join(
            [passage.text for passage in self.preamble]
            + [passage.text for section in self.sections if _GUIDING.search(section.heading) for passage in section.intro]
        )
        intros = tuple(tuple(section.intro) for section in self.sections)
        closing = "\n".join(passage.text for passage in self.closing)
        return Sections(
            drafts, self.fates, guiding, closing, self.signed_by, self.signed_on, tuple(self.preamble), intros, self.measure_openings
        )

    def _read_passage(self, position: int, passage: Passage) -> None:
        mark = find_mark(passage.plain)
        beginning = passage.plain[:_BEGINNING]
        is_known = beginning in self.beginnings
        self.beginnings.add(beginning)
        is_shown = passage.line in self.outline and passage.line not in self.opened
        if mark is None and (is_shown or passage.lines[0] in self.introducers or position in self.plain_headings):
            self._open_plain(passage)
        elif mark and (is_shown or self._is_heading(mark, passage, position)):
            self._open(passage, mark)
        elif self.duplicate and is_known:
            self._note(passage, LineUse.IGNORED, IgnoredReason.DUPLICATE)
        elif mark is None:
            self._add_prose(position, passage)
        else:
            self._add_measure(passage, mark)

    def _is_heading(self, mark: Mark, passage: Passage, position: int) -> bool:
        if mark.style in (Style.TABLE, Style.APPENDIX):
            return mark.style is Style.TABLE or len(passage.plain) <= 24
        if mark.style in (Style.PART, Style.HASH):
            return True
        if mark.style is not self.top:
            return mark.style in SECTION_STYLES and self.top in SECTION_STYLES[: SECTION_STYLES.index(mark.style)]
        last = self._last_number()
        if self.nested:
            if mark.number != last + 1 or (mark.number == self.nested + 1 and self._comes_again(mark, position)):
                self.nested = mark.number
                return False
            self.nested = 0
        elif mark.number == 1 and last >= 1 and self.sections and self._awaits_list():
            self.nested = 1
            return False
        return True

    def _comes_again(self, mark: Mark, position: int) -> bool:
        """Whether the same number follows once more: then the first of the two goes on with the list inside the section."""
        later = (find_mark(passage.plain) for passage in self.passages[position + 1 :])
        return any(other and other.style is mark.style and other.number == mark.number for other in later)

    def _last_number(self) -> int:
        for section in reversed(self.sections):
            mark = find_mark(section.printed + "、") if section.level == 0 and section.printed else None
            if mark:
                return mark.number
        return 0

    def _awaits_list(self) -> bool:
        """Whether the open section ends in a colon, so that a list numbered in its own style belongs inside it."""
        section = self.sections[-1]
        last = section.intro[-1].plain if section.intro else section.heading
        return not section.measures and (last.endswith((":", "：")) or (not section.intro and section.heading.endswith("如下")))

    def _open(self, passage: Passage, mark: Mark) -> None:
        heading, rest = split_heading(passage, mark.end)
        printed = "" if mark.style in (Style.HASH, Style.BULLET) else mark.printed.rstrip(" 、.．,，:：")
        is_top = mark.style in (self.top, Style.BULLET, Style.PART, Style.TABLE, Style.APPENDIX) or (
            mark.style is Style.HASH and not self.sections
        )
        is_lower = mark.style is Style.HASH and len(mark.printed) > self.hashes
        in_schedule = passage.lines[0] in self.introducers or mark.style is Style.TABLE
        self._begin(passage, heading, printed, level=0 if is_top and not is_lower else 1, in_schedule=in_schedule)
        if rest.plain:
            self._add_prose(-1, rest)

    def _open_plain(self, passage: Passage) -> None:
        heading, rest = split_plain_heading(passage)
        self._begin(passage, heading, "", level=0, in_schedule=passage.lines[0] in self.introducers)
        if rest.plain and not self.duplicate:
            self.sections[-1].intro.append(rest)

    def _begin(self, passage: Passage, heading: Passage, printed: str, *, level: int, in_schedule: bool) -> None:
        if in_schedule and (behind := _TIME_BEHIND.search(heading.plain)):
            heading = heading.part(0, behind.start())
        words = heading.text.rstrip(" 。:：;；.")
        self.duplicate = bool(words) and (words, printed) in self.headings
        if self.duplicate:
            self._note(passage, LineUse.IGNORED, IgnoredReason.DUPLICATE)
            return
        self.headings.add((words, printed))
        self.opened.add(passage.line)
        role = SectionRole.SCHEDULE if in_schedule else SectionRole.GUIDING if _GUIDING.search(words) else SectionRole.WORK
        self.sections.append(_Section(words, printed, passage.line, passage.lines, level, role))
        self._note(passage, LineUse.SECTION)

    def _add_prose(self, position: int, passage: Passage) -> None:
        following = find_mark(self.passages[position + 1].plain) if 0 <= position < len(self.passages) - 1 else None
        restarts = bool(following and following.number == 1 and following.style is Style.DIGIT)
        if self._is_repeated(passage):
            self._note(passage, LineUse.IGNORED, IgnoredReason.DUPLICATE)
        elif self._is_closing(position, passage):
            self.closing.append(passage)
            self._note(passage, LineUse.CLOSING)
        elif opens_standing(passage.plain):
            self._add_standing(passage)
        elif not self.sections and not restarts:
            self.preamble.append(passage)
            self._note(passage, LineUse.GUIDING)
        elif restarts and self.top is None and (not self.sections or self.sections[-1].measures):
            self.sections.append(_Section("", "", passage.line, passage.lines, 0))
            self.sections[-1].intro.append(passage)
            self._note(passage, LineUse.INTRO)
        elif not self.sections:
            self.preamble.append(passage)
            self._note(passage, LineUse.GUIDING)
        else:
            self._add_text(passage)

    def _is_closing(self, position: int, passage: Passage) -> bool:
        """总之…, 希望… in the second half, or the last prose below the schedule."""
        if _CLOSING.match(passage.plain) and position >= len(self.passages) // 2:
            return True
        below = bool(self.scheduled) and passage.line > max(self.scheduled) and not opens_standing(passage.plain)
        return below and not any(find_mark(later.plain) for later in self.passages[position:]) and not self._opened_after_schedule()

    def _opened_after_schedule(self) -> bool:
        return bool(self.sections) and self.sections[-1].line > max(self.scheduled)

    def _add_standing(self, passage: Passage) -> None:
        """全年:…, 每月:…: a duty of the whole year beside the months."""
        if not self.sections:
            self.sections.append(_Section("", "", passage.line, passage.lines, 0))
        self.sections[-1].measures.append(passage)
        self._note(passage, LineUse.STANDING)

    def _add_text(self, passage: Passage) -> None:
        """Prose under a heading: its run-in measures, more words of the measure above it, or the section's introduction."""
        section = self.sections[-1]
        parts = _split_run_in(passage)
        if len(parts) > 1 or _opens_run_in(passage):
            if not _opens_run_in(parts[0]):
                section.intro.append(parts[0])
                parts = parts[1:]
            section.measures += parts
            self._note(passage, LineUse.MEASURE)
        elif section.measures and self.top is not None:
            last = section.measures[-1]
            self.measure_openings.setdefault(last.line, last)
            section.measures[-1] = Passage(last.text + passage.text, last.plain + passage.plain, (*last.lines, *passage.lines))
            self._note(passage, LineUse.MEASURE)
        elif passage.plain:
            section.intro.append(passage)
            self._note(passage, LineUse.GUIDING if section.role is SectionRole.GUIDING else LineUse.INTRO)

    def _add_measure(self, passage: Passage, mark: Mark) -> None:
        if self._is_repeated(passage):
            self._note(passage, LineUse.IGNORED, IgnoredReason.DUPLICATE)
            return
        restarts = mark.number == 1 and mark.style is Style.DIGIT and self.top is None
        if not self.sections or (restarts and self.sections[-1].measures):
            self.sections.append(_Section("", "", passage.line, passage.lines, 0))
        parts = _split_run_in(passage.part(mark.end))
        self.sections[-1].measures += parts
        standing = any(find_frequency(part.text) for part in parts)
        self._note(passage, LineUse.STANDING if standing else LineUse.MEASURE)

    def _is_repeated(self, passage: Passage) -> bool:
        """The same long line printed twice in one document."""
        if len(passage.plain) < 20:
            return False
        known = passage.plain in self.printed
        self.printed.add(passage.plain)
        return known

    def _drop_empty_levels(self) -> None:
        """(一) below 一、 with nothing under it is a measure of its section, not a section."""
        kept: list[_Section] = []
        ends = [*(section.line for section in self.sections), max(self.scheduled, default=0) + 1][1:]
        for section, end in zip(self.sections, ends, strict=False):
            parent = next((above for above in reversed(kept) if above.level == 0), None)
            holds_months = any(section.line < line < end for line in self.scheduled)
            if section.level == 1 and not section.intro and not section.measures and parent and not holds_months:
                parent.measures.append(Passage(section.heading, section.heading, section.lines))
                for line in section.lines:
                    self.fates[line] = Fate(LineUse.MEASURE)
            else:
                kept.append(section)
        self.sections = kept

    def _take_signature(self) -> None:
        """The last lines: who signs, and the day."""
        for _ in range(count_signature(self.passages)):
            last = self.passages.pop()
            self._note(last, LineUse.SIGNATURE)
            if is_signature_date(last.plain):
                self.signed_on = find_signature_date(last.plain)
            else:
                self.signed_by = last.text

    def _take_closing(self) -> None:
        """A last paragraph of prose after measures: the hope, not a task."""
        if self.closing or not self.sections or not self.passages:
            return
        section, last = self.sections[-1], self.passages[-1]
        follows_measures = section.measures and last.lines[-1] in section.measures[-1].lines and find_mark(last.plain) is None
        if follows_measures and re.match(r"^(?:我们|我[村校院会]|新|在|总|20[\dxX]{2}年)", last.plain) and len(last.plain) >= 40:
            measure = section.measures[-1]
            cut = len(measure.text) - len(last.text)
            section.measures[-1] = Passage(measure.text[:cut], measure.plain[:cut], measure.lines[: -len(last.lines)])
            self.closing.append(last)
            self._note(last, LineUse.CLOSING)

    def _draft(self, number: int, section: _Section) -> SectionDraft:
        text = section.heading or " ".join(passage.text for passage in section.intro)
        area = classify(text)[0] if section.role is SectionRole.WORK else None
        intro = "\n".join(passage.text for passage in section.intro)
        measures = [measure for measure in section.measures if measure.plain]
        if not measures and section.role is SectionRole.WORK:
            measures = [sentence for passage in section.intro for sentence in _sentences(passage) if find_frequency(sentence.text)]
            for measure in measures:
                self._note(measure, LineUse.STANDING)
        drafts = tuple(_measure(measure, area) for measure in measures)
        return SectionDraft(number, section.printed, section.heading, section.line, intro, area, drafts, section.role)

    def _note(self, passage: Passage, use: LineUse, reason: IgnoredReason | None = None) -> None:
        for line in passage.lines:
            if line not in self.fates or self.fates[line].use is not LineUse.SECTION:
                self.fates[line] = Fate(use, reason)


def _split_run_in(passage: Passage) -> list[Passage]:
    """一是…；二是… inside a paragraph as parts, the words before them first; one part when there is no 一是 and 二是."""
    starts = [found.start() for found in _RUN_IN.finditer(passage.plain)]
    words = {passage.plain[start : start + 2] for start in starts}
    if not any(pair <= words for pair in _RUN_IN_PAIRS):
        return [passage]
    cuts = sorted({0, *starts, len(passage.plain)})
    parts = [passage.part(start, end) for start, end in pairwise(cuts)]
    return [part for part in parts if part.plain]


def _opens_run_in(passage: Passage) -> bool:
    """Whether a paragraph begins with 一是, 二是 …: a line of a run-in list of its own."""
    return bool(re.match(_RUN_IN_WORDS, passage.plain))


def _sentences(passage: Passage) -> list[Passage]:
    cuts = [0, *(found.end() for found in re.finditer(r"[。!]", passage.plain)), len(passage.plain)]
    parts = [passage.part(start, end) for start, end in pairwise(cuts)]
    return [part for part in parts if part.plain]


def _measure(passage: Passage, section_area: str | None) -> MeasureDraft:
    begins = re.match(rf"{_RUN_IN_WORDS}要?", passage.plain)
    text = (passage.part(begins.end()) if begins else passage).text.strip(" ;；,，")
    area, second = classify(text, default=section_area)
    return MeasureDraft(text, passage.line, area, second, find_frequency(text))
