"""What verification may find wrong, and the sentences that say so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from unionboard.errors.database import DatabaseGone
from unionboard.i18n import mark


class FaultCode(StrEnum):
    DATABASE_DAMAGED = "database_damaged"
    DATABASE_GONE = "database_gone"
    UNREADABLE = "unreadable"
    VOUCHER_GAP = "voucher_gap"
    VOUCHER_DOUBLE = "voucher_double"
    ENTRY_WRONG = "entry_wrong"
    ENTRY_CHANGED = "entry_changed"
    ENTRY_GONE = "entry_gone"
    ENTRY_UNLOGGED = "entry_unlogged"
    REVERSAL_WRONG = "reversal_wrong"
    GIVEN_WRONG = "given_wrong"
    CLAIM_WRONG = "claim_wrong"
    SUM_WRONG = "sum_wrong"
    BALANCE_WRONG = "balance_wrong"
    CLOSING_MOVED = "closing_moved"
    BOOKED_AFTER_CLOSING = "booked_after_closing"
    RECORD_CHANGED = "record_changed"
    RECORD_GONE = "record_gone"
    RECORD_UNLOGGED = "record_unlogged"
    LOG_CHANGED = "log_changed"
    FILE_MISSING = "file_missing"
    FILE_CHANGED = "file_changed"
    FINAL_CHANGED = "final_changed"
    CHAIN_BROKEN = "chain_broken"
    CHAIN_CUT = "chain_cut"
    CHAIN_REWRITTEN = "chain_rewritten"
    GUARD_MISSING = "guard_missing"
    KEY_NEEDED = "key_needed"
    FILE_OPEN = "file_open"
    BACKUP_UNREADABLE = "backup_unreadable"
    ACCOUNTS_CLOSED = "accounts_closed"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it should be. ``sentence`` is the msgid that tells it, with ``facts`` in its slots."""

    code: FaultCode
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return SENTENCES[self.code]

    def tell(self, translate: Callable[..., str]) -> str:
        """The sentence in the language of ``translate``; what kind of record it speaks of is a word to be translated too."""
        return translate(self.sentence, **{name: translate(value) if name == "record" else value for name, value in self.facts.items()})


SENTENCES: Mapping[FaultCode, str] = {
    FaultCode.DATABASE_DAMAGED: mark("The database file is damaged: {told}. Go back to the last good backup."),
    FaultCode.DATABASE_GONE: DatabaseGone.sentence,
    FaultCode.UNREADABLE: mark("What stands in the books cannot be read: {told}. Go back to the last good backup."),
    FaultCode.VOUCHER_GAP: mark("{year}: voucher {voucher} is missing."),
    FaultCode.VOUCHER_DOUBLE: mark("{year}: there is more than one voucher {voucher}."),
    FaultCode.ENTRY_WRONG: mark("{year}: voucher {voucher} has no amount above zero, or its day is not in the year."),
    FaultCode.ENTRY_CHANGED: mark("{year}: voucher {voucher} is not as it was booked."),
    FaultCode.ENTRY_GONE: mark("{year}: voucher {voucher} was booked and is gone."),
    FaultCode.ENTRY_UNLOGGED: mark("{year}: voucher {voucher} is in the books, but the change log does not know who booked it."),
    FaultCode.REVERSAL_WRONG: mark("{year}: voucher {voucher} does not take back exactly one earlier entry of the same amount and item."),
    FaultCode.GIVEN_WRONG: mark("{year}: voucher {voucher} is not the sum of the visits and hand-outs it pays."),
    FaultCode.CLAIM_WRONG: mark("{year}: claim {claim} and the entries that paid it do not agree."),
    FaultCode.SUM_WRONG: mark("{year}: the sums of the book are not what its entries add up to."),
    FaultCode.BALANCE_WRONG: mark("{year}: the balance after voucher {voucher} is shown wrong."),
    FaultCode.CLOSING_MOVED: mark("{year}-{month:02}: was closed with {closed} left, and now {now} is left."),
    FaultCode.BOOKED_AFTER_CLOSING: mark("{year}: voucher {voucher} was booked into a month that was closed already."),
    FaultCode.RECORD_CHANGED: mark("{record} {name} is not what the change log says of it."),
    FaultCode.RECORD_GONE: mark("{record} {name} is in the change log and is gone."),
    FaultCode.RECORD_UNLOGGED: mark("{record} {name} is there, but the change log does not know who made it."),
    FaultCode.LOG_CHANGED: mark("{record} {name}: the lines of the change log do not fit each other."),
    FaultCode.FILE_MISSING: mark("The file of “{name}” is missing: {file}."),
    FaultCode.FILE_CHANGED: mark("The file of “{name}” is not the one that was added: {file}."),
    FaultCode.FINAL_CHANGED: mark("The finalised summary “{name}” is not what was finalised."),
    FaultCode.CHAIN_BROKEN: mark("The change log was altered: line {line} does not follow from the line before it."),
    FaultCode.CHAIN_CUT: mark("Lines are missing at the end of the change log: “{place}” knows line {line}."),
    FaultCode.CHAIN_REWRITTEN: mark("The change log was written anew: line {line} is not the one that “{place}” knows."),
    FaultCode.GUARD_MISSING: mark("What keeps a table from being changed was taken off: {guard}."),
    FaultCode.KEY_NEEDED: mark("Without the right key sealed papers cannot be checked: {count}."),
    FaultCode.FILE_OPEN: mark("A private paper lies open on the disk: {file}."),
    FaultCode.BACKUP_UNREADABLE: mark("The newest backup cannot be read: {file}."),
    FaultCode.ACCOUNTS_CLOSED: mark("There are accounts, but none of them is an active chair."),
}

RECORDS: Mapping[str, str] = {
    "union": mark("The union"),
    "member": mark("The committee member"),
    "account": mark("The account"),
    "safekeeping": mark("The safekeeping"),
    "plan": mark("The plan"),
    "section": mark("The section"),
    "measure": mark("The measure"),
    "activity": mark("The activity"),
    "turns": mark("The turns of activity"),
    "check_off": mark("The check-off"),
    "meeting": mark("The meeting"),
    "agenda_item": mark("The agenda item"),
    "attendance": mark("The attendance"),
    "decision": mark("The decision"),
    "own_occasion": mark("The occasion"),
    "ledger_import": mark("The import"),
    "import_mapping": mark("The mapping"),
    "summary_draft": mark("The summary"),
    "summary_block": mark("The part of the summary"),
    "summary_decision": mark("The decision about a remark"),
    "summary_template": mark("The template"),
    "fund_year": mark("The book of the year"),
    "fund_month": mark("The month"),
    "fund_policy": mark("The policy"),
    "own_item": mark("The fund item"),
    "budget_line": mark("The budget line"),
    "budget_amendment": mark("The amendment"),
    "claim": mark("The claim"),
    "fund_paper": mark("The paper"),
    "care_visit": mark("The care visit"),
    "handout": mark("The hand-out"),
    "ceiling_rule": mark("The rule"),
    "ceiling_finding": mark("The finding"),
    "evidence": mark("The evidence"),
    "fund_entry": mark("The entry"),
    "access_token": mark("The secret address or token"),
    "message_channel": mark("The group that gets reminders"),
    "message_policy": mark("The times of the reminders"),
}
"""Tables of the change log, as people say them."""
