"""Headings of a summary in other words than the plan's: offered to people, put in by them."""

from unionboard.drafting.zh.result_headings import result_heading
from unionboard.models import BlockKind
from unionboard.services.summary import BlockView, SummaryView

_DONE = frozenset({"check_off", "meeting", "care_visit", "handout"})


def offer_result_heading(view: SummaryView, block: BlockView) -> str | None:
    """The plan's heading of a section told as the result it came to; None where nothing is done yet, people have a heading of their own, or
    no good words are known. English headings stay as they are. Source: domain notes E4.
    """
    if view.language != "zh_CN" or block.kind is not BlockKind.SECTION or block.has_own_heading:
        return None
    if not any(source.noun in _DONE for sentence in block.sentences for source in sentence.sources):
        return None
    return result_heading(block.generated_heading)
