"""The tables of the audit folder: claims with their approvals, rules and what they said, closings, amendments, changes, papers."""

from collections.abc import Sequence
from typing import Any

from unionboard.i18n import mark
from unionboard.models import CeilingFinding, CeilingRule, CeilingShape, ClaimState, Direction, FundMonth, FundSource, FundYear
from unionboard.models.changelog import ChangeAction
from unionboard.services.audit_folder import AuditChange, AuditClaim, AuditFacts, AuditFinding
from unionboard.services.fund_fields import TOLD_FIELDS
from unionboard.writing.cells import Value, yuan
from unionboard.writing.fund_words import NOTHING, FundWords, voucher_text
from unionboard.writing.table_xlsx import Table

_NOUNS = {
    "fund_entry": mark("Voucher"),
    "claim": mark("Claim"),
    "budget_line": mark("Budget line"),
    "budget_amendment": mark("Budget amendment"),
    "fund_year": mark("Book of the year"),
    "fund_month": mark("Month"),
    "fund_policy": mark("Rules of approval"),
    "ceiling_rule": mark("Ceiling"),
    "fund_paper": mark("Paper"),
    "handout": mark("Hand-out"),
    "care_visit": mark("Care visit"),
    "own_item": mark("Fund item"),
    "own_occasion": mark("Occasion"),
    "ledger_import": mark("Import"),
    "import_mapping": mark("Import mapping"),
}
_ACTIONS = {
    ChangeAction.CREATE.value: mark("added"),
    ChangeAction.UPDATE.value: mark("changed"),
    ChangeAction.REMOVE.value: mark("removed"),
    ChangeAction.RESTORE.value: mark("put back"),
    ChangeAction.REVERSE.value: mark("corrected"),
    "reveal": mark("names looked at"),
}
_SHAPES = {
    CeilingShape.PERSON_YEAR: mark("for a person in a year"),
    CeilingShape.PERSON_OCCASION: mark("for a person on one occasion"),
    CeilingShape.FESTIVAL: mark("for a head at one festival"),
    CeilingShape.INCOME_SHARE: mark("share of the year’s income"),
    CeilingShape.DUES_MULTIPLE: mark("share of the year’s dues"),
    CeilingShape.WINNERS_SHARE: mark("winners among the participants"),
    CeilingShape.COUNT: mark("times"),
    CeilingShape.FORM: mark("goods only"),
    CeilingShape.WORDS: mark("words that should not be there"),
    CeilingShape.BUDGET: mark("budget of the item"),
}
_IN_FEN = frozenset({CeilingShape.PERSON_YEAR, CeilingShape.PERSON_OCCASION, CeilingShape.FESTIVAL, CeilingShape.BUDGET})
_IN_TIMES = frozenset({CeilingShape.COUNT})


def list_claims(facts: AuditFacts, words: FundWords) -> Table:
    """Every claim of the year: who asked, approved, paid and filed, on which day, and why where a rule was passed."""
    headings = (
        words.t("No."), words.t("State"), words.t("Kind of claim"), words.t("What for"), words.t("Item"), words.t("Source of the money"),
        words.t("Amount"), words.t("Voucher"), words.t("Handled by"), words.t("Submitted on"), words.t("Approved by"),
        words.t("Approved on"), words.t("Resolution"), words.t("Paid out by"), words.t("Paid on"), words.t("Filed by"),
        words.t("Filed on"), words.t("Returned because"), words.t("Why more than a ceiling"), words.t("Why not three persons"),
    )  # fmt: skip
    widths = (6, 10, 14, 34, 18, 14, 13, 9, 10, 12, 10, 12, 24, 10, 12, 10, 12, 26, 30, 26)
    return Table(words.t("Claims and approvals"), headings, widths, [_claim(one, facts, words) for one in facts.claims], words.t("none"))


