"""What is said twice, told under two headings, or stood in last year's summary. Source: domain notes E5.9, E5.18."""

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from unionboard.drafting.alignment import Shown
from unionboard.drafting.lints.passages import Background, Passage
from unionboard.drafting.lints.remarks import Code, Mend, MendKind, Remark
from unionboard.drafting.phrases import Place

_SHORTEST, _SHORTEST_TITLE = 12, 5
_SAME_PCT = 92
"""Two sentences that agree so far are one with a word changed."""


def find_copies(passages: Sequence[Passage], background: Background) -> Iterator[Remark]:
    """All remarks on repetition."""
    yield from _said_twice(passages)
    yield from _counted_twice(passages, background)
    earlier = [text for text in background.earlier if len(text) >= _SHORTEST]
    for passage in passages:
        if passage.kind is Place.SIGNATURE:
            continue
        for place, one in passage.own:
            if len(one.text) >= _SHORTEST and process.extractOne(one.text, earlier, scorer=fuzz.ratio, score_cutoff=_SAME_PCT):
                yield Remark(Code.COPIED, passage.key, place, one.text, Mend(MendKind.WRITE), one.text)


def _said_twice(passages: Sequence[Passage]) -> Iterator[Remark]:
    """People's own sentence that stands elsewhere too; of two of theirs the later one."""
    sentences = [(passage.key, place, one) for passage in passages for place, one in enumerate(passage.shown)]
    sentences = [(key, place, one) for key, place, one in sentences if len(one.text) >= _SHORTEST]
    texts = [one.text for _key, _place, one in sentences]
    for n, (key, place, one) in enumerate(sentences):
        if not one.is_edited:
            continue
        for _text, _score, m in process.extract(one.text, texts, scorer=fuzz.ratio, score_cutoff=_SAME_PCT, limit=None):
            other = sentences[m][2]
            if m != n and (m < n or not other.is_edited) and not _is_version_of(one, other):
                yield Remark(Code.SAID_TWICE, key, place, one.text, Mend(MendKind.DELETE), one.text)
                break


def _is_version_of(one: Shown, other: Shown) -> bool:
    """Generated sentences of like records read alike, and so may what people made of one of them."""
    return one.sentence is not None and other.sentence is not None and one.sentence is not other.sentence


def _counted_twice(passages: Sequence[Passage], background: Background) -> Iterator[Remark]:
    """An activity told under two of the plan's headings, in people's own words once at least."""
    people_wrote = "\n".join(one.text for passage in passages for _place, one in passage.own)
    for title in background.titles:
        if len(title) < _SHORTEST_TITLE or title not in people_wrote:
            continue
        told = [
            (passage, place, one)
            for passage in passages
            if passage.kind is Place.SECTION
            for place, one in enumerate(passage.shown)
            if title in one.text
        ]
        own = [(passage, place, one) for passage, place, one in told if one.is_edited]
        if own and len({passage.key for passage, _place, _one in told}) > 1:
            passage, place, one = own[-1]
            yield Remark(Code.COUNTED_TWICE, passage.key, place, title, Mend(MendKind.DELETE), one.text)
