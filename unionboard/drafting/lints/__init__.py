"""What a checker would complain of in a summary, each with the words, why, and a way to mend. Pure.

Truth (numbers, days, years) is asked of people's own sentences: generated ones are proved by their figures. Words, marks and privacy are
looked at in all, because results and titles were typed by people. Source: domain notes E5, C4, D2.
"""

from collections.abc import Sequence
from dataclasses import replace

from unionboard.drafting.lints import copies, language, numbers, privacy, structure, times
from unionboard.drafting.lints.passages import Background, Passage
from unionboard.drafting.lints.remarks import BY_TEXT, PRIVACY, TITLE, Code, Mend, MendKind, Remark, mend_text, mend_words

__all__ = [
    "BY_TEXT",
    "PRIVACY",
    "TITLE",
    "Background",
    "Code",
    "Mend",
    "MendKind",
    "Passage",
    "Remark",
    "find_remarks",
    "mend_text",
    "mend_words",
]


def find_remarks(title: str, passages: Sequence[Passage], background: Background) -> list[Remark]:
    """All remarks from top to bottom, of one sentence the privacy ones first."""
    found = [
        *privacy.check_title(title, background),
        *times.check_title(title, background),
        *language.check_title(title),
        *privacy.find_private_matters(passages, background),
        *numbers.find_wrong_numbers(passages, background),
        *times.find_wrong_times(passages, background),
        *structure.find_wrong_structure(title, passages, background),
        *language.find_poor_words(passages, background),
        *copies.find_copies(passages, background),
    ]
    unnamed = {(one.block, one.sentence) for one in found if one.code is Code.PRIVATE_NAME}
    found = [_without_names(one, background) if (one.block, one.sentence) in unnamed else one for one in found]
    order = {passage.key: n for n, passage in enumerate(passages)}
    codes = {code: n for n, code in enumerate(Code)}
    return sorted(found, key=lambda one: (order.get(one.block, -1), -1 if one.sentence is None else one.sentence, codes[one.code]))


def _without_names(remark: Remark, background: Background) -> Remark:
    """A remark on a sentence that holds a private name: what it tells of it does not repeat the name."""
    told = tuple((slot, privacy.hide_names(words, background)) for slot, words in remark.told)
    return replace(remark, text="", words=privacy.hide_names(remark.words, background), told=told)
