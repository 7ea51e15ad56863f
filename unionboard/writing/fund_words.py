"""How the fund's documents speak: one language for a whole file, whoever asks for it (a session, the command line)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from unionboard.config import TIME_ZONE
from unionboard.i18n import mark, tell_who, translate, translate_count
from unionboard.models import CeilingLevel, ClaimState, Direction, FundSource, PaperKind
from unionboard.money import format_fen
from unionboard.reading.plan_time import MONTHS_EN
from unionboard.services.fund_report import AmendmentLine, FundReport, share_pct

NOTHING = "—"
_SOURCES = {
    FundSource.UNION_FUNDS: mark("Union funds"),
    FundSource.DUES: mark("Membership dues"),
    FundSource.HARDSHIP: mark("Hardship fund"),
    FundSource.SENDING_WARMTH: mark("Sending Warmth fund"),
    FundSource.EMPLOYER: mark("Employer's subsidy"),
    FundSource.DONATIONS: mark("Donations"),
}
_STATES = {
    ClaimState.DRAFT: mark("Draft"),
    ClaimState.SUBMITTED: mark("Submitted"),
    ClaimState.APPROVED: mark("Approved"),
    ClaimState.PAID: mark("Paid"),
    ClaimState.FILED: mark("Filed"),
    ClaimState.WITHDRAWN: mark("Withdrawn"),
    ClaimState.REVERSED: mark("Reversed"),
}
_PAPERS = {
    PaperKind.PLAN: mark("Plan of the activity"),
    PaperKind.SIGN_IN: mark("Sign-in list"),
    PaperKind.INVOICE: mark("Invoice"),
    PaperKind.DETAIL_LIST: mark("Detailed list"),
    PaperKind.PHOTO: mark("Photos"),
    PaperKind.WINNERS: mark("List of winners"),
    PaperKind.SIGN_OFF: mark("Sign-off list"),
    PaperKind.RECEIPT: mark("Receipt"),
    PaperKind.CERTIFICATE: mark("Certificate"),
    PaperKind.APPROVAL: mark("Approval form"),
    PaperKind.RESOLUTION: mark("Resolution"),
    PaperKind.CONTRACT: mark("Contract or quotes"),
    PaperKind.NOTE: mark("Note of a talk"),
    PaperKind.BANK: mark("Bank slip"),
    PaperKind.OTHER: mark("Other paper"),
}
_LEVELS = {CeilingLevel.OK: mark("Within"), CeilingLevel.NEAR: mark("Near"), CeilingLevel.OVER: mark("Over")}


@dataclass(frozen=True, slots=True)
class FundWords:
    """Words in ``language`` ("en", else Chinese)."""

    language: str

    def t(self, msgid: str, /, **facts: object) -> str:
        """``msgid`` with its slots filled."""
        return translate(self.language, msgid, **facts)

    def tn(self, singular: str, plural: str, n: int, /, **facts: object) -> str:
        """A counted thing."""
        return translate_count(self.language, singular, plural, n, **facts)

    def named(self, entry: object) -> str:
        """The name of an item, occasion or group."""
        return str(getattr(entry, "en" if self.language == "en" else "zh"))

    def day(self, day: date | None) -> str:
        """2026年11月21日 / 21 November 2026; a dash for none."""
        if day is None:
            return NOTHING
        return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}" if self.language == "en" else f"{day.year}年{day.month}月{day.day}日"

    def book(self, report: FundReport) -> str:
        """Whose book it is, and up to which day."""
        book = self.t("book of {year}, up to {day}, in yuan", year=report.year, day=self.day(report.as_of))
        return f"{report.union} · {book}" if report.union else book

    def tell_changes(self, amendment: AmendmentLine) -> str:
        """文体活动+1,000.00、会员活动-1,000.00."""
        return self.t(", ").join(f"{self.named(item)} {format_fen(fen, symbol='+' if fen > 0 else '')}" for item, fen in amendment.changes)

    def month(self, month: int) -> str:
        """9月 / September."""
        return MONTHS_EN[month - 1] if self.language == "en" else f"{month}月"

    def short_day(self, day: date) -> str:
        """11月21日 / 21 November."""
        return f"{day.day} {MONTHS_EN[day.month - 1]}" if self.language == "en" else f"{day.month}月{day.day}日"

    def date(self, at_utc: datetime | None) -> date | None:
        """The day of a moment, where the union is."""
        return at_utc.astimezone(ZoneInfo(TIME_ZONE)).date() if at_utc else None

    def moment(self, at_utc: datetime | None) -> str:
        """2026-11-21 16:00, where the union is."""
        return f"{at_utc.astimezone(ZoneInfo(TIME_ZONE)):%Y-%m-%d %H:%M}" if at_utc else ""

    def who(self, who: str) -> str:
        """A person's name, or the chair as long as there are no accounts."""
        return tell_who(self.language, who)

    def source(self, source: FundSource) -> str:
        """Whose money it is."""
        return self.t(_SOURCES[source])

    def state(self, state: ClaimState) -> str:
        """How far a claim is."""
        return self.t(_STATES[state])

    def paper(self, kind: PaperKind) -> str:
        """What a paper is."""
        return self.t(_PAPERS[kind])

    def level(self, level: CeilingLevel) -> str:
        """How a sum stands to its ceiling."""
        return self.t(_LEVELS[level])

    def side(self, direction: Direction) -> str:
        """Income or spending."""
        return self.t("Income") if direction is Direction.IN else self.t("Spending")

    def share(self, part_fen: int, whole_fen: int) -> str:
        """25.52%; a dash where there is no whole."""
        share: Decimal | None = share_pct(part_fen, whole_fen)
        return NOTHING if share is None else f"{share}%"


def voucher_text(voucher: int) -> str:
    """003."""
    return f"{voucher:03d}"
