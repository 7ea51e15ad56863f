"""The annexes of the summary as tables, in one language: activities by month, joined events, fund, care, and what each sentence rests on.

Source: domain notes E1 (tables of real summaries), F (columns of usual forms).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from unionboard.drafting.figures import Source
from unionboard.money import format_fen
from unionboard.services.summary_annexes import ActivityRow, FundRow, RecordLabel, SummaryAnnexes
from unionboard.writing.docx_table import Band, Row
from unionboard.writing.figure_words import join_ids, noun_name
from unionboard.writing.fund_words import NOTHING, FundWords

_SPELLED_OUT = 6
"""Of more records than this only the numbers are listed."""


@dataclass(frozen=True, slots=True)
class Annex:
    """A table that is attached: ``widths`` of its columns in proportion, ``aligned`` a letter (l, c, r) for each."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...]
    aligned: str


def make_annexes(annexes: SummaryAnnexes, language: str) -> tuple[Annex, ...]:
    """Those that have something to say, in their order."""
    words = FundWords(language)
    made = (
        _activities(annexes, words) if annexes.activities else None,
        _joined(annexes, words) if annexes.joined else None,
        _fund(annexes, words) if annexes.income or annexes.spending else None,
        _care(annexes, words) if annexes.care or annexes.handouts else None,
        _sources(annexes, words) if annexes.sentences else None,
    )
    return tuple(annex for annex in made if annex is not None)


def label_of(number: int, count: int, language: str) -> str:
    """附件1 in the corner of an annex; one alone has no number."""
    label = FundWords(language).t("Annex")
    space = " " if language == "en" else ""
    return f"{label}{space}{number}" if count > 1 else label


def _activities(annexes: SummaryAnnexes, words: FundWords) -> Annex:
    """By month, with the month's times and person-times above them."""
    rows: list[Row] = []
    numbered = enumerate(annexes.activities, start=1)
    for month, group in groupby(numbered, key=lambda pair: (pair[1].done_on.year, pair[1].done_on.month)):
        held = list(group)
        rows.append(Band(_tell_month(month, [row for _, row in held], words)))
        rows += [_activity_row(number, row, words) for number, row in held]
    headings = (words.t("No."), words.t("Day"), words.t("Activity"), words.t("Person-times"), words.t("Result and awards"))
    return Annex(words.t("Activities by month"), headings, tuple(rows), (6, 11, 22, 8, 23), "cclcl")


def _tell_month(month: tuple[int, int], rows: Sequence[ActivityRow], words: FundWords) -> str:
    year, number = month
    name, people = words.t("{month} {year}", month=words.month(number), year=year), sum(row.person_times for row in rows)
    if not people:
        return words.t("{month} ({n} held)", month=name, n=len(rows))
    return words.t("{month} ({n} held, {people} person-times)", month=name, n=len(rows), people=people)


def _joined(annexes: SummaryAnnexes, words: FundWords) -> Annex:
    rows = tuple(_activity_row(number, row, words) for number, row in enumerate(annexes.joined, start=1))
    headings = (words.t("No."), words.t("Day"), words.t("Activity"), words.t("Person-times"), words.t("Result and awards"))
    return Annex(words.t("Activities of superior bodies we joined"), headings, rows, (6, 11, 22, 8, 23), "cclcl")


def _activity_row(number: int, row: ActivityRow, words: FundWords) -> tuple[str, ...]:
    told = words.t("; ").join(text.strip().rstrip("。；;.") for text in (row.result, row.award) if text.strip())
    return str(number), _days(row.done_on, row.done_to, words), row.title, str(row.person_times or NOTHING), told or NOTHING


def _days(first: date, last: date | None, words: FundWords) -> str:
    if last is None or last == first:
        return words.short_day(first)
    if words.language != "en" and (first.year, first.month) == (last.year, last.month):
        return f"{words.short_day(first)}—{last.day}日"
    return f"{words.short_day(first)}—{words.short_day(last)}"


