"""What a checker says: of which words, why, and how to mend them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from unionboard.drafting.alignment import Shown
from unionboard.drafting.document import join_sentences
from unionboard.drafting.phrases import Sentence

TITLE = "title"
"""The block key of remarks on the title."""


class Code(StrEnum):
    """The kinds of remark. Source: domain notes E5, whose number stands behind each; D2 for privacy."""

    PRIVATE_NAME = "private_name"  # 11
    ILLNESS_NAMED = "illness_named"  # 11
    SMALL_COUNT = "small_count"  # 11
    PRIVATE_NUMBER = "private_number"  # 11
    NUMBER_CHANGED = "number_changed"  # 1
    NUMBER_WITHOUT_RECORD = "number_without_record"  # 1
    ZERO_AS_DEED = "zero_as_deed"  # 1
    SUM_WRONG = "sum_wrong"  # 2
    RATE_WRONG = "rate_wrong"  # 2
    UNITS_MIXED = "units_mixed"  # 3
    TOLD_AS_DONE = "told_as_done"  # 4
    FUTURE_DAY = "future_day"  # 4
    OTHER_YEAR = "other_year"  # 4, 9
    SECTION_MISSING = "section_missing"  # 5
    SECTION_NOT_IN_PLAN = "section_not_in_plan"  # 5
    SECTION_SILENT = "section_silent"  # 5
    LONG_LIST = "long_list"  # 6
    NO_PROBLEMS = "no_problems"  # 7
    PROBLEM_UNANSWERED = "problem_unanswered"  # 7
    EMPTY_PHRASE = "empty_phrase"  # 8
    COPIED = "copied"  # 9
    WRONG_CONGRESS = "wrong_congress"  # 9
    PLACEHOLDER = "placeholder"  # 9
    UNIT_WITHOUT_NUMBER = "unit_without_number"  # 10
    FORBIDDEN_SPENDING = "forbidden_spending"  # 12
    MONEY_CHANGED = "money_changed"  # 13
    MONEY_WITHOUT_RECORD = "money_without_record"  # 13
    MONEY_UNITS_MIXED = "money_units_mixed"  # 13
    EVENT_NAME = "event_name"  # 14
    OFFICIAL_NAME = "official_name"  # 14
    NUMBERING = "numbering"  # 15
    NUMBER_STYLE = "number_style"  # 15
    MIXED_NUMERALS = "mixed_numerals"  # 16
    DATE_STYLE = "date_style"  # 16
    HALF_WIDTH = "half_width"  # 16
    SIGNATURE_MISSING = "signature_missing"  # 17
    SAID_TWICE = "said_twice"  # 18
    COUNTED_TWICE = "counted_twice"  # 18
    TOO_LONG = "too_long"  # E2: one page, half a page


PRIVACY = frozenset({Code.PRIVATE_NAME, Code.ILLNESS_NAMED, Code.SMALL_COUNT, Code.PRIVATE_NUMBER})
"""They stop every export until somebody decides."""


class MendKind(StrEnum):
    """What can be done about a remark at a touch, and what only people can."""

    REPLACE = "replace"  # words by others
    USE_RECORDED = "use_recorded"  # a number by the recorded one
    DELETE = "delete"  # the sentence
    ADD = "add"  # a sentence at the end of a block
    RESTORE = "restore"  # the block goes back to the records' words
    REFRESH = "refresh"  # the draft is written anew
    WRITE = "write"  # somebody must


BY_TEXT = frozenset({MendKind.REPLACE, MendKind.USE_RECORDED, MendKind.DELETE, MendKind.ADD})
"""Mends that give a block a new text (``mend_text``)."""


@dataclass(frozen=True, slots=True)
class Mend:
    """A way to mend. ``words`` give way to ``replacement``; empty ``words``: the whole sentence does. ``label``: its new number.

    ``block``: the key of the block that changes, if it is another than the remark's.
    """

    kind: MendKind
    replacement: str = ""
    words: str = ""
    label: str = ""
    block: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark. ``block``: its key, TITLE, or empty for the whole text; ``sentence``: its place among those shown, None: all of it.

    ``words`` are what it is about and ``text`` the sentence; neither is told of a private name. ``told`` fills further slots of its words.
    """

    code: Code
    block: str
    sentence: int | None = None
    words: str = ""
    mend: Mend | None = None
    text: str = ""
    told: tuple[tuple[str, str], ...] = ()

    @property
    def is_private(self) -> bool:
        """Whether it stops every export."""
        return self.code in PRIVACY

    @property
    def target(self) -> str:
        """The key of the block that mending changes."""
        return (self.mend.block if self.mend else "") or self.block


def mend_text(shown: Sequence[Shown], remark: Remark) -> str:
    """The text of the block ``remark.target`` after mending, out of its sentences as shown. Only for mends BY_TEXT."""
    mend = remark.mend
    assert mend is not None
    assert mend.kind in BY_TEXT
    sentences = [Sentence(one.text, opens=one.opens, label=one.label) for one in shown]
    if mend.kind is MendKind.ADD:
        label = _next_label(shown)
        sentences.append(Sentence(mend.replacement, opens=bool(label) or not shown, label=label))
    elif mend.kind is MendKind.DELETE and remark.sentence is not None:
        gone = sentences.pop(remark.sentence)
        if gone.opens and remark.sentence < len(sentences):
            after = sentences[remark.sentence]
            sentences[remark.sentence] = Sentence(after.text, opens=True, label=after.label)
    elif remark.sentence is not None:
        old = sentences[remark.sentence]
        sentences[remark.sentence] = Sentence(mend_words(old.text, mend), opens=old.opens, label=mend.label or old.label)
    return join_sentences(sentences)


def mend_words(text: str, mend: Mend) -> str:
    """A sentence (or the title) after a replacement."""
    return text.replace(mend.words, mend.replacement, 1) if mend.words else mend.replacement


def _next_label(shown: Sequence[Shown]) -> str:
    """The label after the last one: 9. → 10."""
    label = shown[-1].label if shown else ""
    digits = "".join(letter for letter in label if letter.isdigit())
    return label.replace(digits, str(int(digits) + 1), 1) if digits else ""
