"""Tables, one file a noun. Importing this package registers all of them on ``SQLModel.metadata``."""

from unionboard.models.activity import Activity, ActivityState, DatePrecision, DutyKind, Occurrence
from unionboard.models.base import NAMING_CONVENTION, metadata
from unionboard.models.care import CareVisit
from unionboard.models.changelog import Change
from unionboard.models.checkoff import CheckOff, Evidence, EvidenceKind
from unionboard.models.fund import BudgetLine, Direction, FundEntry, FundSource, FundYear
from unionboard.models.meeting import AgendaItem, AgendaKind, Attendance, Decision, DecisionKind, Meeting
from unionboard.models.plan import Measure, PeriodKind, Plan, Section
from unionboard.models.summary import BlockKind, SummaryBlock, SummaryDraft
from unionboard.models.union import Member, Union, UnionKind

__all__ = [
    "NAMING_CONVENTION",
    "Activity",
    "ActivityState",
    "AgendaItem",
    "AgendaKind",
    "Attendance",
    "BlockKind",
    "BudgetLine",
    "CareVisit",
    "Change",
    "CheckOff",
    "DatePrecision",
    "Decision",
    "DecisionKind",
    "Direction",
    "DutyKind",
    "Evidence",
    "EvidenceKind",
    "FundEntry",
    "FundSource",
    "FundYear",
    "Measure",
    "Meeting",
    "Member",
    "Occurrence",
    "PeriodKind",
    "Plan",
    "Section",
    "SummaryBlock",
    "SummaryDraft",
    "Union",
    "UnionKind",
    "metadata",
]
