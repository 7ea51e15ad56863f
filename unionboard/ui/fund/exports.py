"""What leaves the books: one menu, each file made when it is asked for (the button turns while it is made)."""

from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import NamedTuple

import streamlit as st

from unionboard import clock, db
from unionboard.models import TemplateKind
from unionboard.services import fund_items, ledger
from unionboard.services.audit_folder import gather_audit, read_paper
from unionboard.services.covering import Cover
from unionboard.services.evidence_store import evidence_place
from unionboard.services.exports import Export
from unionboard.services.fund_report import FundReport, gather_report
from unionboard.ui.downloads import may_export, offer_file
from unionboard.ui.fund.care_register import write_care_register
from unionboard.ui.papers.words import link_paper
from unionboard.ui.text import language, t
from unionboard.writing.audit_folder import write_audit_folder
from unionboard.writing.budget_xlsx import write_budget_xlsx
from unionboard.writing.fund_books import write_books
from unionboard.writing.fund_report_docx import write_fund_report
from unionboard.writing.fund_words import FundWords

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"


def show_exports(year: int) -> None:
    """The menu, whose files are only named when it is opened. Only for a book that has something in it."""
    if not may_export():
        return
    menu = st.popover(t("Export"), icon=":material/download:", key="fund_exports", on_change="rerun")
    if not menu.open:
        return
    with menu:
        for paper in _list_papers(year):
            _offer(year, paper)
        st.markdown(f":small[:gray[{t('No recipient is named in any of these files.')}]]")
        link_paper(TemplateKind.DISCLOSURE, t("Dues and funds made known"))
        if may_export(names=True):
            st.divider()
            for paper in _list_naming(year):
                _offer(year, paper, names=True)


class _Paper(NamedTuple):
    """A file of a year's books. ``make`` is called outside the session, hence with the language."""

    what: Export
    make: Callable[[int, str], bytes]
    label: str
    icon: str
    file_name: str
    mime: str


def _list_papers(year: int) -> list[_Paper]:
    """Those that name nobody."""
    ledger, budget = t("fund-ledger-{year}.xlsx", year=year), t("fund-budget-{year}.xlsx", year=year)
    report, care = t("fund-report-{year}.docx", year=year), t("care-register-{year}.xlsx", year=year)
    folder = t("audit-folder-{year}.zip", year=year)
    return [
        _Paper(Export.LEDGER, _write_ledger, t("Ledger (Excel)"), ":material/receipt_long:", ledger, XLSX),
        _Paper(Export.BUDGET, _write_budget, t("Budget table (Excel)"), ":material/table_view:", budget, XLSX),
        _Paper(Export.FUND_REPORT, _write_report, t("Year-end report (Word)"), ":material/description:", report, DOCX),
        _Paper(Export.CARE_REGISTER, write_care_register, t("Care register (Excel)"), ":material/redeem:", care, XLSX),
        _Paper(Export.AUDIT_FOLDER, _write_folder, t("Audit folder (zip)"), ":material/folder_zip:", folder, ZIP),
    ]


def _list_naming(year: int) -> list[_Paper]:
    """Those that name people, for whoever has unlocked personal fields."""
    register = partial(write_care_register, with_names=True)
    folder = partial(_write_folder, with_names=True)
    care, audit = t("care-register-{year}-with-names.xlsx", year=year), t("audit-folder-{year}-with-names.zip", year=year)
    return [
        _Paper(Export.CARE_REGISTER, register, t("Care register with names"), ":material/lock_open:", care, XLSX),
        _Paper(Export.AUDIT_FOLDER, folder, t("Audit folder with the papers that name people"), ":material/lock_open:", audit, ZIP),
    ]


def _offer(year: int, paper: _Paper, *, names: bool = False) -> None:
    offer_file(
        paper.label,
        partial(paper.make, year, language()),
        what=paper.what,
        names=names,
        file_name=paper.file_name,
        mime=paper.mime,
        icon=paper.icon,
        type="tertiary",
        key=f"export_{paper.what.value}{'_names' if names else ''}",
    )


def _write_ledger(year: int, spoken: str) -> bytes:
    with db.reading() as session:
        cover = Cover(session, language=spoken)
        report = cover.report(gather_report(session, year, as_of=clock.today()))
        entries = cover.entries(ledger.list_entries(session, year, as_of=report.as_of))
        items = fund_items.list_items(session, with_hidden=True)
    return write_books(report, entries, items, FundWords(spoken))


def _write_budget(year: int, spoken: str) -> bytes:
    return write_budget_xlsx(_read_report(year, spoken), FundWords(spoken))


def _write_report(year: int, spoken: str) -> bytes:
    return write_fund_report(_read_report(year, spoken), FundWords(spoken))


def _read_report(year: int, spoken: str) -> FundReport:
    with db.reading() as session:
        return Cover(session, language=spoken).report(gather_report(session, year, as_of=clock.today()))


def _write_folder(year: int, spoken: str, *, with_names: bool = False) -> bytes:
    with db.reading() as session:
        facts = gather_audit(session, year, as_of=clock.today(), language=spoken, with_names=with_names)
    buffer = BytesIO()
    write_audit_folder(facts, buffer, language=spoken, read_file=partial(read_paper, folder=evidence_place()))
    return buffer.getvalue()