def _claim(claim: AuditClaim, facts: AuditFacts, words: FundWords) -> list[Value]:
    row = claim.row
    return [
        row.id,
        words.state(row.state),
        words.named(claim),
        row.purpose,
        _item(row.item, facts, words),
        words.source(row.source),
        yuan(row.amount_fen),
        words.t(", ").join(voucher_text(voucher) for voucher in claim.vouchers),
        row.handler,
        words.date(row.submitted_at_utc),
        row.approver,
        words.date(row.approved_at_utc),
        row.resolution,
        row.cashier,
        row.paid_on,
        row.filed_by,
        words.date(row.filed_at_utc),
        row.returned_reason,
        row.over_reason,
        row.one_hand,
    ]


def list_findings(facts: AuditFacts, words: FundWords) -> Table:
    """What rules said when something near or over them was spent all the same."""
    headings = (
        words.t("Day"), words.t("Voucher"), words.t("About"), words.t("Rule"), words.t("Finding"), words.t("Limit"), words.t("Comes to"),
        words.t("Word"), words.t("Reason given"), words.t("Source of the rule"), words.t("By whom"),
    )  # fmt: skip
    widths = (12, 9, 24, 28, 9, 13, 13, 12, 38, 34, 10)
    return Table(words.t("What the rules said"), headings, widths, [_finding(one, facts, words) for one in facts.findings], words.t("none"))


def _finding(finding: AuditFinding, facts: AuditFacts, words: FundWords) -> list[Value]:
    row = finding.row
    name = f"{words.t(_SHAPES[row.shape])} · {_item(row.rule_name, facts, words)}" if row.shape is CeilingShape.BUDGET else row.rule_name
    about = finding.handout or (words.t("claim {number}", number=row.claim_id) if row.claim_id else "")
    return [
        words.date(row.created_at_utc),
        voucher_text(finding.voucher) if finding.voucher else "",
        about or (words.t("Care visit") if row.care_visit_id else ""),
        name if row.rule_name else words.t("a ceiling for care visits"),
        words.level(row.level),
        _measure(row, row.limit),
        _measure(row, row.used),
        row.word,
        row.reason,
        row.rule_source,
        words.who(row.who),
    ]


def _measure(row: CeilingFinding, value: int | None) -> Value:
    """Yuan as a number, per cent and times as they are read."""
    if value is None:
        return None
    if row.shape in _IN_FEN:
        return yuan(value)
    return value if row.shape in _IN_TIMES else f"{value}%"


def list_rules(facts: AuditFacts, words: FundWords) -> Table:
    """The rules as they stand, with the text they rest on; samples are marked as such."""
    headings = (
        words.t("Rule"), words.t("What it limits"), words.t("Limit (yuan)"), words.t("Share (%)"), words.t("Times"), words.t("Condition"),
        words.t("Valid from"), words.t("Valid to"), words.t("In force"), words.t("Sample"), words.t("Source of the rule"),
    )  # fmt: skip
    widths = (30, 26, 13, 9, 8, 26, 12, 12, 8, 8, 44)
    return Table(words.t("Rules"), headings, widths, [_rule(row, words) for row in facts.rules], words.t("none"))


def _rule(row: CeilingRule, words: FundWords) -> list[Value]:
    return [
        row.name,
        words.t(_SHAPES[row.shape]),
        yuan(row.amount_fen),
        row.share_pct,
        row.count,
        row.condition or words.t(", ").join(row.words),
        row.valid_from,
        row.valid_to,
        _yes(row.is_active, words),
        _yes(row.is_sample, words),
        row.source,
    ]


def list_closings(facts: AuditFacts, words: FundWords) -> Table:
    """The months and the year that were closed, with the bank's figure beside ours."""
    headings = (
        words.t("Period"), words.t("Closed"), words.t("Closed by"), words.t("Balance"), words.t("Bank’s figure"), words.t("Difference"),
        words.t("Remark"),
    )  # fmt: skip
    rows = [_closing(f"{row.year}-{row.month:02d}", row, words) for row in facts.months]
    if facts.year is not None and facts.year.closed_at_utc is not None:
        rows.append(_closing(str(facts.year.year), facts.year, words))
    return Table(words.t("Closed periods"), headings, (12, 12, 12, 15, 15, 13, 44), rows, words.t("none"))


