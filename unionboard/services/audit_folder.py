"""What the audit committee is handed of a year: books, budget, claims and approvals, rules and what they said, closings, changes, papers.

Nobody who was visited or helped is named: their names are taken out of every text, and papers that name people stay where they are and
are listed as such. Those who act for the fund (handler, approver, cashier) are named: that they are three is what an audit looks at.
Source: domain notes C6, D2; issue "a ledger the auditors accept".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlmodel import Session, col, or_, select

from unionboard.errors.safekeeping import KeyMissing, KeyUnreadable
from unionboard.models import (
    BudgetAmendment,
    BudgetLine,
    CareVisit,
    CeilingFinding,
    CeilingRule,
    Change,
    Claim,
    FundEntry,
    FundMonth,
    FundPaper,
    FundYear,
    Handout,
    LedgerImport,
    PaperKind,
)
from unionboard.reference import claim_kinds
from unionboard.services import fund_items, ledger
from unionboard.services.covering import Cover
from unionboard.services.evidence_store import Place
from unionboard.services.fund_fields import TOLD_FIELDS
from unionboard.services.fund_papers import NAMING
from unionboard.services.fund_report import FundReport, gather_report
from unionboard.services.fund_years import find_head
from unionboard.services.guard import require
from unionboard.services.ledger import EntryView
from unionboard.services.permissions import Act
from unionboard.services.stored_files import read_whole

_Row = TypeVar("_Row", Claim, CeilingFinding, FundMonth, FundYear)
_PRIVATE_KINDS = frozenset({PaperKind.CERTIFICATE, PaperKind.SIGN_OFF})
_NO_DETAILS = frozenset({"care_visit"})
"""What is said of these is only that somebody changed something, and when."""


@dataclass(frozen=True, slots=True)
class AuditPaper:
    """A paper behind a voucher (None: not paid yet), a claim or a hand-out. ``stored_name`` is empty when it was seen and not copied."""

    id: int
    voucher: int | None
    claim_id: int | None
    handout: str
    kind: PaperKind
    name: str
    stored_name: str
    sha256: str
    place: str
    seen_by: str
    is_private: bool


@dataclass(frozen=True, slots=True)
class AuditClaim:
    """A claim with who did what when; ``zh`` and ``en`` name its kind, ``vouchers`` paid it or took that back."""

    row: Claim
    zh: str
    en: str
    vouchers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """What a rule said of a voucher, claim or hand-out, with the reason people gave."""

    row: CeilingFinding
    voucher: int | None
    handout: str


@dataclass(frozen=True, slots=True)
class AuditChange:
    """One line of the change log; ``before`` and ``after`` hold told fields only. ``about``: voucher, month or number of the record."""

    at_utc: datetime
    who: str
    action: str
    noun: str
    about: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AuditFacts:
    """All that goes into the folder. Files in which one of ``private_names`` stands are left out; the names are never written."""

    report: FundReport
    items: Mapping[str, Any]
    entries: tuple[EntryView, ...]
    claims: tuple[AuditClaim, ...]
    findings: tuple[AuditFinding, ...]
    rules: tuple[CeilingRule, ...]
    months: tuple[FundMonth, ...]
    year: FundYear | None
    changes: tuple[AuditChange, ...]
    papers: tuple[AuditPaper, ...]
    private_names: tuple[str, ...]


def gather_audit(session: Session, year: int, *, as_of: date, language: str, with_names: bool = False) -> AuditFacts:
    """Everything the folder of ``year`` says on ``as_of`` (inclusive), in texts without private names; ``with_names``: papers that name
    people are put in too, which ``exports.record_export`` has written down. Changes nothing. Raises: NotYours (with names)."""
    if with_names:
        require(session, Act.EXPORT_NAMES)
    return _Gathering(session, year, as_of, language, with_names=with_names).gather()


def read_paper(stored_name: str, *, folder: Place) -> bytes | None:
    """A kept file below the evidence folder, unsealed; None when it is not there or cannot be read."""
    try:
        return read_whole(folder / Path(stored_name).name)
    except (OSError, KeyMissing, KeyUnreadable):
        return None


class _Gathering:
    """The year's rows, and how their texts are cleaned."""

    def __init__(self, session: Session, year: int, as_of: date, language: str, *, with_names: bool) -> None:
        self._session, self._year, self._as_of, self._with_names = session, year, as_of, with_names
        self._cover = Cover(session, language=language)
        self._entries = ledger.list_entries(session, year, as_of=as_of)
        self._claims = session.exec(select(Claim).where(Claim.year == year).order_by(col(Claim.id))).all()
        first, last = date(year, 1, 1), date(year, 12, 31)
        self._handouts = session.exec(
            select(Handout).where(Handout.handed_on >= first, Handout.handed_on <= last).order_by(col(Handout.id))
        ).all()
        self._visits = session.exec(select(CareVisit).where(CareVisit.visited_on >= first, CareVisit.visited_on <= last)).all()
        self._vouchers = {entry.id: entry.voucher for entry in self._entries}
        self._by_claim: dict[int, list[int]] = {}
        for entry in self._entries:
            if entry.claim_id is not None:
                self._by_claim.setdefault(entry.claim_id, []).append(entry.voucher)
        self._private_claims = self._cover.private_claims
        self._private_entries = {entry.id for entry in self._entries if self._cover.is_about_person(entry)}

    def gather(self) -> AuditFacts:
        report = gather_report(self._session, self._year, as_of=self._as_of)
        months = select(FundMonth).where(FundMonth.year == self._year).order_by(col(FundMonth.month))
        rules = select(CeilingRule).order_by(col(CeilingRule.position), col(CeilingRule.id))
        return AuditFacts(
            report=self._cover.report(report),
            items=fund_items.list_items(self._session, with_hidden=True),
            entries=self._cover.entries(self._entries),
            claims=tuple(self._tell_claim(row) for row in self._claims),
            findings=tuple(self._tell_findings()),
            rules=tuple(self._session.exec(rules)),
            months=tuple(self._clean(row, "note") for row in self._session.exec(months)),
            year=self._clean_year(),
            changes=tuple(self._tell_changes()),
            papers=tuple(self._tell_papers()),
            private_names=() if self._with_names else self._cover.names,
        )

    # --- texts --------------------------------------------------------------------------------------------------------------------

    def _clean(self, row: _Row, *fields: str) -> _Row:
        """A copy of a row, outside the session, with these texts cleaned."""
        copy = type(row)(**row.model_dump())
        for field in fields:
            setattr(copy, field, self._cover.text(str(getattr(row, field))))
        return copy

    def _clean_year(self) -> FundYear | None:
        row = find_head(self._session, self._year)
        return None if row is None else self._clean(row, "note", "resolution")

    # --- claims and findings ------------------------------------------------------------------------------------------------------

    def _tell_claim(self, row: Claim) -> AuditClaim:
        told = self._clean(row, "purpose", "over_reason", "one_hand", "note", "returned_reason", "resolution")
        told.payee = "" if row.id in self._private_claims else self._cover.payee(row.payee)
        kind = claim_kinds().get(row.kind, claim_kinds()["other"])
        if row.id in self._private_claims:  # the books say what may be said of it
            covered = [entry.purpose for entry in self._entries if entry.claim_id == row.id and entry.reverses is None]
            told.purpose, told.note = next(iter(covered), told.purpose if kind.is_private else ""), ""
        return AuditClaim(told, kind.zh, kind.en, tuple(self._by_claim.get(row.id or 0, ())))

    def _tell_findings(self) -> Iterable[AuditFinding]:
        """Those about visits say no more than that a rule spoke: its name, figures and reason would tell the occasion."""
        entries, claims = select(FundEntry.id).where(FundEntry.year == self._year), select(Claim.id).where(Claim.year == self._year)
        handouts = {row.id: row for row in self._handouts}
        of_year = or_(
            col(CeilingFinding.fund_entry_id).in_(entries),
            col(CeilingFinding.claim_id).in_(claims),
            col(CeilingFinding.care_visit_id).in_([row.id for row in self._visits]),
            col(CeilingFinding.handout_id).in_(handouts),
        )
        paid = {row.id: row.fund_entry_id for row in self._visits}
        for row in self._session.exec(select(CeilingFinding).where(of_year).order_by(col(CeilingFinding.id))):
            told = self._clean(row, "rule_name", "rule_source", "word", "reason")
            about_person = (
                row.care_visit_id is not None or row.claim_id in self._private_claims or row.fund_entry_id in self._private_entries
            )
            if about_person:
                told.rule_name = told.rule_source = told.word = told.reason = ""
                told.limit = told.used = None
            handout = handouts.get(row.handout_id)
            entry_id = row.fund_entry_id or paid.get(row.care_visit_id) or (handout.fund_entry_id if handout else None)
            voucher = self._vouchers.get(entry_id or 0) or next(iter(self._by_claim.get(row.claim_id or 0, ())), None)
            yield AuditFinding(told, voucher, self._cover.text(handout.title) if handout else "")

    # --- changes ------------------------------------------------------------------------------------------------------------------

    def _tell_changes(self) -> Iterable[AuditChange]:
        """The log's lines about the year's money, oldest first."""
        about = self._money_rows()
        loose = {"ceiling_rule", "fund_policy", "own_item", "own_occasion", "import_mapping"}
        query = select(Change).where(col(Change.noun).in_([*about, *loose])).order_by(col(Change.id))
        for row in self._session.exec(query):
            rows = about.get(row.noun)
            if (rows is None and row.at_utc.year != self._year) or (rows is not None and row.row_id not in rows):
                continue
            private = row.noun in _NO_DETAILS or (row.noun in {"fund_paper"} and rows is not None and rows[row.row_id] == "")
            before, after = ({}, {}) if private else (self._tell_fields(row, row.before), self._tell_fields(row, row.after))
            yield AuditChange(row.at_utc, row.who, row.action, row.noun, rows[row.row_id] if rows else "", before, after)

    def _money_rows(self) -> dict[str, dict[int, str]]:
        """What the log calls the year's rows, by noun and id, and what they are called here."""

        def numbered(model: Any) -> dict[int, str]:
            return {id_: str(id_) for id_ in self._session.exec(select(model.id).where(model.year == self._year))}

        months = self._session.exec(select(FundMonth).where(FundMonth.year == self._year))
        amendments = self._session.exec(select(BudgetAmendment).where(BudgetAmendment.year == self._year))
        return {
            "fund_entry": {id_: f"{voucher:03d}" for id_, voucher in self._vouchers.items()},
            "claim": {row.id or 0: str(row.id) for row in self._claims},
            "budget_line": numbered(BudgetLine),
            "budget_amendment": {row.id or 0: str(row.number) for row in amendments},
            "fund_year": {self._year: str(self._year)},
            "fund_month": {row.id or 0: f"{row.year}-{row.month:02d}" for row in months},
            "handout": {row.id or 0: str(row.id) for row in self._handouts},
            "care_visit": {row.id or 0: "" for row in self._visits},
            "fund_paper": {row.id: "" if row.is_private else str(row.id) for row in self._tell_papers(with_removed=True)},
            "ledger_import": numbered(LedgerImport),
        }

    def _tell_fields(self, row: Change, values: Mapping[str, Any] | None) -> dict[str, Any]:
        told = {
            name: self._cover.text(value) if isinstance(value, str) else value
            for name, value in (values or {}).items()
            if name in TOLD_FIELDS
        }
        private = self._private_entries if row.noun == "fund_entry" else self._private_claims if row.noun == "claim" else set()
        if row.row_id in private:
            for name in ("purpose", "note", "over_reason"):
                told.pop(name, None)
        return told

    # --- papers -------------------------------------------------------------------------------------------------------------------

    def _tell_papers(self, *, with_removed: bool = False) -> Iterable[AuditPaper]:
        """Of the year's vouchers, claims and hand-outs, in the order of the vouchers, unpaid ones last."""
        handouts = {row.id: row for row in self._handouts}
        entries, claims = select(FundEntry.id).where(FundEntry.year == self._year), select(Claim.id).where(Claim.year == self._year)
        behind = (col(FundPaper.fund_entry_id).in_(entries), col(FundPaper.claim_id).in_(claims), col(FundPaper.handout_id).in_(handouts))
        query = select(FundPaper).where(or_(*behind)).order_by(col(FundPaper.id))
        rows = self._session.exec(query if with_removed else query.where(col(FundPaper.removed_at_utc).is_(None)))
        told = [self._tell_paper(row, handouts.get(row.handout_id)) for row in rows]
        return sorted(told, key=lambda paper: (paper.voucher is None, paper.voucher or 0, paper.claim_id or 0, paper.id))

    def _tell_paper(self, row: FundPaper, handout: Handout | None) -> AuditPaper:
        claim_id = row.claim_id or (handout.claim_id if handout else None)
        entry_id = row.fund_entry_id or (handout.fund_entry_id if handout else None)
        vouchers = self._by_claim.get(claim_id or 0, ())
        about_person = claim_id in self._private_claims or entry_id in self._private_entries
        names_somebody = any(name in text for name in self._cover.names for text in (row.name, row.place))
        is_file_about_person = about_person and bool(row.stored_name or row.kind in NAMING)
        is_private = row.is_private or row.kind in _PRIVATE_KINDS or is_file_about_person or names_somebody
        return AuditPaper(
            id=row.id or 0,
            voucher=self._vouchers.get(entry_id or 0) or next(iter(vouchers), None),
            claim_id=claim_id,
            handout=self._cover.text(handout.title) if handout else "",
            kind=row.kind,
            name="" if is_private else row.name,
            stored_name=row.stored_name,
            sha256=row.sha256,
            place="" if is_private else row.place,
            seen_by=row.seen_by,
            is_private=is_private and not (self._with_names and bool(row.stored_name)),
        )
