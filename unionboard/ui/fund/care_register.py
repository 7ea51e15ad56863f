"""The register of care visits for Excel, without a name unless one asks for it while personal fields are open."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from unionboard import db
from unionboard.services import care, private_names
from unionboard.services.care import VisitCount, VisitView
from unionboard.services.exports import Export
from unionboard.services.unions import find_union
from unionboard.ui.downloads import offer_file
from unionboard.ui.fund.words import voucher_text
from unionboard.ui.text import language, named, speak, t
from unionboard.writing.visits_xlsx import CountRow, VisitRegister, VisitRow, write_visits_xlsx

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer_register(year: int) -> None:
    """Buttons that save the register of a year; the one with names while personal fields are open."""
    offer_file(
        t("Care register"),
        partial(write_care_register, year, language()),
        what=Export.CARE_REGISTER,
        file_name=t("care-register-{year}.xlsx", year=year),
        mime=_XLSX,
        type="tertiary",
        icon=":material/download:",
        key="export_care",
    )
    offer_file(
        t("Care register with names"),
        partial(write_care_register, year, language(), with_names=True),
        what=Export.CARE_REGISTER,
        names=True,
        file_name=t("care-register-{year}-with-names.xlsx", year=year),
        mime=_XLSX,
        type="tertiary",
        icon=":material/lock_open:",
        key="export_care_names",
    )


def write_care_register(year: int, spoken: str, *, with_names: bool = False) -> bytes:
    """The workbook of a year's visits, as they may be shown or ``with_names``; called outside the session, hence the language."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    with db.reading() as session:
        union = find_union(session)
        visits = care.list_visits(session, first=first, last=last, merge_small=not with_names)
        counts = care.count_visits(session, first=first, last=last, merge_small=not with_names)
        names = private_names.list_names(session, [visit.id for visit in visits]) if with_names else None
    with speak(spoken):
        return write_visits_xlsx(_build(union.name if union else "", year, visits, counts, names))


def _build(union: str, year: int, visits: list[VisitView], counts: list[VisitCount], names: Mapping[int, str] | None) -> VisitRegister:
    return VisitRegister(
        title=t("{union}: care register {year}", union=union, year=year) if union else t("Care register {year}", year=year),
        period=t("Names are left out; occasions with fewer than {n} cases are counted together.", n=care.SMALL_COUNT)
        if names is None
        else t("With names: for the chair and the treasurer only. Keep it locked away."),
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
        rows=[_write_visit(visit, names) for visit in reversed(visits)],
        total=t("Total"),
        count_sheet=t("By occasion"),
        count_title=t("Visits by occasion"),
        count_headings=(t("Occasion"), t("Visits"), t("Person-times"), t("Sum (yuan)")),
        counts=[CountRow(named(count), count.visits, count.people, count.amount_fen) for count in counts],
    )


def _write_visit(visit: VisitView, names: Mapping[int, str] | None) -> VisitRow:
    return VisitRow(
        number=visit.id,
        visited_on=visit.visited_on,
        person=names.get(visit.id, "") if names is not None else t("kept, not shown") if visit.is_named else "",
        occasion=named(visit),
        people=visit.people,
        amount_fen=visit.amount_fen,
        goods=visit.goods,
        visitors=visit.visitors,
        paper=t("seen") if visit.paper_seen else "",
        books=t("not booked") if visit.is_open else voucher_text(visit.voucher) if visit.voucher is not None else "",
    )
