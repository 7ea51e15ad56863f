"""The draft as a sheet of A4 as it will print: white in both themes, every sentence can be picked."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_paper = st.components.v2.component(
    "unionboard_paper",
    html='<div class="desk"><article class="sheet"></article></div>',
    css=(_HERE / "paper.css").read_text(encoding="utf-8"),
    js=(_HERE / "paper.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True)
class PaperSentence:
    """A sentence with its place in the block; ``level`` is that of the paragraph it stands in."""

    n: int
    text: str
    opens: bool
    level: str


@dataclass(frozen=True, slots=True)
class PaperBlock:
    """A printed heading and its sentences; ``mark`` (a sign and a word) stands in the margin in the colour ``tone`` (blue, orange)."""

    key: str
    kind: str
    heading: str
    sentences: tuple[PaperSentence, ...]
    mark: str = ""
    tone: str = ""


def show_paper(
    title: str,
    blocks: Sequence[PaperBlock],
    *,
    key: str,
    label: str,
    chosen: tuple[str, int | None],
    focus: int,
    height: int,
    on_pick: Callable[[str, int], None],
) -> None:
    """Draw the sheet in a pane of ``height`` px. A click on a sentence calls ``on_pick`` with block key and place before the next run.

    ``chosen`` is the block and sentence in question; when the number ``focus`` changes, that block is scrolled into sight.
    """

    def pick() -> None:
        state = st.session_state.get(key)
        value = state.get("picked") if state else None
        if value:
            on_pick(str(value["key"]), int(value["n"]))

    data = {"title": title, "blocks": [asdict(block) for block in blocks], "label": label, "chosen": list(chosen), "focus": focus}
    _paper(key=key, data={**data, "height": height}, on_picked_change=pick, height=height)
