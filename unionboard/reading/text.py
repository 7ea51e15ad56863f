"""Text in, reading out: every document of the file with its sections and schedule, and for every line what became of it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, takewhile
from pathlib import PurePath

from unionboard.errors.documents import EmptyDocument, NoPlanFound
from unionboard.reading.dated import read_dated
from unionboard.reading.details import detail_reading
from unionboard.reading.documents import Document, split_documents
from unionboard.reading.draft import (
    DocumentKind,
    FoundDocument,
    IgnoredReason,
    LineFate,
    LineUse,
    PlanDraft,
    Reading,
    ScheduleEntry,
    SourceLine,
)
from unionboard.reading.fates import Fate, Fates
from unionboard.reading.flat_tables import restore_tables
from unionboard.reading.heads import split_marked_parts
from unionboard.reading.lines import Line, close_up, fold_line, join_lines
from unionboard.reading.outline import find_outline
from unionboard.reading.past import split_past
from unionboard.reading.schedule import read_schedule
from unionboard.reading.sections import read_sections

CHARACTERS_READ = 80_000  # of one text: thirty plans; what lies below is a register or a book, and would keep people waiting

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=\s*年|\s*学年|\s*-|\s*~|-)")


def read_text(text: str, *, filename: str = "") -> Reading:
    """Read pasted or decoded text. Raises: EmptyDocument, NoPlanFound."""
    return detail_reading(read_lines(text.splitlines(), filename=filename))


def read_lines(lines: Sequence[str], *, filename: str = "", has_schedule_table: bool = False) -> Reading:
    """Read a file's lines: every document in it, in the order of the file, and the fate of each line in each of them.

    ``has_schedule_table``: the months stand in a table read apart, so these lines need hold no plan and months in their prose are
    no schedule. Nothing is dropped: a line that is not part of a plan has the use IGNORED with its reason, or ELSEWHERE when it stands
    in another document. What lies beyond ``CHARACTERS_READ`` is not read and says so.

    Raises: EmptyDocument when there is no text at all, NoPlanFound when no document has a section, a measure or a month.
    """
    sources = tuple(SourceLine(number, text) for number, text in enumerate(lines, 1))
    end = _count_read(lines)
    folded = [fold_line(number, text) for number, text in enumerate(close_up(lines[:end]), 1)]
    unread = [number for number, text in enumerate(lines[end:], end + 1) if text.strip()]
    if not unread and not any(line.plain for line in folded):
        raise EmptyDocument
    documents = split_documents(folded)
    written = Fates((*(line.number for line in folded if line.plain), *unread), {}, unread[0] if unread else None)
    read = [_read_document(n, document, written, filename, prose_only=has_schedule_table) for n, document in enumerate(documents, 1)]
    plans = tuple(plan for plan, _ in read)
    if not has_schedule_table and not any(_has_plan(plan) for plan in plans):
        raise NoPlanFound
    found = tuple(
        FoundDocument(plan.n, plan.title, plan.kind, document.lines[0].number, document.lines[-1].number, has_schedule)
        for (plan, has_schedule), document in zip(read, documents, strict=True)
    )
    return Reading(filename, sources, found, plans)


def _count_read(lines: Sequence[str]) -> int:
    """How many lines are read, up to ``CHARACTERS_READ`` characters; the rest of a longer text is left out as a whole."""
    sums = accumulate(map(len, lines))
    return sum(1 for _ in takewhile(lambda characters: characters <= CHARACTERS_READ, sums))


def _has_plan(plan: PlanDraft) -> bool:
    measures = sum(len(section.measures) for section in plan.sections)
    return bool(plan.schedule) or measures >= 2 or sum(bool(section.heading) for section in plan.sections) >= 2


def _read_document(n: int, document: Document, written: Fates, filename: str, *, prose_only: bool) -> tuple[PlanDraft, bool]:
    """The document read, and whether it has a month schedule of its own.

    ``written``: the lines of the file that are not blank, still without a fate; ``prose_only``: its months stand elsewhere, none are
    read here.
    """
    body = [line for line in document.lines if line.number not in document.title_lines]
    passages = join_lines(restore_tables(body))
    parts = [part for passage in passages for part in split_marked_parts(passage)]
    is_plan = document.kind is DocumentKind.PLAN
    parts, past = split_past(parts) if is_plan else (parts, [])
    outline = find_outline(parts, frozenset(line.number for line in document.lines if not line.plain))
    schedule = read_schedule(parts, title=document.title, outline=outline) if is_plan else None
    sections = (
        read_sections(schedule.rest, introducers=schedule.headings, scheduled=frozenset(schedule.fates), outline=outline)
        if schedule
        else read_sections(parts, outline=outline)
    )
    entries: tuple[ScheduleEntry, ...] = schedule.entries if schedule else ()
    fates = {line: Fate(LineUse.IGNORED, IgnoredReason.ALREADY_DONE) for passage in past for line in passage.lines}
    fates |= {**sections.fates, **(schedule.fates if schedule else {})}
    if is_plan and not prose_only:
        dated, dated_lines = read_dated(
            sections.sections,
            sections.intros,
            sections.preamble,
            sections.openings,
            strict=bool(entries) and not (schedule and schedule.is_list),
        )
        fates |= {line: Fate(LineUse.ACTIVITY) for line in dated_lines if fates[line].use is not LineUse.SECTION}
        entries = tuple(sorted((*entries, *dated), key=lambda entry: entry.line)) if dated else entries
    draft = PlanDraft(
        n,
        document.title or PurePath(filename).stem,
        document.kind,
        sections.guiding,
        sections.sections,
        entries,
        replace(written, own={fate.line: fate for fate in _own_fates(document, fates)}),
        _years(document),
        sections.closing,
        sections.signed_by,
        sections.signed_on,
    )
    return draft, bool(schedule and schedule.entries)


def _own_fates(document: Document, fates: dict[int, Fate]) -> Iterator[LineFate]:
    """One fate for every line of the document that is not blank."""
    for line in document.lines:
        if not line.plain:
            continue
        if reason := _reason(document, line):
            yield LineFate(line.number, LineUse.IGNORED, reason)
        elif line.number in document.title_lines:
            yield LineFate(line.number, LineUse.TITLE)
        else:
            fate = fates.get(line.number, Fate(LineUse.IGNORED, IgnoredReason.UNREADABLE))
            yield LineFate(line.number, fate.use, fate.reason)


def _reason(document: Document, line: Line) -> IgnoredReason | None:
    """Why the whole document or the page around it leaves this line out."""
    if line.reason or document.kind is DocumentKind.PLAN or line.number in document.title_lines:
        return line.reason
    return IgnoredReason.NOT_A_PLAN


def _years(document: Document) -> tuple[int, ...]:
    """Years named in the document, most frequent first, then as they appear."""
    named = [int(found) for line in document.lines if not line.reason for found in _YEAR.findall(line.plain)]
    return tuple(year for year, _ in Counter(named).most_common())
