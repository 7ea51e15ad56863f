"""The year-end report of the fund as a Word file (经费收支决算报告), ready for the audit committee's words and signatures.

Source: report lines of domain notes C6; the page, E6.
"""

from collections.abc import Iterator, Sequence
from itertools import count

from unionboard.drafting.document import Level, number_heading
from unionboard.money import format_fen
from unionboard.services.fund_report import FundReport, ReportLine
from unionboard.writing.document import Paper
from unionboard.writing.fund_words import NOTHING, FundWords
from unionboard.writing.package import settle_package

_ITEM_WIDTHS = (20, 13, 13, 10, 10)
_CARE_WIDTHS = (18, 8, 10, 12)
_HANDOUT_WIDTHS = (20, 14, 8, 12, 8)


def write_fund_report(report: FundReport, words: FundWords) -> bytes:
    """The .docx in the language of ``words``; the same report gives the same bytes."""
    paper, numbers = Paper(words.language), count(1)
    title = words.t("Report on the fund’s income and spending {year}", year=report.year)
    paper.add_title(f"{report.union}\n{title}" if report.union else title)
    paper.add_paragraph(_lead(report, words))
    _head(paper, numbers, words.t("The year’s income"), words)
    paper.add_paragraph(
        _tell_sums(words.t("Income of the year: {total} yuan in all", total=_yuan(report.income_fen)), report.income, words)
    )
    _add_items(paper, report.income, words.t("Total income"), words)
    _head(paper, numbers, words.t("The year’s spending"), words)
    paper.add_paragraph(
        _tell_sums(words.t("Spending of the year: {total} yuan in all", total=_yuan(report.spending_fen)), report.spending, words)
    )
    _add_items(paper, report.spending, words.t("Total spending"), words)
    _head(paper, numbers, words.t("What is left"), words)
    paper.add_paragraph(_tell_balance(report, words))
    _head(paper, numbers, words.t("How the budget was carried out"), words)
    for text in _tell_execution(report, words):
        paper.add_paragraph(text)
    if report.care or report.handouts:
        _head(paper, numbers, words.t("Care and hand-outs"), words)
        _add_care(paper, report, words)
    _head(paper, numbers, words.t("Opinion of the audit committee"), words)
    for _ in range(3):
        paper.add_paragraph("")
    signed = (words.t("Audit committee (signature)"), words.t("Chair (signature)"), words.t("Treasurer (signature)"))
    paper.add_table(signed, [("", "", "")], (1, 1, 1), row_pt=36, keep_with_next=True)
    paper.add_signature((report.union, words.day(report.as_of)) if report.union else (words.day(report.as_of),))
    content = paper.to_bytes(title=title, author=report.union, as_of=report.as_of)
    return settle_package(content, as_of=report.as_of)


def _yuan(amount_fen: int) -> str:
    return format_fen(amount_fen, symbol="")


def _head(paper: Paper, numbers: Iterator[int], heading: str, words: FundWords) -> None:
    paper.add_paragraph(number_heading(next(numbers), heading, language=words.language), Level.FIRST)


def _lead(report: FundReport, words: FundWords) -> str:
    first, last = words.day(report.as_of.replace(year=report.year, month=1, day=1)), words.day(report.as_of)
    if report.is_whole_year:
        return words.t("The fund’s income and spending from {first} to {last} were as follows.", first=first, last=last)
    return words.t("The fund’s income and spending from {first} to {last} are as follows; the year is not over.", first=first, last=last)


def _tell_sums(opening: str, lines: Sequence[ReportLine], words: FundWords) -> str:
    """The sum, then the largest items with their share."""
    total = sum(line.booked_fen for line in lines)
    booked = sorted((line for line in lines if line.booked_fen > 0), key=lambda line: -line.booked_fen)[:3]
    told = [
        words.t(
            "{item} {amount} yuan ({share})",
            item=words.named(line.item),
            amount=_yuan(line.booked_fen),
            share=words.share(line.booked_fen, total),
        )
        for line in booked
    ]
    return (
        words.t("{opening}, most of it: {parts}.", opening=opening, parts=words.t(", ").join(told))
        if told
        else words.t("{text}.", text=opening)
    )


