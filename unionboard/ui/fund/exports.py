"""What leaves the books: one menu, each file made when it is asked for (the button turns while it is made)."""

from collections.abc import Callable
from functools import partial
from io import BytesIO

import streamlit as st

from unionboard import clock, db
from unionboard.config import read_config
from unionboard.services import fund_items, ledger
from unionboard.services.audit_folder import gather_audit, read_paper
from unionboard.services.covering import Cover
from unionboard.services.fund_report import FundReport, gather_report
from unionboard.ui.fund.care_register import write_care_register
from unionboard.ui.text import language, t
from unionboard.writing.audit_folder import write_audit_folder
from unionboard.writing.budget_xlsx import write_budget_xlsx
from unionboard.writing.fund_books import write_books
from unionboard.writing.fund_report_docx import write_fund_report
from unionboard.writing.fund_words import FundWords

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
Make = Callable[[int, str], bytes]
"""A file of a year's books in a language; called outside the session, hence the language."""


def show_exports(year: int) -> None:
    """The menu. Only for a book that has something in it."""
    with st.popover(t("Export"), icon=":material/download:", key="fund_exports"):
        _offer(year, _write_ledger, t("Ledger (Excel)"), ":material/receipt_long:", t("fund-ledger-{year}.xlsx", year=year), XLSX)
        _offer(year, _write_budget, t("Budget table (Excel)"), ":material/table_view:", t("fund-budget-{year}.xlsx", year=year), XLSX)
        _offer(year, _write_report, t("Year-end report (Word)"), ":material/description:", t("fund-report-{year}.docx", year=year), DOCX)
        _offer(year, write_care_register, t("Care register (Excel)"), ":material/redeem:", t("care-register-{year}.xlsx", year=year), XLSX)
        _offer(year, _write_folder, t("Audit folder (zip)"), ":material/folder_zip:", t("audit-folder-{year}.zip", year=year), ZIP)
        st.markdown(f":small[:gray[{t('No recipient is named in any of these files.')}]]")


def _offer(year: int, make: Make, label: str, icon: str, file_name: str, mime: str) -> None:
    st.download_button(
        label,
        partial(make, year, language()),
        file_name=file_name,
        mime=mime,
        icon=icon,
        type="tertiary",
        on_click="ignore",
        key=f"export_{make.__name__.removeprefix('_')}",
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


def _write_folder(year: int, spoken: str) -> bytes:
    with db.reading() as session:
        facts = gather_audit(session, year, as_of=clock.today(), language=spoken)
    buffer = BytesIO()
    write_audit_folder(facts, buffer, language=spoken, read_file=partial(read_paper, folder=read_config().evidence_dir))
    return buffer.getvalue()
