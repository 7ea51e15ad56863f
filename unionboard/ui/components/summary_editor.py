"""The words of one part of the summary, its heading or the title: nothing typed is lost, and figures are held against the books meanwhile.

What is typed goes into the browser's own memory with every key and to the server at every pause, as steps: each holds all it is about
(place, version, text), so that a repeated or late one does no harm. Steps stay in the browser until ``data["handled"]`` confirms them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import streamlit as st

from unionboard.ui.components.packing import write_json
from unionboard.ui.history import tell_moment
from unionboard.ui.text import t

_HERE = Path(__file__).parent
_editor = st.components.v2.component(
    "unionboard_summary_editor",
    html='<div class="editor"></div>',
    css=(_HERE / "summary_editor.css").read_text(encoding="utf-8"),
    js=(_HERE / "summary_editor.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True)
class TypedMark:
    """Words that the books do not bear out: ``text[start:end]`` of the text they were found in.

    ``tone``: changed (the books say otherwise) or unsupported (nothing there). ``told`` is said of them; ``take`` is what a press puts in
    their place (empty: there is nothing to offer), ``offer`` the button's label.
    """

    start: int
    end: int
    tone: str
    told: str
    take: str = ""
    offer: str = ""


def show_summary_editor(
    *,
    key: str,
    place: str,
    version: int,
    saved: str,
    typed: str | None,
    typed_at: datetime | None,
    handled: int,
    on_steps: Callable[[Sequence[Mapping[str, Any]]], None],
    marks: Sequence[TypedMark] = (),
    dropped: int = 0,
    label: str = "",
    most: int = 20_000,
    is_kept_at_once: bool = False,
) -> None:
    """Draw the editor of ``place``. ``saved`` is what stands there, ``typed`` what the server keeps unsaved (None: nothing).

    ``version`` is that of the words the typing began with, without any that of what stands there; ``typed_at`` says when it was kept.

    ``marks`` hold for ``typed``, else for ``saved``; the browser moves them along with what is typed since. ``on_steps`` gets what people
    did: dicts with ``n``, ``do`` (typed, save, drop), ``place``, ``version`` and ``text``. Those up to ``handled`` were taken before.

    ``dropped`` grows when what was typed is thrown away from outside. With a ``label`` it is one line, saved by Enter and on leaving it.
    ``is_kept_at_once``: a pause is as good as saving, so there is no button for it, nor for throwing away.
    """
    text = saved if typed is None else typed
    data = {
        "place": place,
        "typingVersion": version,
        "saved": saved,
        "typed": typed,
        "marks": [describe_mark(mark, text) for mark in marks],
        "handled": handled,
        "typedAt": int(typed_at.timestamp() * 1000) if typed_at else 0,
        "dropped": dropped,
        "short": bool(label),
        "most": most,
        "words": _words(label, tell_moment(typed_at) if typed_at else "")
        | ({"text": t("Your sentence"), "save": "", "drop": ""} if is_kept_at_once else {}),
    }
    _editor(key=key, data=write_json(data), on_steps_change=lambda: on_steps(sent_steps(key)), height="content")


def describe_mark(mark: TypedMark, text: str) -> dict[str, Any]:
    """The browser counts in UTF-16: rare characters and emoji are two there."""
    start, end = (len(text[:at].encode("utf-16-le")) // 2 for at in (mark.start, mark.end))
    return {"start": start, "end": end, "tone": mark.tone, "told": mark.told, "take": mark.take, "offer": mark.offer}


def sent_steps(key: str) -> Sequence[Mapping[str, Any]]:
    """The steps that have come from the editor ``key``, taken before or not."""
    state = st.session_state.get(key)
    return list(state.get("steps") or ()) if state else []


def _words(label: str, typed_at: str) -> dict[str, str]:
    return {
        "text": label or t("Text of this part"),
        "save": t("Save"),
        "drop": t("Throw away what I typed"),
        "kept": t("Kept for you at {at}, not in the summary yet", at=typed_at),
        "typing": t("Typing …"),
    }