def _closing(period: str, row: FundMonth | FundYear, words: FundWords) -> list[Value]:
    difference = None if row.bank_fen is None or row.closing_fen is None else row.bank_fen - row.closing_fen
    return [period, words.date(row.closed_at_utc), row.closed_by, yuan(row.closing_fen), yuan(row.bank_fen), yuan(difference), row.note]


def list_amendments(facts: AuditFacts, words: FundWords) -> Table:
    """The budget's adoption and its changes since."""
    report = facts.report
    headings = (words.t("Step"), words.t("Day"), words.t("Income"), words.t("Spending"), words.t("Resolution"), words.t("Reason given"))
    rows: list[Sequence[Value]] = []
    if report.adopted_on is not None:
        adopted = [sum(line.adopted_fen for line in lines) for lines in (report.income, report.spending)]
        rows.append([words.t("Budget adopted"), report.adopted_on, yuan(adopted[0]), yuan(adopted[1]), report.resolution, ""])
    rows += [
        [
            words.t("Amendment {number}", number=row.number),
            row.adopted_on,
            yuan(row.sum_of(Direction.IN)),
            yuan(row.sum_of(Direction.OUT)),
            row.resolution,
            words.t("{changes}: {reason}", changes=words.tell_changes(row), reason=row.reason),
        ]
        for row in report.amendments
    ]
    return Table(words.t("Budget and amendments"), headings, (20, 12, 15, 15, 34, 44), rows, words.t("none"))


def list_changes(facts: AuditFacts, words: FundWords) -> Table:
    """The change log of money, oldest first."""
    headings = (words.t("Time"), words.t("By whom"), words.t("Record"), words.t("Number"), words.t("Act"), words.t("What was written"))
    rows = [
        [
            words.moment(row.at_utc),
            words.who(row.who),
            words.t(_NOUNS[row.noun]),
            row.about,
            words.t(_ACTIONS.get(row.action, row.action)),
            _tell_fields(row, facts, words),
        ]
        for row in facts.changes
    ]
    return Table(words.t("Changes"), headings, (18, 12, 14, 12, 12, 90), rows, words.t("none"))


def _tell_fields(row: AuditChange, facts: AuditFacts, words: FundWords) -> str:
    """amount: 1,980.00 → 1,890.00; of what was added all that is told, of what was changed both sides."""
    told = []
    for field in TOLD_FIELDS:
        before, after = row.before.get(field), row.after.get(field)
        if (before in (None, "", False)) and (after in (None, "", False, 0)):
            continue
        sides = [_value(field, value, facts, words) for value in ((before, after) if row.before else (after,))]
        told.append(words.t("{label}: {line}", label=words.t(TOLD_FIELDS[field]), line=" → ".join(sides)))
    return words.t("; ").join(told)


def _value(field: str, value: Any, facts: AuditFacts, words: FundWords) -> str:
    if value in (None, ""):
        return NOTHING
    if field.endswith("_fen"):
        return f"{yuan(int(value)):,.2f}"
    if isinstance(value, bool):
        return _yes(value, words)
    if field == "item":
        return _item(str(value), facts, words)
    if field == "source" and value in set(FundSource):
        return words.source(FundSource(value))
    if field == "direction":
        return words.side(Direction(value))
    if field == "state" and value in set(ClaimState):
        return words.state(ClaimState(value))
    return str(value)


def _item(code: str, facts: AuditFacts, words: FundWords) -> str:
    return words.named(facts.items[code]) if code in facts.items else code


def _yes(value: bool, words: FundWords) -> str:
    return words.t("yes") if value else words.t("no")
