"""What is printed: the notice board's page, sheets to sign, forms, what is made known. A card for each paper."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from unionboard.models import TemplateKind
from unionboard.ui.drawers import show_drawer
from unionboard.ui.frame import chosen_plan
from unionboard.ui.live import watch_changes
from unionboard.ui.papers.money import show_disclosure, show_handout, show_visit
from unionboard.ui.papers.own_form import show_own_form
from unionboard.ui.papers.words import ICONS, PAPER, name_paper, tell_use
from unionboard.ui.papers.year import show_honours, show_notice, show_sign_in
from unionboard.ui.text import t

COLUMNS = 3


def list_cards() -> dict[TemplateKind, Callable[[], None]]:
    """The papers, the one an address asks for first."""
    plan = chosen_plan()
    cards: dict[TemplateKind, Callable[[], None]] = {
        TemplateKind.NOTICE: partial(show_notice, plan),
        TemplateKind.SIGN_IN: partial(show_sign_in, plan),
        TemplateKind.DISCLOSURE: show_disclosure,
        TemplateKind.HANDOUT: show_handout,
        TemplateKind.VISIT: show_visit,
        TemplateKind.CERTIFICATE: partial(show_honours, plan),
    }
    asked = st.query_params.get(PAPER)
    return dict(sorted(cards.items(), key=lambda card: card[0].value != asked))


def show_card(kind: TemplateKind, show: Callable[[], None]) -> None:
    """What a paper is called and for, what is asked of it, and its files."""
    with st.container(border=True, key=f"paper_card_{kind.value}"):
        st.subheader(f":material/{ICONS[kind]}: {name_paper(kind)}", anchor=False)
        st.markdown(f":gray[{tell_use(kind)}]")
        show()


watch_changes(auto=False)
st.title(t("To print"), anchor=False)
columns = st.columns(COLUMNS, gap="medium")
for number, (kind, show) in enumerate(list_cards().items()):
    with columns[number % COLUMNS]:
        show_card(kind, show)
show_drawer({"own_form": (t("A form of our own"), show_own_form)})
