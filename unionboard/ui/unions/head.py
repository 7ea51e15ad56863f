"""The figures of all unions below in one line, and what is said where there are none."""

import streamlit as st

from unionboard.money import format_fen
from unionboard.services.overview import Overview
from unionboard.ui.text import t, tn


def tell_figures(overview: Overview) -> str:
    """How many, done, late, spent, and what is missing."""
    whole, money = overview.whole, overview.money
    parts = [tn("**{n}** union", "**{n}** unions", len(overview.unions))]
    if whole.due:
        parts.append(t("**{share}%** done ({done} of {due})", share=whole.share_pct, done=f"{whole.done:,}", due=f"{whole.due:,}"))
        parts.append(t("**{n}** late", n=f"{whole.late:,}"))
    if money is not None and (money.budget_fen or money.spent_fen):
        spent, budget = format_fen(money.spent_fen, decimals=False), format_fen(money.budget_fen, decimals=False)
        share = money.share_pct
        told = t("spent **{spent}** of {budget} (**{share}%**)", spent=spent, budget=budget, share=share)
        parts.append(told if share is not None else t("spent **{spent}** without a budget", spent=spent))
    parts.append(t("**{n}** without a plan", n=overview.without_plan))
    parts.append(t("**{n}** without any evidence", n=overview.without_evidence))
    parts.append(t("**{n}** handed in their summary", n=overview.handed_in))
    return " · ".join(part.replace("$", "\\$") for part in parts)


def show_none() -> None:
    """For whoever has no union below."""
    st.title(t("Unions"), anchor=False)
    st.text(t("No union stands below yours in this database. This page is for an upper union that looks at the unions below it."))
    st.page_link("pages/board.py", label=t("To the board"), icon=":material/arrow_forward:")


def tell_no_plans() -> None:
    """Unions, but no plan of any of them."""
    st.info(
        t("None of these unions has a plan for this year yet. What they plan and tick off shows here by itself."), icon=":material/info:"
    )
