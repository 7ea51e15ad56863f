"""In lists without days: 职工活动支出 244.84 above 文体活动 24.9 … is the sum of those, not a line of its own."""

import re
from collections.abc import Sequence

from unionboard.errors.ledger_import import CellItemUnknown
from unionboard.money import format_fen
from unionboard.reading.ledger_columns import Field
from unionboard.reading.ledger_drafts import Draft, LeftOut, LeftRow
from unionboard.reading.ledger_rows import Remark, RemarkKind
from unionboard.reference.item_words import REST, ItemMatch, ItemWords, Said, fold_word, general_items

_CHILD = re.compile(r"\s*(?:其中|[-—–]{1,2}\s|·)")


def find_headings(drafts: list[Draft], names: Sequence[str], words: ItemWords, left: list[LeftRow]) -> None:
    """In lists without days: 职工活动支出 244.84 above 文体活动 24.9 … is the sum of those, not a line of its own."""
    for at in range(len(drafts) - 1, -1, -1):
        parent = drafts[at]
        if (
            parent.raw.day is not None
            or parent.sum.field not in (Field.AMOUNT, Field.INCOME, Field.SPENDING)
            or not parent.fen
            or not parent.raw.words
        ):
            continue
        children = _children_of(drafts, at, words)
        if not children:
            continue
        total = sum(child.fen for child in children)
        _name_children(parent, children, words)
        if total == parent.fen:
            parent.is_heading = True
            left.append(LeftRow(f"{names[parent.raw.sheet]}{parent.raw.row}", parent.raw.label, LeftOut.HEADING_SUM))
        else:
            parent.fen -= total
            parent.remarks.append(Remark(RemarkKind.REMAINDER, parent.sum.cell, format_fen(parent.sum.fen)))


def _children_of(drafts: Sequence[Draft], at: int, words: ItemWords) -> list[Draft]:
    """The lines below that make up the sum of ``drafts[at]``; of 其中 also fewer. None when it stands for itself."""
    parent = drafts[at]
    group = words.group_of(parent.raw.words[-1])
    following = drafts[at + 1] if at + 1 < len(drafts) else None
    says_so = following is not None and _says_child(following)
    children: list[Draft] = []
    total = 0
    for draft in drafts[at + 1 :]:
        if draft.is_heading:
            continue
        if draft.raw.sheet != parent.raw.sheet or draft.raw.block != parent.raw.block or draft.raw.section != parent.raw.section:
            break
        if not _may_belong(parent, draft, group, words):
            break
        children.append(draft)
        total += draft.fen
        if total == parent.fen and (len(children) > 1 or group or says_so):
            return children
        if total > parent.fen:
            break
    if not says_so:
        return []
    named: list[Draft] = []
    for draft in children:
        if (
            not _says_child(draft)
            and draft.match is not None
            and named
            and draft.match.code != (parent.match.code if parent.match else None)
        ):
            break
        named.append(draft)
    while named and sum(draft.fen for draft in named) > parent.fen:
        named.pop()
    return named


def _says_child(draft: Draft) -> bool:
    return bool(draft.raw.words and _CHILD.match(draft.raw.words[-1]))


def _may_belong(parent: Draft, draft: Draft, group: str | None, words: ItemWords) -> bool:
    if _says_child(draft) or draft.match is None:
        return True
    if words.group_of(draft.raw.words[-1] if draft.raw.words else "") is not None:
        return False
    if group is not None:
        return words.items[draft.match.code].group == group or fold_word(draft.match.word) in REST
    if parent.match is None or parent.match.said not in (Said.NAME, Said.OLD_NAME):
        return False  # 节日 3 above 生日 2 and 电影 1 is not their sum, though it may equal it
    return draft.match.code == parent.match.code or fold_word(draft.match.word) in REST


def _name_children(parent: Draft, children: Sequence[Draft], words: ItemWords) -> None:
    """Lines that name no item, or only 其他, are of the item of the heading above them."""
    group = words.group_of(parent.raw.words[-1])
    code = general_items().get(group or "") or (parent.match.code if parent.match else None)
    for child in children:
        is_rest = child.match is not None and child.match.said is Said.NAME and fold_word(child.match.word) in REST
        if code and (child.match is None or is_rest):
            child.match = ItemMatch(code, Said.GROUP, child.raw.words[-1])
            child.problems = [problem for problem in child.problems if not isinstance(problem.refusal, CellItemUnknown)]
