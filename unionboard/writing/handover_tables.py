"""A year that is handed over, as tables: what the workbook holds sheet by sheet, and the page shows one below the other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from unionboard.i18n import mark
from unionboard.models import DatePrecision, EvidenceKind
from unionboard.reference import work_areas
from unionboard.services.activities import ActivityView, Record, Status
from unionboard.services.audit_folder import AuditFacts
from unionboard.services.fund_report import ReportLine, share_pct
from unionboard.services.handover import HandedPaper, HandoverFacts
from unionboard.services.meeting_views import DecisionFacts
from unionboard.services.minutes import MinutesFacts
from unionboard.services.periods import Placement
from unionboard.writing.audit_tables import list_amendments, list_changes, list_claims, list_closings, list_findings, list_rules
from unionboard.writing.cells import Value, yuan
from unionboard.writing.fund_books import tell_purpose
from unionboard.writing.fund_words import FundWords, voucher_text
from unionboard.writing.minutes_words import minutes_words
from unionboard.writing.table_xlsx import Table

STATUS_WORDS: Mapping[Status, str] = {
    Status.DONE: mark("Done"),
    Status.PARTLY: mark("Partly done"),
    Status.UNDER_WAY: mark("Under way"),
    Status.COMING: mark("Coming"),
    Status.LATE: mark("Late"),
    Status.POSTPONED: mark("Postponed"),
    Status.CANCELLED: mark("Cancelled"),
    Status.STANDING: mark("Standing"),
}
_EVIDENCE = {
    EvidenceKind.SIGN_IN: mark("Sign-in sheet"),
    EvidenceKind.PHOTO: mark("Photos"),
    EvidenceKind.NOTICE: mark("Notice"),
    EvidenceKind.PLAN: mark("Programme"),
    EvidenceKind.INVOICE: mark("Invoices"),
    EvidenceKind.MINUTES: mark("Minutes"),
    EvidenceKind.BULLETIN: mark("Bulletin"),
    EvidenceKind.OTHER: mark("Other paper"),
}


class Fate(StrEnum):
    """What became of a paper on its way into the package."""

    HERE = "here"
    CHANGED = "changed"  # in the package, but its content is not what was filed
    PRIVATE = "private"
    SEEN = "seen"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Filed:
    """A paper of a check-off or of the books: ``paper_id`` in its table, and where it lies in the package (empty: it does not)."""

    paper_id: int
    fate: Fate
    path: str = ""


Filing = Mapping[int, Filed]
"""By the paper's id."""


def tell_fate(fate: Fate, words: FundWords) -> str:
    """Whether a paper is in the package, and if not, why."""
    told = {
        Fate.HERE: words.t("yes"),
        Fate.CHANGED: words.t("yes, but its content is not what was filed"),
        Fate.PRIVATE: words.t("no: it names people and stays with the union"),
        Fate.SEEN: words.t("no: seen on paper, not copied"),
        Fate.MISSING: words.t("no: the file is missing"),
    }
    return told[fate]


def tell_briefly(fate: Fate, words: FundWords) -> str:
    """Why a paper is not in the package, in a word."""
    told = {Fate.PRIVATE: words.t("left out"), Fate.SEEN: words.t("seen")}
    return told.get(fate, words.t("missing"))


def tell_paper(paper: HandedPaper, words: FundWords) -> str:
    """The kind of a paper, and its name where it has one."""
    kind = words.t(_EVIDENCE[paper.row.kind])
    return kind if paper.is_private or not paper.row.name else f"{kind} · {paper.row.name}"


def tell_time(view: ActivityView, words: FundWords) -> str:
    """The planned time as sure as it was planned."""
    if view.precision is DatePrecision.DAY:
        days = [words.short_day(view.starts_on)] + ([words.short_day(view.ends_on)] if view.ends_on != view.starts_on else [])
        return "–".join(days)
    return minutes_words(words.language).when(Placement(view.starts_on, view.ends_on, view.precision))


