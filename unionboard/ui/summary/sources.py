"""Right of the paper: where the chosen sentence comes from — its figures, and the records with the ways to them."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from unionboard import db
from unionboard.drafting.figures import Source
from unionboard.drafting.phrases import Quote, Sentence
from unionboard.money import format_fen
from unionboard.services.activities import ActivityView
from unionboard.services.ledger import EntryView
from unionboard.services.source_records import Behind, trace_records
from unionboard.services.summary import BlockView, SummaryView
from unionboard.ui.activity_drawer import open_activity
from unionboard.ui.drawers import open_drawer
from unionboard.ui.evidence import name_paper
from unionboard.ui.status import describe_status, write_badge
from unionboard.ui.summary.figures import show_figures
from unionboard.ui.summary.place import picked
from unionboard.ui.text import escape, language, mark_difference, short_date, span, t, tn
from unionboard.writing.figure_words import noun_name

PAPERS_SHOWN = ENTRIES_SHOWN = 3
_BUDGET: tuple[str, dict[str, str]] = ("pages/fund.py", {"view": "budget"})
_WAYS: Mapping[str, tuple[str, dict[str, str]]] = {
    "union": ("pages/settings.py", {}),
    "member": ("pages/settings.py", {}),
    "plan": ("pages/plan.py", {}),
    "section": ("pages/plan.py", {}),
    "measure": ("pages/plan.py", {}),
    "fund_year": _BUDGET,
    "budget_line": _BUDGET,
    "budget_amendment": _BUDGET,
    "handout": ("pages/fund.py", {"view": "care"}),
}
"""Where records that have no drawer here are looked at."""


def show_sources(view: SummaryView, block: BlockView | None) -> None:
    """The chosen sentence with its figures and records; without a choice, how to choose."""
    st.markdown(f"**{t('Where this sentence comes from')}**")
    chosen = picked()
    if block is None or chosen.n is None or chosen.n >= len(block.shown):
        st.markdown(f":gray[{t('Click a sentence on the paper to see its figures and records.')}]")
        return
    shown = block.shown[chosen.n]
    st.markdown(escape(shown.text))
    if shown.sentence is None:
        hint = t("People's own words; no record stands behind them.")
        st.markdown(f":gray[{hint}]")
        return
    if shown.is_edited:
        hint = t("People changed this sentence. From the records it reads:")
        st.markdown(f":small[:gray[{hint}]]  \n{mark_difference(shown.text, shown.sentence.text)[1]}")
    _show_behind(shown.sentence, view.as_of, chosen.figure)


def _show_behind(sentence: Sentence, as_of: date, figure: int | None) -> None:
    """Figures and records of a generated sentence."""
    if not sentence.sources:
        st.markdown(f":gray[{t('No record stands behind this sentence.')}]")
        return
    with db.reading() as session:
        whole = trace_records(session, sentence.sources, as_of=as_of)
        narrowed = _narrow(sentence.quotes, figure)
        behind = trace_records(session, narrowed, as_of=as_of) if narrowed else whole
    show_figures([quote.figure for quote in sentence.quotes], whole.titles)
    _show_records(behind)


def _narrow(quotes: tuple[Quote, ...], figure: int | None) -> tuple[Source, ...]:
    """The records of the chosen figure; empty when none is chosen."""
    return quotes[figure].figure.records if figure is not None and figure < len(quotes) else ()


def _show_records(behind: Behind) -> None:
    st.markdown(f":small[:gray[{t('Records')}]]")
    for activity in behind.activities:
        _show_activity(activity, behind)
    if behind.more_activities:
        n = len(behind.more_activities)
        with st.expander(tn("and {n} more activity", "and {n} more activities", n), key="more_behind"):
            for id_, title in behind.more_activities:
                with st.container(key=f"title_more_{id_}"):
                    st.button(escape(title), type="tertiary", key=f"open_more_{id_}", on_click=open_activity, args=(id_,))
    if behind.entry_count:
        _show_entries(behind)
    if behind.visits:
        label = tn("{n} care visit, shown without names", "{n} care visits, shown without names", behind.visits)
        st.page_link("pages/fund.py", label=label, icon=":material/volunteer_activism:", query_params={"view": "care"})
    for noun, n in behind.others.items():
        _show_others(noun, n)


def _show_activity(activity: ActivityView, behind: Behind) -> None:
    with st.container(border=True, gap="xsmall", key=f"behind_activity_{activity.id}"):
        with st.container(key=f"title_source_{activity.id}"):
            key = f"open_source_{activity.id}"
            st.button(f"**{escape(activity.title)}**", type="tertiary", key=key, on_click=open_activity, args=(activity.id,))
        facts = [write_badge(activity.status, describe_status(activity))]
        if record := activity.record:
            facts.append(f":small[:gray[{span(record.done_on, record.done_to)}]]")
            if record.participants:
                facts.append(f":small[:gray[{tn('{n} person', '{n} people', record.participants)}]]")
        facts.append(f":small[:gray[{escape(activity.owner)}]]")
        st.markdown("　".join(facts))
        papers = behind.papers.get(activity.id, ())
        if papers:
            names = [escape(name_paper(paper)) for paper in papers[:PAPERS_SHOWN]]
            more = len(papers) - PAPERS_SHOWN
            told = [*names, *([tn("{n} more", "{n} more", more)] if more > 0 else [])]
            with st.container(key=f"title_papers_{activity.id}"):
                label = f":small[:material/attach_file: {'　'.join(told)}]"
                st.button(label, type="tertiary", key=f"look_at_papers_{activity.id}", on_click=open_activity, args=(activity.id,))
        elif activity.records:
            st.markdown(f":small[:orange[{t('no evidence')}]]")


def _show_entries(behind: Behind) -> None:
    with st.container(border=True, gap="xsmall", key="behind_entries"):
        sums = [
            (t("received {amount}", amount=format_fen(behind.in_fen)), behind.in_fen),
            (t("spent {amount}", amount=format_fen(behind.out_fen)), behind.out_fen),
        ]
        count = tn("{n} fund entry", "{n} fund entries", behind.entry_count)
        st.markdown(escape("　".join([count, *(told for told, fen in sums if fen)])))
        for entry in behind.entries[:ENTRIES_SHOWN]:
            with st.container(key=f"title_entry_{entry.id}"):
                st.button(_tell_entry(entry), type="tertiary", key=f"open_entry_{entry.id}", on_click=open_drawer, args=("facts", entry.id))
        if behind.entry_count > ENTRIES_SHOWN:
            st.page_link("pages/fund.py", label=t("All of them are in the ledger"), icon=":material/account_balance_wallet:")


def _tell_entry(entry: EntryView) -> str:
    return f":small[{short_date(entry.booked_on)}　{escape(entry.purpose)}　{escape(format_fen(entry.amount_fen))}]"


def _show_others(noun: str, n: int) -> None:
    name = noun_name(noun, language())
    words = escape(t("{name}: {n}", name=name, n=n) if n > 1 else name)
    if noun not in _WAYS:
        st.markdown(f":small[:gray[{words}]]")
        return
    page, query = _WAYS[noun]
    st.page_link(page, label=words, icon=":material/arrow_forward:", query_params=query)
