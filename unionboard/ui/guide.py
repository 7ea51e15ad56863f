"""The way to the user's guide, which the program serves itself (``web.guide``); it opens beside what one is doing."""

import streamlit as st

from unionboard.config import WRITTEN_LANGUAGES
from unionboard.ui.text import language, t

ADDRESS = "/guide"


def offer() -> None:
    """In the head of a page."""
    st.link_button(t("Guide"), f"{ADDRESS}/{_tag()}", icon=":material/menu_book:", type="tertiary", key="open_guide")


def tell_links() -> str:
    """Guide, and the sheet on data and privacy to sign, as Markdown for the foot of a page."""
    sheet = f"[{t('Data and privacy sheet')}]({ADDRESS}/more/privacy-sheet.{_tag()})"
    return f"[{t('Guide')}]({ADDRESS}/{_tag()})　{sheet}"


def _tag() -> str:
    """The language as it stands in the guide's addresses; English where the guide is not written in it."""
    return (language() if language() in WRITTEN_LANGUAGES else "en").replace("_", "-")