def tell_status(view: ActivityView, words: FundWords) -> str:
    """The status, of a duty with how many of its turns were held."""
    status = words.t(STATUS_WORDS[view.status])
    return f"{status} {view.done_count}/{len(view.occurrences)}" if view.occurrences else status


def tell_attendance(record: Record) -> str:
    """86/92: came, of those who should have."""
    came = record.participants if record.participants is not None else record.person_times
    if came is None:
        return ""
    return str(came) if record.eligible is None else f"{came}/{record.eligible}"


def list_held(facts: HandoverFacts) -> list[tuple[ActivityView, Record]]:
    """What was held, by day."""
    held = [(view, record) for view in facts.activities for record in view.records]
    return sorted(held, key=lambda pair: (pair[1].done_on, pair[1].id))


# --- the plan and what was held ---------------------------------------------------------------------------------------------------------


def list_plan(facts: HandoverFacts, words: FundWords) -> Table:
    """Every activity with its time, its owner and what became of it."""
    headings = (
        words.t("Section"), words.t("Activity"), words.t("Work area"), words.t("When"), words.t("In charge"), words.t("Status"),
        words.t("Day held"), words.t("Attended"), words.t("Spent (yuan)"), words.t("Remark"),
    )  # fmt: skip
    widths = (26, 36, 16, 16, 14, 12, 13, 11, 13, 30)
    return Table(words.t("Plan"), headings, widths, [_plan_row(view, words) for view in facts.activities], words.t("none"))


def _plan_row(view: ActivityView, words: FundWords) -> list[Value]:
    area, record = work_areas().get(view.area), view.record
    return [
        view.section_title,
        view.title,
        words.named(area) if area else "",
        tell_time(view, words),
        view.owner,
        tell_status(view, words),
        record.done_on if record else None,
        tell_attendance(record) if record else "",
        yuan(view.spent_fen) if view.spent_fen else None,
        view.state_reason or view.note,
    ]


def list_measures(facts: HandoverFacts, words: FundWords) -> Table:
    """The tasks under each heading, in the plan's words."""
    titles = {view.section_id: view.section_title for view in facts.activities}
    rows = [[titles.get(section_id, ""), text] for section_id, texts in facts.measures.items() for text in texts]
    return Table(words.t("Measures"), (words.t("Section"), words.t("Measure")), (30, 90), rows, words.t("none"))


def list_check_offs(facts: HandoverFacts, filing: Filing, words: FundWords) -> Table:
    """What was held, by day, with its papers."""
    headings = (
        words.t("Day held"), words.t("Last day held"), words.t("Activity"), words.t("Attended"), words.t("Result"), words.t("Award"),
        words.t("Still to do"), words.t("Evidence"),
    )  # fmt: skip
    rows = [
        [
            record.done_on,
            record.done_to,
            view.title,
            tell_attendance(record),
            record.result,
            record.award,
            record.remaining,
            "\n".join(_papers_of(facts.papers.get(record.id, ()), filing, words)),
        ]
        for view, record in list_held(facts)
    ]
    return Table(words.t("What was held"), headings, (13, 13, 34, 11, 40, 24, 24, 44), rows, words.t("none"))


def _papers_of(papers: Sequence[HandedPaper], filing: Filing, words: FundWords) -> Iterator[str]:
    for paper in papers:
        filed = filing[paper.row.id or 0]
        yield f"{tell_paper(paper, words)} ({filed.path or tell_briefly(filed.fate, words)})"


# --- money --------------------------------------------------------------------------------------------------------------------------------


