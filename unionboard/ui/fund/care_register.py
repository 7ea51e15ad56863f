"""The register of care visits for Excel, without a name, made when it is asked for."""

from datetime import date
from functools import partial

import streamlit as st

from unionboard import db
from unionboard.services import care
from unionboard.services.care import VisitCount, VisitView
from unionboard.services.unions import find_union
from unionboard.ui.fund.words import voucher_text
from unionboard.ui.text import language, named, speak, t
from unionboard.writing.visits_xlsx import CountRow, VisitRegister, VisitRow, write_visits_xlsx

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer_register(year: int) -> None:
    """A button that saves the register of a year."""
    st.download_button(
        t("Care register"),
        partial(write_care_register, year, language()),
        file_name=t("care-register-{year}.xlsx", year=year),
        mime=_XLSX,
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
        key="export_care",
    )


def write_care_register(year: int, spoken: str) -> bytes:
    """The workbook of a year's visits as they may be shown; called outside the session, hence the language."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    with db.reading() as session:
        union = find_union(session)
        visits = care.list_visits(session, first=first, last=last)
        counts = care.count_visits(session, first=first, last=last)
    with speak(spoken):
        return write_visits_xlsx(_build(union.name if union else "", year, visits, counts))


def _build(union: str, year: int, visits: list[VisitView], counts: list[VisitCount]) -> VisitRegister:
    return VisitRegister(
        title=t("{union}: care register {year}", union=union, year=year) if union else t("Care register {year}", year=year),
        period=t("Names are left out; occasions with fewer than {n} cases are counted together.", n=care.SMALL_COUNT),
        sheet=t("Care visits"),
        headings=(
            t("No."),
            t("Date"),
            t("Whom"),
            t("Occasion"),
            t("Persons"),
            t("Amount (yuan)"),
            t("Gifts"),
            t("Who went"),
            t("Proof"),
            t("Books"),
        ),
        rows=[_write_visit(visit) for visit in reversed(visits)],
        total=t("Total"),
        count_sheet=t("By occasion"),
        count_title=t("Visits by occasion"),
        count_headings=(t("Occasion"), t("Visits"), t("Person-times"), t("Sum (yuan)")),
        counts=[CountRow(named(count), count.visits, count.people, count.amount_fen) for count in counts],
    )


def _write_visit(visit: VisitView) -> VisitRow:
    return VisitRow(
        number=visit.id,
        visited_on=visit.visited_on,
        person=t("kept, not shown") if visit.is_named else "",
        occasion=named(visit),
        people=visit.people,
        amount_fen=visit.amount_fen,
        goods=visit.goods,
        visitors=visit.visitors,
        paper=t("seen") if visit.paper_seen else "",
        books=t("not booked") if visit.is_open else voucher_text(visit.voucher) if visit.voucher is not None else "",
    )
