"""A document comes in: chosen, dropped or pasted. The same two fields stand wherever a plan is read."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import streamlit as st

from unionboard.config import UPLOAD_LIMIT_MB
from unionboard.errors import Refusal
from unionboard.reading.draft import Reading
from unionboard.reading.files import read_file
from unionboard.reading.text import read_text
from unionboard.ui.refusals import tell
from unionboard.ui.text import t

T = TypeVar("T")
SERIAL_KEY = "plan_serial"  # grows when the fields are to forget what they held
_SEEN_KEY = "plan_file_read"
_TAKEN_MB = 100  # server.maxUploadSize: what is above our own limit the reader refuses in the user's language, the widget only in English
_MARKUP = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|meta|div|p|table|span|h[1-6]|[uo]l|section|article)\b", re.I | re.S)


def show_intake(*, upload: str, paste: str, on_file: Callable[[bytes, str], None], on_text: Callable[[str], None]) -> None:
    """An upload field beside a field to paste into, under the (translated) heads ``upload`` and ``paste``. One of them on a page.

    ``on_file`` gets the bytes and the name of each file once, ``on_text`` what was pasted.
    """
    with st.container(border=True, key="plan_bring"):
        left, right = st.columns(2, gap="large")
        with left:
            st.markdown(f"**{upload}**")
            _show_upload(on_file)
        with right:
            st.markdown(f"**{paste}**")
            hint = t("Copy the whole plan from Word or a web page; headings and months are found by themselves.")
            text = st.text_area(hint, key="plan_text", height=124)
            if st.button(t("Read the text"), key="go_read_text", type="primary"):
                on_text(text)


def _show_upload(on_file: Callable[[bytes, str], None]) -> None:
    file = st.file_uploader(
        t(
            "Word (.docx), Excel (.xlsx, .csv), text (.txt, .md) or a saved web page (.html), up to {limit} MB. Choose the file or drop it here.",  # noqa: E501 - one sentence
            limit=UPLOAD_LIMIT_MB,
        ),
        key=f"plan_file_{st.session_state.get(SERIAL_KEY, 0)}",
        max_upload_size=_TAKEN_MB,
    )
    if file is not None and st.session_state.get(_SEEN_KEY) != file.file_id:
        st.session_state[_SEEN_KEY] = file.file_id
        on_file(file.getvalue(), file.name)


def forget_intake() -> int:
    """Empty both fields; the new serial, which no widget of this session had before."""
    st.session_state.pop(_SEEN_KEY, None)
    serial: int = st.session_state.get(SERIAL_KEY, 0) + 1
    st.session_state[SERIAL_KEY] = serial
    return serial


def read_pasted(text: str) -> Reading:
    """What was pasted, read as a web page when it is the source of one. Raises: what reading a text raises."""
    if _MARKUP.match(text):
        return replace(read_file(text.encode(), filename="pasted.html"), filename="")
    return read_text(text, filename="")


def attempt(read: Callable[[], T]) -> T | None:
    """``read`` with a sign of progress; None when it was refused, which is told in place."""
    try:
        with st.spinner(t("Reading the plan …")):
            return read()
    except Refusal as refusal:
        st.error(tell(refusal), icon=":material/block:")
        return None