def list_budget(book: AuditFacts, words: FundWords) -> Table:
    """Budget and execution by item."""
    headings = (
        words.t("Item"), words.t("Adopted budget"), words.t("Amended"), words.t("Budget this year"), words.t("Booked this year"),
        words.t("Share"), words.t("Remark"),
    )  # fmt: skip
    report = book.report
    rows: list[list[Value]] = [[words.t("Carried over"), None, None, None, yuan(report.opening_fen), "", ""]]
    for name, lines, booked_fen in (
        (words.t("Total income"), report.income, report.income_fen),
        (words.t("Total spending"), report.spending, report.spending_fen),
    ):
        rows += [_budget_row(line, words) for line in lines]
        total_fen = sum(line.budget_fen for line in lines)
        rows.append([name, None, None, yuan(total_fen), yuan(booked_fen), _share(booked_fen, total_fen), ""])
    rows.append([words.t("Left"), None, None, None, yuan(report.balance_fen), "", ""])
    return Table(_of_year(words.t("Budget"), book), headings, (30, 15, 14, 15, 15, 10, 40), rows)


def _budget_row(line: ReportLine, words: FundWords) -> list[Value]:
    sums = (line.adopted_fen, line.amended_fen, line.budget_fen, line.booked_fen)
    return [words.named(line.item), *(yuan(fen) if fen else None for fen in sums), _share(line.booked_fen, line.budget_fen), line.note]


def _share(part_fen: int, whole_fen: int) -> str:
    share = share_pct(part_fen, whole_fen)
    return "" if share is None else f"{share}%"


def _of_year(name: str, book: AuditFacts) -> str:
    return f"{name} {book.report.year}"


def list_ledger(book: AuditFacts, words: FundWords) -> Table:
    """The book line by line."""
    headings = (
        words.t("Voucher"), words.t("Date"), words.t("What for"), words.t("Item"), words.t("Income"), words.t("Spending"),
        words.t("Balance"), words.t("Payee"), words.t("Handled by"), words.t("Approved by"), words.t("Paid out by"),
    )  # fmt: skip
    rows: list[list[Value]] = []
    for entry in book.entries:
        is_income = entry.direction.value == "in"
        rows.append(
            [
                voucher_text(entry.voucher),
                entry.booked_on,
                tell_purpose(entry, words),
                words.named(book.items[entry.item]),
                yuan(entry.in_fen) if is_income else None,
                None if is_income else yuan(entry.out_fen),
                yuan(entry.balance_fen),
                entry.payee,
                entry.handler,
                entry.approver,
                entry.cashier,
            ]
        )
    return Table(_of_year(words.t("Ledger"), book), headings, (9, 13, 40, 22, 13, 13, 14, 18, 10, 10, 10), rows, words.t("none"))


def list_papers(book: AuditFacts, filing: Filing, words: FundWords) -> Table:
    """The papers behind the books, and where each lies."""
    headings = (words.t("Voucher"), words.t("Claim"), words.t("Paper"), words.t("Name"), words.t("In the package"), words.t("File"))
    rows = [
        [
            voucher_text(paper.voucher) if paper.voucher is not None else "",
            paper.claim_id,
            words.paper(paper.kind),
            paper.name if filing[paper.id].fate is not Fate.PRIVATE else "",
            tell_fate(filing[paper.id].fate, words),
            filing[paper.id].path,
        ]
        for paper in book.papers
    ]
    return Table(_of_year(words.t("Papers"), book), headings, (9, 8, 18, 34, 36, 34), rows, words.t("none"))


def list_care(book: AuditFacts, words: FundWords) -> Table:
    """Visits by occasion, hand-outs by day: counts and sums, nobody's name."""
    headings = (words.t("Occasion"), words.t("Date"), words.t("Times"), words.t("People"), words.t("Amount"))
    rows: list[list[Value]] = [[words.named(line), None, line.visits, line.people, yuan(line.amount_fen)] for line in book.report.care]
    rows += [[row.title, row.handed_on, 1, row.heads, yuan(row.amount_fen)] for row in book.report.handouts]
    return Table(_of_year(words.t("Care and hand-outs"), book), headings, (36, 13, 9, 9, 15), rows, words.t("none"))


