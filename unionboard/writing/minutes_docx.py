"""The minutes of a meeting as a Word file (会议纪要): who was there, what was said and decided point by point, all decisions in one table.

Source: columns of a meeting's record, domain notes F; the page, E6.
"""

from collections.abc import Iterator, Sequence
from itertools import count

from unionboard.drafting.document import Level, number_heading
from unionboard.models import AgendaKind
from unionboard.services.meeting_views import DecisionFacts
from unionboard.services.minutes import MinutesFacts, MinutesItem
from unionboard.writing.document import Paper
from unionboard.writing.minutes_words import MinutesWords

_WIDTHS = (5, 24, 9, 14)
_NOTHING = "—"
_LINE = "＿" * 4


def write_minutes(facts: MinutesFacts, words: MinutesWords) -> bytes:
    """A .docx of the minutes in the language of ``words``. Points without a word or decision are named together in one sentence."""
    paper = Paper(words.language)
    body = words.body(facts)
    title = words.title.format(body=body)
    paper.add_title(f"{title}\n{words.number.format(year=facts.year, number=facts.number)}")
    for label, text in _particulars(facts, words):
        paper.add_labelled(f"{label}{words.colon}", text)
    numbers = count(1)
    for item in facts.items:
        if _says_something(item, facts):
            _head(paper, numbers, words.heading(item), words)
            _write_item(paper, item, facts, words)
    if facts.decisions:
        _head(paper, numbers, words.more_decisions, words)
        _write_decisions(paper, facts.decisions, words)
    if silent := [title for item in facts.items if not _says_something(item, facts) for title in _titles(item, words)]:
        _head(paper, numbers, words.looked_over, words)
        paper.add_paragraph(words.looked_over_text.format(titles=words.semicolon.join(silent)))
    if decided := [*(decision for item in facts.items for decision in item.decisions), *facts.decisions]:
        _head(paper, numbers, words.overview, words)
        paper.add_table(words.columns, _rows(decided, words), _WIDTHS)
    if facts.not_reached:
        _head(paper, numbers, words.not_reached, words)
        titles = [title for item in facts.not_reached for title in _titles(item, words)]
        paper.add_paragraph(words.not_reached_text.format(titles=words.semicolon.join(titles)))
    paper.add_line_to_sign(f"{words.sign_chair}{words.colon}{_LINE}　{words.sign_recorder}{words.colon}{_LINE}")
    paper.add_signature((body, words.day(facts.held_on)))
    return paper.to_bytes(title=title, author=facts.union, as_of=facts.held_on)


def _particulars(facts: MinutesFacts, words: MinutesWords) -> Iterator[tuple[str, str]]:
    hours = f" {facts.started_at}–{facts.ended_at}" if facts.started_at and facts.ended_at else ""
    yield words.time, words.day(facts.held_on) + hours
    yield words.place, facts.place or words.not_told
    yield words.chair, facts.chaired_by or words.not_told
    yield words.recorder, facts.recorded_by or words.not_told
    for label, names in ((words.present, facts.present), (words.absent, facts.absent), (words.guests, facts.guests)):
        if names:
            yield label, words.counted.format(names=words.comma.join(names), n=len(names))


def _head(paper: Paper, numbers: Iterator[int], heading: str, words: MinutesWords) -> None:
    paper.add_paragraph(number_heading(next(numbers), heading, language=words.language), Level.FIRST)


def _write_item(paper: Paper, item: MinutesItem, facts: MinutesFacts, words: MinutesWords) -> None:
    if facts.fund is not None and item.kind is AgendaKind.FUND:
        paper.add_paragraph(words.fund_stands(facts.fund, facts.held_on))
    if item.follow_up is not None:
        paper.add_paragraph(words.asked_after(item.follow_up))
    for line in item.note.splitlines():
        if line.strip():
            paper.add_paragraph(line.strip())
    _write_decisions(paper, item.decisions, words)


def _write_decisions(paper: Paper, decisions: Sequence[DecisionFacts], words: MinutesWords) -> None:
    """Numbered when there are several."""
    for number, decision in enumerate(decisions, start=1):
        text = words.whole(decision)
        paper.add_paragraph(words.decided.format(text=text) if len(decisions) == 1 else words.numbered.format(n=number, text=text))


def _rows(decisions: Sequence[DecisionFacts], words: MinutesWords) -> list[tuple[str, str, str, str]]:
    return [
        (str(number), words.decision(one), words.owner_of(one) or _NOTHING, words.due_of(one) or _NOTHING)
        for number, one in enumerate(decisions, start=1)
    ]


def _says_something(item: MinutesItem, facts: MinutesFacts) -> bool:
    return bool(item.note or item.decisions or item.follow_up or (item.kind is AgendaKind.FUND and facts.fund))


def _titles(item: MinutesItem, words: MinutesWords) -> list[str]:
    """The names a point goes by in a list; the empty point for anything else has none."""
    if item.gathered:
        return list(item.gathered)
    heading = words.heading(item)
    return [] if heading == words.other and not item.title else [heading]
