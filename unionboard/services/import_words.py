"""How imports speak: a sentence for each state, remark and column, as msgids for the edge to translate."""

from unionboard.i18n import mark
from unionboard.reading.ledger_columns import Field
from unionboard.reading.ledger_drafts import LeftOut
from unionboard.reading.ledger_rows import RemarkKind
from unionboard.reference.item_words import Said
from unionboard.services.budget_import import BudgetState
from unionboard.services.import_lines import LineState
from unionboard.services.ledger_import import OpeningState

_STATES = {
    LineState.NEW: mark("new"),
    LineState.KNOWN: mark("known"),
    LineState.NEAR: mark("perhaps booked already"),
    LineState.REFUSED: mark("refused"),
    LineState.LEFT: mark("skipped"),
}
_BUDGET_STATES = {
    BudgetState.NEW: mark("new"),
    BudgetState.CHANGED: mark("changed"),
    BudgetState.SAME: mark("the same"),
    BudgetState.REFUSED: mark("refused"),
}
_OPENINGS = {
    OpeningState.NONE: "",
    OpeningState.SET: mark("Carried over {amount}: becomes the opening balance."),
    OpeningState.EQUAL: mark("Carried over {amount}: as the book says."),
    OpeningState.REFUSED: mark("Carried over {amount}: refused."),
    OpeningState.LEFT: mark("Carried over {amount}: left out."),
}
_REMARKS = {
    RemarkKind.COMMA_FOR_POINT: mark("{cell}: “{text}” – the last comma was read as the point."),
    RemarkKind.STOP_FOR_POINT: mark("{cell}: “{text}” – the full stop was read as the point."),
    RemarkKind.REJOINED: mark("{cell}: the amount was cut at its commas and joined again: {text}."),
    RemarkKind.DAY_ABOVE: mark("{cell}: no date, taken from the line above."),
    RemarkKind.MONTH_ONLY: mark("{cell}: only the month is told ({text}); booked on its last day."),
    RemarkKind.NO_DAY: mark("The file tells no day; booked on the year's last day, or today."),
    RemarkKind.REMAINDER: mark("{cell}: what is left of {text} after the lines below it."),
    RemarkKind.NUMBER_COVERED: mark("A private number (identity card, bank card or phone) was left out."),
    RemarkKind.NAME_LEFT_OUT: mark("The name of the person visited was left out."),
    RemarkKind.PURPOSE_CUT: mark("The text was cut to 300 characters."),
    RemarkKind.TAKES_BACK: mark("{cell}: takes back {text}."),
    RemarkKind.SOURCE_UNKNOWN: mark("{cell}: the source “{text}” is not known."),
}
_LEFT = {
    LeftOut.TOTAL: mark("Row {place} “{text}”: a total, checked."),
    LeftOut.HEADING_SUM: mark("Row {place} “{text}”: the sum of the lines below it."),
    LeftOut.COUNTER_ACCOUNT: mark("Row {place} “{text}”: the other side of an entry."),
    LeftOut.CLOSING_ENTRY: mark("Row {place} “{text}”: the closing of an account."),
    LeftOut.OTHER_SHEET: mark("Sheet {place}: not part of the ledger, left out."),
    LeftOut.COPY_SHEET: mark("Sheet {place}: stands in another sheet already, left out."),
}
_FIELDS = {
    Field.DATE: mark("Date"),
    Field.YEAR: mark("Year"),
    Field.MONTH: mark("Month"),
    Field.DAY: mark("Day of the month"),
    Field.VOUCHER: mark("The file's voucher number"),
    Field.REFERENCE: mark("The bank's number"),
    Field.PURPOSE: mark("What for"),
    Field.NOTE: mark("Note"),
    Field.ITEM: mark("Item"),
    Field.SIDE: mark("Income or spending"),
    Field.INCOME: mark("Income"),
    Field.SPENDING: mark("Spending"),
    Field.DEBIT: mark("Debit"),
    Field.CREDIT: mark("Credit"),
    Field.AMOUNT: mark("Amount"),
    Field.BUDGET: mark("Budget"),
    Field.BALANCE: mark("Balance"),
    Field.PAYEE: mark("Paid to or by"),
    Field.PAYER: mark("Paid by"),
    Field.HANDLER: mark("Handled by"),
    Field.APPROVER: mark("Approved by"),
    Field.CASHIER: mark("Cashier"),
    Field.PAPERS: mark("Papers attached"),
    Field.SOURCE: mark("Source of the money"),
    Field.OTHER: mark("Not read"),
}
_SAID = {
    Said.OLD_NAME: mark("“{word}” is an item of 2017: booked under {item}."),
    Said.GROUP: mark("“{word}” is a heading: booked under {item}."),
    Said.WORD: mark("“{word}” was taken for {item}."),
    Said.HINT: mark("No item is told; “{word}” speaks for {item}."),
    Said.NOTHING: mark("No item is told: booked under {item}."),
}


def state_words(state: LineState) -> str:
    """One word or two."""
    return _STATES[state]


def budget_words(state: BudgetState) -> str:
    """One word or two."""
    return _BUDGET_STATES[state]


def opening_words(state: OpeningState) -> str:
    """With a slot for the amount."""
    return _OPENINGS[state]


def remark_words(kind: RemarkKind) -> str:
    """With slots for the cell and what stands in it."""
    return _REMARKS[kind]


def left_words(why: LeftOut) -> str:
    """With slots for the place and what stands there."""
    return _LEFT[why]


def field_words(kind: Field) -> str:
    """What people call the column."""
    return _FIELDS[kind]


def said_words(said: Said | None) -> str:
    """With slots for the word and the item; empty when the item was told by its own name."""
    return _SAID.get(said, "") if said else ""