def _fund(annexes: SummaryAnnexes, words: FundWords) -> Annex:
    """Income, spending and what is left, with each item's share and how much of its budget was spent."""
    rows: list[Row] = []
    for heading, total, lines, sum_fen in (
        (words.t("Income"), words.t("Total income"), annexes.income, annexes.income_fen),
        (words.t("Spending"), words.t("Total spending"), annexes.spending, annexes.spending_fen),
    ):
        if lines:
            budget_fen = sum(line.budget_fen for line in lines)
            rows += [Band(heading), *(_fund_row(line, sum_fen, words) for line in lines)]
            rows.append(_fund_row(FundRow(total, budget_fen, sum_fen), sum_fen, words))
    if annexes.opening_fen:
        rows.append((words.t("Carried over"), NOTHING, _yuan(annexes.opening_fen), NOTHING, NOTHING))
    rows.append((words.t("Left"), NOTHING, _yuan(annexes.balance_fen), NOTHING, NOTHING))
    headings = (words.t("Item"), words.t("Budget (yuan)"), words.t("Booked (yuan)"), words.t("Share of the total"), words.t("Rate"))
    return Annex(words.t("Income and spending of the fund"), headings, tuple(rows), (20, 14, 14, 11, 11), "lrrrr")


def _fund_row(line: FundRow, total_fen: int, words: FundWords) -> tuple[str, ...]:
    budget = _yuan(line.budget_fen) if line.budget_fen else NOTHING
    return line.name, budget, _yuan(line.booked_fen), words.share(line.booked_fen, total_fen), words.share(line.booked_fen, line.budget_fen)


def _care(annexes: SummaryAnnexes, words: FundWords) -> Annex:
    """Visits by occasion, then hand-outs as heads × value."""
    rows: list[Row] = []
    if annexes.care:
        rows.append(Band(words.t("Care visits")))
        rows += [(row.name, str(row.visits), str(row.person_times), NOTHING, _sum(row.amount_fen)) for row in annexes.care]
        visits, people = sum(row.visits for row in annexes.care), sum(row.person_times for row in annexes.care)
        rows.append((words.t("Total"), str(visits), str(people), NOTHING, _sum(annexes.care_fen)))
    if annexes.handouts:
        rows.append(Band(words.t("Hand-outs")))
        rows += [
            (row.title, words.short_day(row.handed_on), str(row.heads), _yuan(row.unit_fen), _yuan(row.amount_fen))
            for row in annexes.handouts
        ]
    headings = (
        words.t("Occasion or hand-out"),
        words.t("Times or day"),
        words.t("Person-times"),
        words.t("Value a head (yuan)"),
        words.t("Sum (yuan)"),
    )
    return Annex(words.t("Care visits and hand-outs"), headings, tuple(rows), (22, 15, 9, 12, 12), "lccrr")


def _sources(annexes: SummaryAnnexes, words: FundWords) -> Annex:
    """Every sentence with the records behind it, below the headings of the text."""
    rows: list[Row] = []
    number = 0
    for heading, group in groupby(annexes.sentences, key=lambda row: row.heading):
        if heading:
            rows.append(Band(heading))
        for row in group:
            number += 1
            written = [words.t("Written by hand")] if row.is_own else []
            rows.append((str(number), row.text, "\n".join([*written, *_tell_records(row.sources, annexes.labels, words)])))
    headings = (words.t("No."), words.t("Sentence"), words.t("Records"))
    return Annex(words.t("What the sentences rest on"), headings, tuple(rows), (6, 32, 32), "cll")


def _tell_records(sources: Sequence[Source], labels: dict[Source, RecordLabel], words: FundWords) -> Iterator[str]:
    """A line for each kind of record: a few by day and title or voucher, many by number."""
    by_noun: dict[str, list[Source]] = {}
    for source in sources:
        by_noun.setdefault(source.noun, []).append(source)
    colon = words.t(": ")
    for noun, group in by_noun.items():
        vouchers = [label.voucher for source in group if (label := labels.get(source)) and label.voucher is not None]
        titled = [_titled(labels[source], words) for source in group if source in labels and labels[source].title]
        if len(vouchers) == len(group):
            told = words.t("vouchers {numbers}", numbers=words.t(", ").join(join_ids(vouchers)))
        elif len(titled) == len(group) <= _SPELLED_OUT:
            told = words.t("; ").join(titled)
        else:
            told = words.t("{n} ({numbers})", n=len(group), numbers=words.t(", ").join(join_ids(source.id for source in group)))
        yield f"{noun_name(noun, words.language)}{colon}{told}"


def _titled(label: RecordLabel, words: FundWords) -> str:
    return f"{words.short_day(label.on)} {label.title}" if label.on else label.title


def _yuan(amount_fen: int) -> str:
    return format_fen(amount_fen, symbol="")


def _sum(amount_fen: int | None) -> str:
    return _yuan(amount_fen) if amount_fen else NOTHING
