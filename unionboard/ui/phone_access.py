"""Letting phones in: the button on the board, and the dialog with the code to scan."""

from typing import Protocol

import segno
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from unionboard.errors import Refusal
from unionboard.services.origins import Way, read_way
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.actions import refuse, show_notices
from unionboard.ui.board_links import is_big
from unionboard.ui.offers import offer
from unionboard.ui.refusals import tell
from unionboard.ui.text import t

OPEN_KEY = "phone_access"
WIDTH_PX = {False: 500, True: 1300}  # on the large screen the words stand beside a code that is read from the back rows
QUIET_BORDER = 4  # modules around a code, as its standard asks


class Door(Protocol):
    """Where phones come in; web/sharing.py makes it."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """The machine's addresses in its networks, most likely first."""

    def link(self, address: str) -> str:
        """What the code says."""


class Sharing(Protocol):
    """What the dialog needs of the second listener."""

    @property
    def address(self) -> str:
        """Where everybody opens the program when it stands behind a proxy, phones too; else empty."""

    @property
    def door(self) -> Door | None:
        """The open door, if any."""

    @property
    def is_possible(self) -> bool:
        """Whether there is a server to share."""

    def open(self) -> Door:
        """Start sharing."""

    def close(self) -> None:
        """Stop sharing."""


def may_share() -> bool:
    """Whether this visitor may let phones in: not who came in by the code, nor who only looks."""
    return read_way(st.context.headers)[0] is not Way.PHONE and identity.may(Act.CHECK_OFF)


def show_phone_button(sharing: Sharing) -> None:
    """The way to the dialog; says when sharing is on."""
    label = t("Phones are let in") if sharing.door else t("Open on a phone")
    offer(Act.CHECK_OFF, label, icon=":material/qr_code_2:", key="go_phone", on_click=open_phone_access)


def show_phone_dialog(sharing: Sharing) -> None:
    """Open the dialog when its button was pressed. Called once, at the end of a page."""
    if st.session_state.get(OPEN_KEY):
        st.dialog(t("Open on a phone"), width=WIDTH_PX[is_big()], on_dismiss=_forget)(_show)(sharing)


def _show(sharing: Sharing) -> None:
    show_notices()
    if sharing.address:
        _show_code(f"{sharing.address}/checkoffs")
        return
    if sharing.door is None:
        st.markdown(t("Phones in the same Wi-Fi scan a code and tick off there; no app is needed."))
        _warn()
        icon = ":material/qr_code_2:"
        can = sharing.is_possible
        st.button(t("Show the code"), icon=icon, type="primary", key="go_share", disabled=not can, on_click=_open, args=(sharing,))
        return
    address = sharing.door.addresses[0]
    if len(sharing.door.addresses) > 1:
        label = t("This computer is in several networks; choose the one the phones are in")
        address = st.selectbox(label, sharing.door.addresses, key="phone_network")
    with _show_code(sharing.door.link(address)):
        st.button(t("Stop sharing"), icon=":material/block:", key="go_unshare", on_click=sharing.close)


def _show_code(link: str) -> DeltaGenerator:
    """The code of a link, the link in words, and what it opens; where more may be written below the words."""
    picture = segno.make(link, error="m", micro=False).svg_data_uri(border=QUIET_BORDER, omitsize=True, dark="#000", light="#fff")
    code, words = st.columns([3, 2], gap="large", vertical_alignment="center") if is_big() else (st.container(), st.container())
    with code:
        st.html(f'<img class="ub-code{" ub-code-big" if is_big() else ""}" alt="{t("Code to scan with a phone")}" src="{picture}">')
    with words:
        st.markdown(t("Scan with the camera or WeChat, or send the link:"))
        st.code(link, language=None, wrap_lines=True)
        _warn()
    return words


def _warn() -> None:
    """Honestly, what an open door means."""
    if identity.is_signed_in():
        sentence = t("Whoever scans the code signs in on the phone with an account of their own.")
    else:
        sentence = t("Whoever scans the code can see everything but the names of those visited, and tick off, until you stop sharing.")
    st.markdown(f":small[:gray[{sentence}]]")


def _open(sharing: Sharing) -> None:
    if not may_share():
        return
    try:
        sharing.open()
    except Refusal as refusal:
        refuse(tell(refusal))


def open_phone_access() -> None:
    """For callbacks: the page's next run shows the dialog."""
    st.session_state[OPEN_KEY] = True


def _forget() -> None:
    st.session_state.pop(OPEN_KEY, None)
