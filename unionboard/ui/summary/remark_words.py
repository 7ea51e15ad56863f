"""Remarks of the checker in words on the screen. Plain text: ``escape`` it where Markdown is read."""

from unionboard.drafting.lints import TITLE, Code, Remark
from unionboard.services.remark_words import NAMES, mend_of, why_of
from unionboard.services.summary import SummaryView
from unionboard.ui.summary.words import name_block
from unionboard.ui.text import t


def name_code(code: Code) -> str:
    """The short name of a kind of remark, for a badge."""
    return t(NAMES[code])


def tell_why(remark: Remark) -> str:
    """Why the remark is made."""
    words, told = why_of(remark)
    return t(words, **told)


def tell_mend(remark: Remark) -> str | None:
    """What can be done about it: the words of a button, or a hint where only people can; None: nothing is offered."""
    mend = mend_of(remark)
    return None if mend is None else t(mend[0], **mend[1])


def tell_place(view: SummaryView, remark: Remark) -> str:
    """Where it stands: the printed heading, or what a block without one is."""
    if remark.block == TITLE:
        return t("Title")
    block = next((block for block in view.blocks if block.key == remark.block), None)
    return t("The whole text") if block is None else name_block(view, block)