def _add_items(paper: Paper, lines: Sequence[ReportLine], total: str, words: FundWords) -> None:
    """Item, budget, booked, its share of the total, and how much of the budget that is."""
    booked, budget = sum(line.booked_fen for line in lines), sum(line.budget_fen for line in lines)
    rows = [
        _row(words.named(line.item), line.budget_fen, line.booked_fen, booked, words)
        for line in lines
        if line.budget_fen or line.booked_fen
    ]
    headings = (words.t("Item"), words.t("Budget (yuan)"), words.t("Booked (yuan)"), words.t("Share of the total"), words.t("Rate"))
    paper.add_table(headings, [*rows, _row(total, budget, booked, booked, words)], _ITEM_WIDTHS)


def _row(name: str, budget_fen: int, booked_fen: int, total_fen: int, words: FundWords) -> tuple[str, ...]:
    budget = _yuan(budget_fen) if budget_fen else NOTHING
    return name, budget, _yuan(booked_fen), words.share(booked_fen, total_fen), words.share(booked_fen, max(budget_fen, 0))


def _tell_balance(report: FundReport, words: FundWords) -> str:
    sums = {
        "opening": _yuan(report.opening_fen),
        "income": _yuan(report.income_fen),
        "spending": _yuan(report.spending_fen),
        "left": _yuan(report.balance_fen),
    }
    text = words.t("Carried over {opening} yuan + income {income} yuan − spending {spending} yuan = {left} yuan left.", **sums)
    if report.bank_fen is None:
        return text
    if report.bank_fen == report.balance_fen:
        return text + words.t(" The bank’s statement shows the same.")
    told = words.t(" The bank’s statement shows {bank} yuan.", bank=_yuan(report.bank_fen))
    return text + told + (words.t(" Remark: {note}", note=report.note) if report.note else "")


def _tell_execution(report: FundReport, words: FundWords) -> Iterator[str]:
    income = sum(line.budget_fen for line in report.income)
    spending = sum(line.budget_fen for line in report.spending)
    if not (income or spending):
        yield words.t("There is no budget for this year.")
        return
    if report.adopted_on is not None:
        facts = {"day": words.day(report.adopted_on), "resolution": report.resolution}
        told = words.t("The budget was adopted on {day} ({resolution}).", **facts)
        yield told if report.resolution else words.t("The budget was adopted on {day}.", **facts)
    for row in report.amendments:
        yield words.t(
            "Amendment {number}, adopted on {day}: {changes} yuan, because: {reason}.",
            number=row.number,
            day=words.day(row.adopted_on),
            changes=words.tell_changes(row),
            reason=row.reason,
        )
    yield words.t(
        "Income {income_share} of what was budgeted, spending {spending_share}.",
        income_share=words.share(report.income_fen, income),
        spending_share=words.share(report.spending_fen, spending),
    )
    for line in report.spending:
        if 0 < line.budget_fen < line.booked_fen:
            over = _yuan(line.booked_fen - line.budget_fen)
            yield words.t("{item} is {amount} yuan over its budget.", item=words.named(line.item), amount=over)
        elif line.booked_fen > 0 and not line.budget_fen:
            yield words.t("{item} has no budget; {amount} yuan were spent.", item=words.named(line.item), amount=_yuan(line.booked_fen))


def _add_care(paper: Paper, report: FundReport, words: FundWords) -> None:
    if report.care:
        visits, people = sum(line.visits for line in report.care), sum(line.people for line in report.care)
        paper.add_paragraph(words.t("Care visits: {visits} times, {people} person-times.", visits=visits, people=people))
        rows = [
            (words.named(line), str(line.visits), str(line.people), _yuan(line.amount_fen) if line.amount_fen else NOTHING)
            for line in report.care
        ]
        headings = (words.t("Occasion"), words.t("Visits"), words.t("Person-times"), words.t("Sum (yuan)"))
        paper.add_table(headings, rows, _CARE_WIDTHS)
    if report.handouts:
        paper.add_paragraph(words.t("Hand-outs to members, each with a signed list:"))
        rows5 = [
            (
                one.title,
                words.short_day(one.handed_on),
                str(one.heads),
                _yuan(one.amount_fen),
                NOTHING if one.signed is None else str(one.signed),
            )
            for one in report.handouts
        ]
        headings5 = (words.t("Hand-out"), words.t("Day"), words.t("Heads"), words.t("Sum (yuan)"), words.t("Signed"))
        paper.add_table(headings5, rows5, _HANDOUT_WIDTHS)
