"""The paper in the middle: the draft as it prints, every sentence to be clicked."""

from collections.abc import Sequence

import streamlit as st
from sqlmodel import Session

from unionboard.drafting.document import read_paragraphs
from unionboard.drafting.phrases import Quote
from unionboard.services.summary import BlockView, DraftId, SummaryView, read_draft
from unionboard.ui.components.paper import PaperBlock, PaperSentence, show_paper, write_paper
from unionboard.ui.kept import keep
from unionboard.ui.summary.place import FOCUS, TITLE, pick, picked
from unionboard.ui.summary.words import mark_margin, name_block
from unionboard.ui.text import t
from unionboard.writing.title_lines import break_title


def show_sheet(view: SummaryView, *, height: int) -> None:
    """The paper; a click on a sentence chooses it and its part."""
    show_paper(
        keep(write_sheet, view.id),
        key="summary_paper",
        chosen=picked(),
        focus=int(st.session_state.get(FOCUS, 0)),
        height=height,
        on_pick=pick,
    )


def write_sheet(session: Session, draft_id: DraftId) -> str:
    """The whole of it for the paper. Raises: NoSuchSummary. For ``kept.keep``."""
    view = read_draft(session, draft_id)
    return write_paper(break_title(view.title), [_paper_block(view, block) for block in view.blocks], title_key=TITLE)


def _paper_block(view: SummaryView, block: BlockView) -> PaperBlock:
    if block.is_left_out:
        return PaperBlock(block.key, block.kind.value, "", (), left_out=t("Left out: {heading}", heading=name_block(view, block)))
    levels = iter(read_paragraphs(block.text))
    level, sentences = "body", []
    for n, shown in enumerate(block.shown):
        if n == 0 or shown.opens:
            level = next(levels).level.value
        pieces = cut_pieces(shown.printed, shown.quotes, offset=len(shown.label))
        sentences.append(PaperSentence(n, pieces, shown.opens, level, own=shown.is_edited))
    mark, tone = mark_margin(block)
    return PaperBlock(block.key, block.kind.value, view.headings.get(block.key, ""), tuple(sentences), mark, tone)


def cut_pieces(text: str, quotes: Sequence[Quote], *, offset: int = 0) -> tuple[tuple[str, int | None], ...]:
    """The text in pieces: words (None) and figures (their place among ``quotes``), whose places count from ``offset`` on."""
    pieces: list[tuple[str, int | None]] = []
    at = 0
    for n, quote in enumerate(quotes):
        start, end = quote.start + offset, quote.end + offset
        pieces += [(text[at:start], None), (text[start:end], n)]
        at = end
    return tuple(piece for piece in [*pieces, (text[at:], None)] if piece[0])
