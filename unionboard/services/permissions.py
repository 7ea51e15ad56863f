"""Who may do what: one table of roles and acts, asked by the services and by the session itself.

Source: domain notes C6 (handler, approver and cashier differ; the audit committee reads and holds no finance post) and D2.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from unionboard.models import AccountRole

CHAIR, TREASURER, COMMITTEE, AUDIT, VIEWER = AccountRole


class Act(StrEnum):
    """What somebody does, as the table in docs/roles.md lists it."""

    SEE_YEAR = "see_year"  # board, plan, timeline, check-offs: what may stand on the shared screen
    SEE_MONEY = "see_money"  # the books line by line, claims and their papers
    SEE_SUMMARY = "see_summary"
    SEE_HISTORY = "see_history"
    SEE_NAMES = "see_names"  # who was visited, and papers about them; behind the unlock
    EXPORT = "export"  # names covered
    EXPORT_NAMES = "export_names"  # behind the unlock
    VERIFY = "verify"
    CHECK_OFF = "check_off"
    EDIT_PLAN = "edit_plan"
    HOLD_MEETING = "hold_meeting"
    WRITE_SUMMARY = "write_summary"
    FINALISE_SUMMARY = "finalise_summary"
    HAND_IN_CLAIM = "hand_in_claim"
    APPROVE_CLAIM = "approve_claim"
    KEEP_BOOKS = "keep_books"  # book, pay, correct, import, hand out
    PLAN_BUDGET = "plan_budget"
    ADOPT_BUDGET = "adopt_budget"
    CLOSE_BOOKS = "close_books"
    RECORD_CARE = "record_care"
    SET_FUND_RULES = "set_fund_rules"  # items, ceilings, occasions
    SET_UNION = "set_union"
    MANAGE_ACCOUNTS = "manage_accounts"
    BACK_UP = "back_up"
    RESTORE_BACKUP = "restore_backup"
    HAND_OVER = "hand_over"
    CONNECT = "connect"  # calendars, tokens, groups that get messages


_WORKERS = frozenset({CHAIR, TREASURER, COMMITTEE})
_READERS = _WORKERS | {AUDIT}

ALLOWED: Mapping[Act, frozenset[AccountRole]] = {
    Act.SEE_YEAR: frozenset(AccountRole),
    Act.SEE_MONEY: _READERS,
    Act.SEE_SUMMARY: _READERS,
    Act.SEE_HISTORY: _READERS,
    Act.SEE_NAMES: frozenset({CHAIR, TREASURER}),
    Act.EXPORT: _READERS,
    Act.EXPORT_NAMES: frozenset({CHAIR, TREASURER}),
    Act.VERIFY: frozenset({CHAIR, TREASURER, AUDIT}),
    Act.CHECK_OFF: _WORKERS,
    Act.EDIT_PLAN: frozenset({CHAIR, COMMITTEE}),
    Act.HOLD_MEETING: _WORKERS,
    Act.WRITE_SUMMARY: _WORKERS,
    Act.FINALISE_SUMMARY: frozenset({CHAIR}),
    Act.HAND_IN_CLAIM: _WORKERS,
    Act.APPROVE_CLAIM: frozenset({CHAIR}),
    Act.KEEP_BOOKS: frozenset({TREASURER}),
    Act.PLAN_BUDGET: frozenset({CHAIR, TREASURER}),
    Act.ADOPT_BUDGET: frozenset({CHAIR}),
    Act.CLOSE_BOOKS: frozenset({TREASURER}),
    Act.RECORD_CARE: frozenset({CHAIR, TREASURER}),
    Act.SET_FUND_RULES: frozenset({CHAIR, TREASURER}),
    Act.SET_UNION: frozenset({CHAIR}),
    Act.MANAGE_ACCOUNTS: frozenset({CHAIR}),
    Act.BACK_UP: frozenset({CHAIR, TREASURER}),
    Act.RESTORE_BACKUP: frozenset({CHAIR}),
    Act.HAND_OVER: frozenset({CHAIR}),
    Act.CONNECT: frozenset({CHAIR}),
}

OF_DATABASE = frozenset({Act.BACK_UP, Act.RESTORE_BACKUP})
"""Of a database that holds many unions these are the first one's: they are about all unions' data at once."""
ANYBODY: tuple[Act, ...] = ()
"""Written on behalf of whoever does something else: the log of it, and one's own sign-in."""

WRITES: Mapping[str, tuple[Act, ...]] = {
    "union": (Act.SET_UNION,),
    "member": (Act.SET_UNION,),
    "plan": (Act.EDIT_PLAN,),
    "section": (Act.EDIT_PLAN,),
    "measure": (Act.EDIT_PLAN,),
    "activity": (Act.EDIT_PLAN, Act.CHECK_OFF),  # a check-off moves its state too; services of the plan ask for EDIT_PLAN themselves
    "occurrence": (Act.EDIT_PLAN, Act.CHECK_OFF),
    "check_off": (Act.CHECK_OFF,),
    "evidence": (Act.CHECK_OFF,),
    "meeting": (Act.HOLD_MEETING,),
    "agenda_item": (Act.HOLD_MEETING,),
    "attendance": (Act.HOLD_MEETING,),
    "decision": (Act.HOLD_MEETING,),
    "summary_draft": (Act.WRITE_SUMMARY,),
    "summary_block": (Act.WRITE_SUMMARY,),
    "summary_typing": (Act.WRITE_SUMMARY,),
    "summary_decision": (Act.WRITE_SUMMARY,),
    "summary_template": (Act.WRITE_SUMMARY,),
    "claim": (Act.HAND_IN_CLAIM,),  # approving and paying ask for more
    "fund_paper": (Act.HAND_IN_CLAIM,),
    "ceiling_finding": (Act.HAND_IN_CLAIM,),
    "fund_entry": (Act.KEEP_BOOKS,),
    "fund_month": (Act.CLOSE_BOOKS,),
    "fund_year": (Act.KEEP_BOOKS, Act.PLAN_BUDGET, Act.CLOSE_BOOKS),
    "handout": (Act.KEEP_BOOKS,),
    "ledger_import": (Act.KEEP_BOOKS,),
    "import_mapping": (Act.KEEP_BOOKS, Act.PLAN_BUDGET),
    "budget_line": (Act.PLAN_BUDGET,),
    "budget_amendment": (Act.PLAN_BUDGET,),
    "care_visit": (Act.RECORD_CARE,),
    "own_item": (Act.SET_FUND_RULES,),
    "own_occasion": (Act.SET_FUND_RULES,),
    "ceiling_rule": (Act.SET_FUND_RULES,),
    "fund_policy": (Act.SET_FUND_RULES,),
    "account": (Act.MANAGE_ACCOUNTS,),  # one's own password goes past this, see ``guard.own_account``
    "sign_in": ANYBODY,
    "access_token": (Act.CONNECT,),
    "message_channel": (Act.CONNECT,),
    "message_policy": (Act.CONNECT,),
    "sent_message": ANYBODY,
    "safekeeping": (Act.BACK_UP,),
    "change": ANYBODY,
}
"""Which acts write a table; any one of them is enough. A table that is not listed is written by nobody."""


def may(roles: Iterable[AccountRole], act: Act) -> bool:
    """Whether somebody with ``roles`` may do ``act``."""
    return not ALLOWED[act].isdisjoint(roles)
