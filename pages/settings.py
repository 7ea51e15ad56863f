"""Settings: is anything lost, who we are, who may come in, what was deleted and changed."""

import streamlit as st

from unionboard import __version__
from unionboard.ui import address, guide, tour
from unionboard.ui.frame import chosen_plan
from unionboard.ui.settings import accounts, connections, history, safety, trash, union
from unionboard.ui.text import t

TABS = {
    "union": union.show,
    "accounts": accounts.show,
    "safety": safety.show,
    "connections": connections.show,
    "trash": trash.show,
    "history": history.show,
}
TAB_KEY = "settings_tab"


def tab_name(tab: str) -> str:
    """What a tab is called."""
    names = (t("Union"), t("Accounts"), t("Data safety"), t("Connections"), t("Recycle bin"), t("All changes"))
    return dict(zip(TABS, names, strict=True))[tab]


def choose_tab() -> str:
    """The tab that is asked for here or by the address (``?tab=``)."""
    first = next(iter(TABS))
    address.take_choice(TAB_KEY, "tab", {tab: tab for tab in TABS}, default=first)
    st.session_state.setdefault(TAB_KEY, first)
    tab = st.segmented_control(
        t("View"), list(TABS), format_func=tab_name, required=True, label_visibility="collapsed", wrap=True, key=TAB_KEY
    )
    address.note_choice("tab", tab or first, default=first)
    return tab or first


with st.container(horizontal=True, vertical_alignment="bottom", key="settings_head"):
    st.title(t("Settings"), width="content")
    tab = choose_tab()
    st.space("stretch")
    tour.offer(has_plan=chosen_plan() is not None)
    guide.offer()
safety.show_line()
TABS[tab]()
st.markdown(f":small[:gray[{t('Unionboard {version}', version=__version__)}　{guide.tell_links()}]]")
