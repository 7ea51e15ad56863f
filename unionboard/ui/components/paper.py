"""The draft as a sheet of A4 as it will print: white in both themes, every sentence can be picked."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import streamlit as st

from unionboard.ui.components.packing import write_json

_HERE = Path(__file__).parent
_paper = st.components.v2.component(
    "unionboard_paper",
    html='<div class="desk"><article class="sheet"></article></div>',
    css=(_HERE / "paper.css").read_text(encoding="utf-8"),
    js=(_HERE / "paper.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True)
class PaperSentence:
    """A sentence with its place in the block, in pieces: words, and for a figure its place among the sentence's figures.

    ``level`` is that of the paragraph it stands in; ``own``: people's words.
    """

    n: int
    pieces: tuple[tuple[str, int | None], ...]
    opens: bool
    level: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class PaperBlock:
    """A printed heading and its sentences; ``mark`` (a sign and a word) stands in the margin in the colour ``tone`` (blue, orange).

    ``left_out``: the faint line that stands in the place of a block that is not printed.
    """

    key: str
    kind: str
    heading: str
    sentences: tuple[PaperSentence, ...]
    mark: str = ""
    tone: str = ""
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Pick:
    """What is chosen on the sheet: a block (or the title, under its key), a sentence of it, a figure of that."""

    key: str
    n: int | None = None
    figure: int | None = None


def write_paper(title: str, blocks: Sequence[PaperBlock], *, title_key: str) -> str:
    """What stands on the sheet, packed: it stays the same when another sentence is chosen."""
    return write_json({"title": title, "titleKey": title_key, "blocks": [asdict(block) for block in blocks]})["json"]


def show_paper(
    sheet: str,
    *,
    key: str,
    chosen: Pick,
    focus: int,
    height: int,
    on_pick: Callable[[Pick], None],
) -> None:
    """Draw ``sheet`` (of ``write_paper``) in a pane of ``height`` px. A click on title, heading, sentence or figure calls ``on_pick``
    before the next run.

    When the number ``focus`` changes, what is chosen is scrolled into sight.
    """

    def pick() -> None:
        state = st.session_state.get(key)
        value = state.get("picked") if state else None
        if value:
            on_pick(Pick(str(value["key"]), value["n"], value["figure"]))

    data = {"sheet": sheet, **write_json({"chosen": asdict(chosen), "focus": focus, "height": height})}
    _paper(key=key, data=data, on_picked_change=pick, height=height)
