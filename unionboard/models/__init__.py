"""Tables, one file a noun. Importing this package registers all of them on ``SQLModel.metadata``."""

from unionboard.models import separation  # noqa: F401 -- keeps every session to its union
from unionboard.models.access_token import AccessToken, FeedScope, TokenKind
from unionboard.models.account import Account, AccountRole, SignIn
from unionboard.models.activity import Activity, ActivityState, DatePrecision, DutyKind, Occurrence
from unionboard.models.base import NAMING_CONVENTION, metadata
from unionboard.models.care import CareVisit, GiftForm, Handout, OwnOccasion
from unionboard.models.ceiling import CeilingFinding, CeilingLevel, CeilingRule, CeilingShape
from unionboard.models.changelog import Change
from unionboard.models.checkoff import CheckOff, Evidence, EvidenceKind
from unionboard.models.claim import Claim, ClaimState, FundPaper, PaperKind
from unionboard.models.fund import (
    BudgetAmendment,
    BudgetLine,
    Direction,
    FundEntry,
    FundMonth,
    FundPolicy,
    FundSource,
    FundYear,
    OwnItem,
)
from unionboard.models.ledger_import import ImportMapping, LedgerImport
from unionboard.models.meeting import AgendaItem, AgendaKind, Attendance, Decision, DecisionKind, Meeting
from unionboard.models.message import ChannelKind, MessageChannel, MessageEvent, MessagePolicy, SentMessage
from unionboard.models.plan import Measure, PeriodKind, Plan, Section
from unionboard.models.safekeeping import Safekeeping
from unionboard.models.summary import (
    BlockKind,
    SummaryBlock,
    SummaryDecision,
    SummaryDraft,
    SummaryForm,
    SummarySpan,
    SummaryTemplate,
    SummaryTyping,
    TemplateKind,
)
from unionboard.models.union import Member, SchoolType, Union, UnionKind

__all__ = [
    "NAMING_CONVENTION",
    "AccessToken",
    "Account",
    "AccountRole",
    "Activity",
    "ActivityState",
    "AgendaItem",
    "AgendaKind",
    "Attendance",
    "BlockKind",
    "BudgetAmendment",
    "BudgetLine",
    "CareVisit",
    "CeilingFinding",
    "CeilingLevel",
    "CeilingRule",
    "CeilingShape",
    "Change",
    "ChannelKind",
    "CheckOff",
    "Claim",
    "ClaimState",
    "DatePrecision",
    "Decision",
    "DecisionKind",
    "Direction",
    "DutyKind",
    "Evidence",
    "EvidenceKind",
    "FeedScope",
    "FundEntry",
    "FundMonth",
    "FundPaper",
    "FundPolicy",
    "FundSource",
    "FundYear",
    "GiftForm",
    "Handout",
    "ImportMapping",
    "LedgerImport",
    "Measure",
    "Meeting",
    "Member",
    "MessageChannel",
    "MessageEvent",
    "MessagePolicy",
    "Occurrence",
    "OwnItem",
    "OwnOccasion",
    "PaperKind",
    "PeriodKind",
    "Plan",
    "Safekeeping",
    "SchoolType",
    "Section",
    "SentMessage",
    "SignIn",
    "SummaryBlock",
    "SummaryDecision",
    "SummaryDraft",
    "SummaryForm",
    "SummarySpan",
    "SummaryTemplate",
    "SummaryTyping",
    "TemplateKind",
    "TokenKind",
    "Union",
    "UnionKind",
    "metadata",
]
