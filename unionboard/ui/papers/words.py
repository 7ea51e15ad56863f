"""What the papers are called, what each is for, and the links to them from where people are."""

import streamlit as st

from unionboard.config import PROJECT_DIR
from unionboard.models import TemplateKind
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.text import t

PAPER, ABOUT = "paper", "for"
"""What an address names: a paper by its code, and what it is about: an activity, a visit, a hand-out."""
ICONS = {
    TemplateKind.NOTICE: "campaign",
    TemplateKind.SIGN_IN: "signature",
    TemplateKind.VISIT: "volunteer_activism",
    TemplateKind.HANDOUT: "redeem",
    TemplateKind.DISCLOSURE: "receipt_long",
    TemplateKind.CERTIFICATE: "workspace_premium",
}


def name_paper(kind: TemplateKind) -> str:
    """What a paper is called."""
    names = {
        TemplateKind.NOTICE: t("Notice of the month"),
        TemplateKind.SIGN_IN: t("Sign-in sheet"),
        TemplateKind.VISIT: t("Care visit’s form"),
        TemplateKind.HANDOUT: t("List to sign for a hand-out"),
        TemplateKind.DISCLOSURE: t("Dues and funds made known"),
        TemplateKind.CERTIFICATE: t("Honours and certificates"),
    }
    return names[kind]


def tell_use(kind: TemplateKind) -> str:
    """What a paper is for, in a sentence."""
    told = {
        TemplateKind.NOTICE: t("For the notice board, in letters that are read from two metres: this month’s plan, last month’s deeds."),
        TemplateKind.SIGN_IN: t("For an activity, or for a committee meeting with everybody’s name."),
        TemplateKind.VISIT: t("For asking and approving: blank, or of a visit on record. Without the name unless it is unlocked."),
        TemplateKind.HANDOUT: t("Who got what, a line to sign for each."),
        TemplateKind.DISCLOSURE: t("A quarter, half-year or year of the books by official items, to hang out."),
        TemplateKind.CERTIFICATE: t("The honours of a year as a list, or a certificate a page."),
    }
    return told[kind]


def link_paper(kind: TemplateKind, label: str, about: int | None = None) -> None:
    """A link to a paper's card on the page of papers; nothing for whoever may take no files out."""
    if not identity.may(Act.EXPORT):
        return
    query = {PAPER: kind.value} | ({ABOUT: str(about)} if about is not None else {})
    st.page_link(PROJECT_DIR / "pages" / "papers.py", label=label, icon=":material/print:", query_params=query)
