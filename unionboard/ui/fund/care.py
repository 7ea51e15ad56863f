"""The view "care": visits counted by occasion, hand-outs, and what waits for its entry. Nobody's name stands here unasked.

Source: domain notes D1, D2.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from unionboard import db
from unionboard.models import ClaimState
from unionboard.money import format_fen
from unionboard.services import care, handouts
from unionboard.services.care import VisitCount, VisitView
from unionboard.services.handouts import HandoutView
from unionboard.services.occasions import Occasion, list_occasions
from unionboard.services.permissions import Act
from unionboard.ui.components.record_table import Column, show_record_table
from unionboard.ui.drawers import open_drawer
from unionboard.ui.fund.care_facts import show_visit
from unionboard.ui.fund.care_forget import open_forgetting, show_forget_form
from unionboard.ui.fund.care_form import open_visit, show_visit_form
from unionboard.ui.fund.care_names import show_lock, shown_names, tell_last_look
from unionboard.ui.fund.care_posting import open_posting, show_posting_form
from unionboard.ui.fund.care_register import offer_register
from unionboard.ui.fund.handout_form import open_handout_form, show_handout_form
from unionboard.ui.fund.handouts import show_handout
from unionboard.ui.fund.occasions import open_occasions, show_occasion_form
from unionboard.ui.fund.words import voucher_text
from unionboard.ui.offers import offer
from unionboard.ui.text import named, short_date, t, tn
from unionboard.ui.trash import show_bin_link

FEW_ROWS = 15
_ALL = "care_all_visits"


def show_care_view(year: int) -> None:
    """All about care in a year: what may be told to everybody, and the ways to record, post, print and export."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    with db.reading() as session:
        counts = care.count_visits(session, first=first, last=last)
        names = shown_names()
        visits = care.list_visits(session, first=first, last=last, merge_small=names is None)
        given = handouts.list_handouts(session, first=first, last=last)
        occasions = list_occasions(session)
    _show_head(year, visits)
    if not visits and not given:
        _show_nothing()
        return
    left, right = st.columns([0.42, 0.58])
    with left:
        _show_counts(counts)
        _show_handouts(given)
    with right:
        _show_visits(visits, names, occasions, year)
    show_bin_link("care_bin")


def care_drawers(year: int) -> dict[str, tuple[str, Callable[[int | None], None]]]:
    """The drawers of this view by name, for ``drawer.show_drawer``."""
    return {
        "visit": (t("Record a care visit"), show_visit_form),
        "visit_facts": (t("Care visit"), show_visit),
        "visit_edit": (t("Change a care visit"), show_visit_form),
        "care_posting": (t("Book care visits"), lambda _: show_posting_form(year)),
        "care_forget": (t("Erase names of earlier years"), show_forget_form),
        "handout": (t("Hand-out"), show_handout),
        "handout_form": (t("Plan a hand-out"), show_handout_form),
        "occasions": (t("Occasions of care"), show_occasion_form),
    }


def _show_head(year: int, visits: Sequence[VisitView]) -> None:
    """What may be done."""
    waiting = [visit for visit in visits if visit.is_open]
    with st.container(horizontal=True, vertical_alignment="center", key="care_head"):
        st.markdown(f"**{t('Care {year}', year=year)}**", width="content")
        if waiting:
            told = tn("{n} visit not booked yet", "{n} visits not booked yet", len(waiting))
            offer(
                (Act.KEEP_BOOKS, Act.HAND_IN_CLAIM),
                told,
                type="tertiary",
                icon=":material/pending_actions:",
                key="open_posting",
                on_click=open_posting,
                args=(year,),
            )
        st.space("stretch")
        offer(
            Act.SET_FUND_RULES, t("Occasions"), type="tertiary", icon=":material/category:", key="open_occasions", on_click=open_occasions
        )
        if visits:
            offer_register(year)
        offer(Act.KEEP_BOOKS, t("Plan a hand-out"), icon=":material/redeem:", key="open_handout", on_click=open_handout_form)
        offer(Act.RECORD_CARE, t("Record a visit"), icon=":material/add:", key="open_visit", on_click=open_visit)


def _show_nothing() -> None:
    with st.container(border=True):
        st.markdown(f"**{t('No care visit and no hand-out yet.')}**")
        st.markdown(
            t(
                "Here visits will stand by occasion, without names, beside festival hand-outs with their lists to sign. "
                "Begin by recording a visit; occasions and must-visit marks can be changed at any time."
            )
        )


def _show_counts(counts: Sequence[VisitCount]) -> None:
    if not counts:
        return
    rows = [
        {
            "occasion": named(count),
            "visits": str(count.visits),
            "people": str(count.people),
            "sum": _tell_sum(count.amount_fen),
            "marks": [{"word": t("must-visit"), "tone": "blue"}] if count.must_visit else [],
        }
        for count in counts
    ]
    columns = (
        Column("occasion", t("Occasion"), "main"),
        Column("visits", t("Visits"), "number"),
        Column("people", t("Person-times"), "number"),
        Column("sum", t("Sum"), "sum"),
    )
    known = [count.amount_fen for count in counts if count.amount_fen is not None]
    sums = {
        "occasion": t("Total"),
        "visits": str(sum(count.visits for count in counts)),
        "people": str(sum(count.people for count in counts)),
        "sum": _tell_sum(sum(known) if len(known) == len(counts) else None),
    }
    with st.container(border=True, key="care_counts_card"):
        st.markdown(f":material/favorite: **{t('Visits by occasion')}**")
        show_record_table("care_counts", columns, rows, caption=t("Visits by occasion"), sums=sums)
        told = t("Occasions with fewer than {n} cases are counted together, so that nobody is recognised.", n=care.SMALL_COUNT)
        st.markdown(f":small[:gray[{told}]]")


