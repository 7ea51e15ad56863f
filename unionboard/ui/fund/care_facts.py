"""The drawer of a care visit: what may be told of it, the rest while names are shown, and the way to take it back."""

from datetime import date
from typing import Any

import streamlit as st

from unionboard import clock, db
from unionboard.errors.fund import NoSuchVisit
from unionboard.models import CareVisit, GiftForm, TemplateKind
from unionboard.money import format_fen
from unionboard.services import care
from unionboard.services.care import VisitView
from unionboard.services.occasions import list_occasions
from unionboard.services.permissions import Act
from unionboard.ui.actions import action
from unionboard.ui.drawers import FORM_PREFIX, leave_drawer, typed
from unionboard.ui.fund.care_form import open_visit_edit, tell_proof
from unionboard.ui.fund.care_names import shown_names
from unionboard.ui.fund.words import item_name, source_name, voucher_text
from unionboard.ui.identity import acting_who
from unionboard.ui.offers import offer
from unionboard.ui.papers.words import link_paper
from unionboard.ui.record_history import show_record_history
from unionboard.ui.text import long_date, named, t
from unionboard.ui.trash import in_bin


def show_visit(visit_id: int | None) -> None:
    """Facts of a visit, and what may be done with it."""
    try:
        with db.reading() as session:
            row = care.load_visit(session, visit_id or 0)
            year = row.visited_on.year
            views = {view.id: view for view in care.list_visits(session, first=date(year, 1, 1), last=date(year, 12, 31))}
            occasions = list_occasions(session)
    except NoSuchVisit:
        st.markdown(t("This care visit has already been taken back, or never was."))
        return
    view, names = views[row.id or 0], shown_names()
    if names is None or view.id not in names:
        _show_facts([(t("Occasion"), named(occasions[view.kind])), *_plain_facts(view)])
        st.markdown(f":small[:gray[:material/lock: {t('Who it was, the gift and the sum are shown with the names.')}]]")
    else:
        whole = [(t("Occasion"), named(occasions[row.kind])), (t("Whom"), names[view.id] or "—"), *_plain_facts(view), *_private_facts(row)]
        _show_facts(whole)
        offer(Act.RECORD_CARE, t("Change"), icon=":material/edit:", key="edit_visit", on_click=_edit, args=(view.id,))
    link_paper(TemplateKind.VISIT, t("Form to approve this visit"), view.id)
    _show_take_back(view)
    show_record_history("care_visit", view.id)


def _plain_facts(view: VisitView) -> list[tuple[str, str]]:
    books = t("not booked") if view.is_open else t("nothing to book")
    if view.voucher is not None:
        books = t("voucher {voucher}", voucher=voucher_text(view.voucher))
    elif view.claim_id is not None and not view.is_open:
        books = t("claimed")
    return [
        (t("Date"), long_date(view.visited_on)),
        (t("Persons"), str(view.people)),
        (t("Proof"), t("seen") if view.paper_seen else t("none noted")),
        (t("Books"), books),
    ]


def _private_facts(row: CareVisit) -> list[tuple[str, str]]:
    forms = {GiftForm.GOODS: t("In goods"), GiftForm.MONEY: t("In money"), GiftForm.BOTH: t("Both")}
    told = [
        (t("Amount"), f"{format_fen(row.amount_fen)}　{forms[row.form]}" if row.amount_fen else ""),
        (t("Gifts"), row.goods),
        (t("Who went"), row.visitors),
        (t("Booked under"), f"{item_name(row.item)} · {source_name(row.source)}" if row.amount_fen else ""),
        (t("Proof seen"), " · ".join(part for part in (tell_proof(row.paper_seen), row.seen_by) if part) if row.paper_seen else ""),
    ]
    return [(label, text) for label, text in told if text]


def _show_facts(facts: list[tuple[str, str]]) -> None:
    with st.container(border=True, gap="xsmall"):
        for label, text in facts:
            with st.container(horizontal=True, wrap=False, gap="small"):
                st.markdown(f":gray[{label}]", width=110)
                st.text(text, width="stretch")


def _show_take_back(view: VisitView) -> None:
    with st.expander(t("Take this visit back"), icon=":material/undo:", key="visit_take_back"):
        if view.voucher is not None:
            st.markdown(f":small[:gray[{t('The voucher that paid for it is corrected by a second entry.')}]]")
        st.text_input(t("Why"), max_chars=200, help=t("Name nobody in it."), key=f"{FORM_PREFIX}reason")
        offer(Act.RECORD_CARE, t("Take back"), icon=":material/undo:", key="go_take_back", on_click=_take_back, args=(view.id,))


def _edit(visit_id: int) -> None:
    open_visit_edit(visit_id)
    st.rerun()


def _take_back(visit_id: int) -> None:
    today = clock.today()
    stamp: dict[str, Any] = {"booked_on": today, "today": today, "who": acting_who(), "now_utc": clock.now_utc()}
    if action(lambda session: care.take_back_visit(session, visit_id, reason=typed("reason"), **stamp), done=in_bin(t("Taken back."))).ok:
        leave_drawer()
