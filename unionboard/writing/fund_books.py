"""The year's ledger with the budget's execution beside it, out of the books' lines."""

from collections.abc import Mapping, Sequence
from datetime import date

from unionboard.reference import FundItem
from unionboard.services.fund_report import FundReport, ReportLine
from unionboard.services.ledger import EntryView
from unionboard.writing.fund_words import FundWords, voucher_text
from unionboard.writing.ledger_xlsx import ItemRow, LedgerDocument, LedgerRow, write_ledger_xlsx
from unionboard.writing.package import settle_package


def write_books(report: FundReport, entries: Sequence[EntryView], items: Mapping[str, FundItem], words: FundWords) -> bytes:
    """The workbook in the language of ``words``; ``entries`` oldest first, as they may be shown. The same books give the same bytes."""
    return settle_package(write_ledger_xlsx(_make_ledger(report, entries, items, words)), as_of=report.as_of)


def tell_purpose(entry: EntryView, words: FundWords) -> str:
    """What a line is for, with the voucher it corrects or is corrected by (of another year: with the year)."""
    if entry.other_voucher is None:
        return entry.purpose
    voucher = voucher_text(entry.other_voucher)
    if entry.other_year not in (None, entry.year):
        voucher = f"{entry.other_year}-{voucher}"
    if entry.reverses is not None:
        return words.t("Corrects {voucher}: {reason}", voucher=voucher, reason=entry.purpose)
    return words.t("Corrected by {voucher}: {purpose}", voucher=voucher, purpose=entry.purpose)


def _make_ledger(report: FundReport, entries: Sequence[EntryView], items: Mapping[str, FundItem], words: FundWords) -> LedgerDocument:
    first = date(report.year, 1, 1)
    return LedgerDocument(
        title=words.t("{union} income and spending ledger {year}", union=report.union, year=report.year).strip(),
        period=words.t("{first} to {last}, in yuan", first=words.day(first), last=words.day(report.as_of)),
        sheet=words.t("Ledger"),
        headings=(
            words.t("Date"),
            words.t("Voucher"),
            words.t("What for"),
            words.t("Item"),
            words.t("Income"),
            words.t("Spending"),
            words.t("Balance"),
            words.t("Handled by"),
            words.t("Approved by"),
            words.t("Papers"),
            words.t("Remarks"),
        ),
        opening=words.t("Carried over"),
        opening_fen=report.opening_fen,
        rows=[_row(entry, items, words) for entry in entries],
        total=words.t("Total"),
        item_sheet=words.t("Budget"),
        item_title=words.t("{union} budget and its execution {year}", union=report.union, year=report.year).strip(),
        item_headings=(words.t("Item"), words.t("Budget this year"), words.t("Booked this year"), words.t("Share")),
        items=(
            (words.t("Total income"), _item_rows(report.income, words)),
            (words.t("Total spending"), _item_rows(report.spending, words)),
        ),
    )


def _row(entry: EntryView, items: Mapping[str, FundItem], words: FundWords) -> LedgerRow:
    is_income = entry.direction.value == "in"
    return LedgerRow(
        booked_on=entry.booked_on,
        voucher=entry.voucher,
        purpose=tell_purpose(entry, words),
        item=words.named(items[entry.item]),
        in_fen=entry.in_fen if is_income else None,
        out_fen=None if is_income else entry.out_fen,
        balance_fen=entry.balance_fen,
        handler=entry.handler,
        approver=entry.approver,
        papers=entry.papers + entry.paper_count,
        note=" · ".join(part for part in _remarks(entry, words) if part),
    )


def _remarks(entry: EntryView, words: FundWords) -> tuple[str, ...]:
    cashier = words.t("paid out by {name}", name=entry.cashier) if entry.cashier else ""
    one_hand = words.t("in one hand: {reason}", reason=entry.one_hand) if entry.one_hand else ""
    return entry.payee, words.source(entry.source), cashier, one_hand


def _item_rows(lines: Sequence[ReportLine], words: FundWords) -> list[ItemRow]:
    return [ItemRow(words.named(line.item), line.budget_fen, line.booked_fen) for line in lines if line.budget_fen or line.booked_fen]