def _tell_sum(amount_fen: int | None) -> str:
    """A sum; one of too few cases is kept back."""
    if amount_fen is None:
        return t("not told")
    return format_fen(amount_fen, decimals=False) if amount_fen else "—"


def _show_handouts(given: Sequence[HandoutView]) -> None:
    with st.container(border=True, key="care_handouts_card"):
        total = format_fen(sum(handout.total_fen for handout in given), decimals=False)
        st.markdown(f":material/redeem: **{t('Hand-outs')}**" + (f"　:gray[{total}]" if given else ""))
        if not given:
            st.markdown(f":gray[{t('Festival gifts for many: heads × value, with a list to sign.')}]")
            return
        columns = (
            Column("title", t("What"), "main"),
            Column("day", t("Date"), "day"),
            Column("heads", t("Heads × value"), "number"),
            Column("signed", t("Signed"), "number"),
            Column("sum", t("Sum"), "sum"),
        )
        rows = [_write_handout(handout) for handout in given]
        show_record_table("care_handouts", columns, rows, caption=t("Hand-outs"), on_open=lambda id_: open_drawer("handout", id_))


def _write_handout(handout: HandoutView) -> dict[str, Any]:
    return {
        "id": handout.id,
        "title": handout.title,
        "day": short_date(handout.handed_on),
        "heads": f"{handout.heads} × {format_fen(handout.unit_fen, decimals=bool(handout.unit_fen % 100))}",
        "signed": "" if handout.signed is None else f"{handout.signed} / {handout.heads}",
        "sum": format_fen(handout.total_fen, decimals=False),
        "marks": [{"word": tell_books(handout), "tone": "orange" if handout.is_open else "gray"}],
    }


def tell_books(row: VisitView | HandoutView) -> str:
    """Where the money of a visit or hand-out stands: 未入账, 凭证 012, 申请中."""
    if row.voucher is not None:
        return t("voucher {voucher}", voucher=voucher_text(row.voucher))
    if row.is_open:
        return t("not booked")
    if row.claim_state is not None and row.claim_state not in (ClaimState.WITHDRAWN, ClaimState.REVERSED):
        return t("claimed")
    return ""


def _show_visits(visits: Sequence[VisitView], names: Mapping[int, str] | None, occasions: Mapping[str, Occasion], year: int) -> None:
    with st.container(border=True, key="care_visits_card"):
        with st.container(horizontal=True, vertical_alignment="center", key="care_visits_head"):
            st.markdown(f":material/volunteer_activism: **{t('Visits one by one')}**　:gray[{len(visits)}]", width="content")
            st.space("stretch")
            if visits:
                show_lock([visit.id for visit in visits])
        if not visits:
            st.markdown(f":gray[{t('No visit has been recorded yet.')}]")
            return
        columns = [
            Column("day", t("Date"), "day"),
            Column("occasion", t("Occasion"), "main"),
            *([Column("name", t("Whom"), "day")] if names is not None else []),
            Column("people", t("Persons"), "number"),
            Column("paper", t("Proof"), "quiet"),
            Column("books", t("Books"), "quiet"),
            *([Column("sum", t("Amount"), "sum")] if names is not None else []),
        ]
        is_all = bool(st.session_state.get(_ALL))
        shown = visits if is_all else visits[:FEW_ROWS]
        rows = [_write_visit(visit, names, occasions) for visit in shown]
        show_record_table("care_visits", columns, rows, caption=t("Visits"), on_open=lambda id_: open_drawer("visit_facts", id_))
        if len(visits) > FEW_ROWS:
            st.toggle(t("Show all {n}", n=len(visits)), key=_ALL)
        if names is not None:
            label = t("Erase names of earlier years")
            offer(
                Act.SEE_NAMES,
                label,
                type="tertiary",
                icon=":material/ink_eraser:",
                key="open_forget",
                on_click=open_forgetting,
                args=(year,),
            )
        tell_last_look()


def _write_visit(visit: VisitView, names: Mapping[int, str] | None, occasions: Mapping[str, Occasion]) -> dict[str, Any]:
    told = {
        "id": visit.id,
        "occasion": named(occasions[visit.kind]),
        "day": short_date(visit.visited_on),
        "people": str(visit.people),
        "paper": t("seen") if visit.paper_seen else "",
        "books": tell_books(visit),
    }
    if names is None:  # the browser gets no more than is shown
        return told
    return {**told, "name": names.get(visit.id, ""), "sum": format_fen(visit.amount_fen) if visit.amount_fen else ""}