def list_behind(book: AuditFacts, words: FundWords) -> list[Table]:
    """What stands behind the books: claims, rules, amendments, closings, changes."""
    tables = (
        list_claims(book, words),
        list_findings(book, words),
        list_rules(book, words),
        list_amendments(book, words),
        list_closings(book, words),
        list_changes(book, words),
    )
    return [Table(_of_year(one.name, book), one.headings, one.widths, one.rows, one.nothing) for one in tables]


def list_visits(facts: HandoverFacts, words: FundWords) -> Table:
    """Visits with names; only where they were asked for."""
    headings = (words.t("Date"), words.t("Occasion"), words.t("Visited"), words.t("People"), words.t("Amount"), words.t("Goods"))
    rows: list[list[Value]] = [
        [row.visited_on, words.named(row), row.recipient, row.people, yuan(row.amount_fen), row.goods] for row in facts.visits
    ]
    return Table(words.t("Visits with names"), headings, (13, 20, 24, 9, 13, 30), rows, words.t("none"))


# --- meetings and summaries ---------------------------------------------------------------------------------------------------------------


def list_meetings(facts: HandoverFacts, words: FundWords) -> Table:
    """The committee's meetings."""
    headings = (
        words.t("No."), words.t("Date"), words.t("Place"), words.t("Chaired by"), words.t("Recorded by"), words.t("Present"),
        words.t("Absent"), words.t("Points"), words.t("Decisions"),
    )  # fmt: skip
    comma = words.t(", ")
    rows: list[list[Value]] = [
        [
            one.number,
            one.held_on,
            one.place,
            one.chaired_by,
            one.recorded_by,
            comma.join((*one.present, *one.guests)),
            comma.join(one.absent),
            len(one.items),
            len(decided_at(one)),
        ]
        for one in facts.meetings
    ]
    return Table(words.t("Meetings"), headings, (6, 13, 18, 12, 12, 40, 24, 8, 8), rows, words.t("none"))


def list_decisions(facts: HandoverFacts, words: FundWords) -> Table:
    """What the meetings decided, by whom and until when."""
    headings = (words.t("Meeting"), words.t("Date"), words.t("Decision"), words.t("In charge"), words.t("Until"), words.t("Settled on"))
    told = minutes_words(words.language)
    rows: list[list[Value]] = [
        [meeting.number, meeting.held_on, told.decision(one), one.owner, one.due_on, one.settled_on]
        for meeting in facts.meetings
        for one in decided_at(meeting)
    ]
    return Table(words.t("Decisions"), headings, (9, 13, 60, 14, 13, 13), rows, words.t("none"))


def decided_at(meeting: MinutesFacts) -> list[DecisionFacts]:
    """All decisions of a meeting, in the order of its points."""
    return [*(one for item in meeting.items for one in item.decisions), *meeting.decisions]


def list_summary(facts: HandoverFacts, words: FundWords) -> list[Table]:
    """Each summary paragraph by paragraph."""
    tables = []
    for number, one in enumerate(facts.summaries, start=1):
        rows = [[text] for text in one.document.texts]
        name = words.t("Summary") if number == 1 else f"{words.t('Summary')} {number}"
        tables.append(Table(name, (words.t("Final") if one.final_on else words.t("Draft"),), (120,), rows))
    return tables


def list_tables(facts: HandoverFacts, filing: Filing, papers: Filing, words: FundWords) -> list[Table]:
    """Every sheet of the workbook. ``filing``: of evidence; ``papers``: of what is behind the books."""
    tables = [list_plan(facts, words), list_measures(facts, words), list_check_offs(facts, filing, words)] if facts.plan else []
    for book in facts.books:
        tables += [list_budget(book, words), list_ledger(book, words), list_papers(book, papers, words), list_care(book, words)]
        tables += list_behind(book, words)
    tables += [list_meetings(facts, words), list_decisions(facts, words), *list_summary(facts, words)] if facts.plan else []
    return [*tables, list_visits(facts, words)] if facts.with_names else tables


def months_of(facts: HandoverFacts) -> list[date]:
    """The first days of the months the year touches."""
    first, last = facts.first, facts.last
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1) for n in range(count)]
