"""What leaves the books names nobody who was visited or helped, whatever people typed. Source: domain notes D2."""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session, col, select

from unionboard.drafting.names import hide_names
from unionboard.models import CareVisit, Claim
from unionboard.reference import claim_kinds
from unionboard.services.fund_report import FundReport, ReportLine
from unionboard.services.ledger import EntryView
from unionboard.services.masking import is_person_name, mask_name
from unionboard.services.year_records import private_names


class Cover:
    """Takes names out of texts, in the language of what is written. Knows the names; never writes them."""

    def __init__(self, session: Session, *, language: str) -> None:
        self.names = private_names(session)
        self._stand_in = "a member" if language == "en" else "某会员"
        kinds = [code for code, kind in claim_kinds().items() if kind.is_private]
        gathering = select(CareVisit.claim_id).where(col(CareVisit.claim_id).is_not(None))
        self.private_claims = {*session.exec(select(Claim.id).where(col(Claim.kind).in_(kinds))), *session.exec(gathering)} - {None}
        """Claims about single people: their kind is private, or they gather visits."""

    def text(self, text: str) -> str:
        """``text`` with a stand-in for every such name."""
        return hide_names(text, self.names, self._stand_in)

    def payee(self, payee: str) -> str:
        """Shops stay readable, people do not."""
        return mask_name(payee) if is_person_name(payee) else self.text(payee)

    def is_about_person(self, entry: EntryView) -> bool:
        """Whether a line pays for visits or aid."""
        return entry.is_visit or entry.claim_id in self.private_claims

    def entries(self, entries: Sequence[EntryView]) -> tuple[EntryView, ...]:
        """The lines of a ledger as they may leave it."""
        return tuple(
            replace(
                entry,
                purpose=self.text(entry.purpose),
                payee="" if self.is_about_person(entry) else self.payee(entry.payee),
                one_hand=self.text(entry.one_hand),
            )
            for entry in entries
        )

    def report(self, report: FundReport) -> FundReport:
        """The report with all that was typed into it cleaned."""
        return replace(
            report,
            income=self._lines(report.income),
            spending=self._lines(report.spending),
            amendments=tuple(replace(row, reason=self.text(row.reason), resolution=self.text(row.resolution)) for row in report.amendments),
            handouts=tuple(replace(row, title=self.text(row.title)) for row in report.handouts),
            resolution=self.text(report.resolution),
            note=self.text(report.note),
        )

    def _lines(self, lines: Sequence[ReportLine]) -> tuple[ReportLine, ...]:
        return tuple(replace(line, note=self.text(line.note)) for line in lines)
