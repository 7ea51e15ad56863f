"""The fund and its care visits."""

from unionboard.errors import Refusal


class NoSuchFundItem(Refusal):
    sentence = "There is no fund item “{code}”. Choose one of: {codes}."


class WrongDirection(Refusal):
    sentence = "“{code}” is not an item for this side of the ledger. Choose one of: {codes}."


class NoSuchEntry(Refusal):
    sentence = "There is no fund entry number {id}. Look it up in the ledger."


class EntryAlreadyReversed(Refusal):
    sentence = "Voucher {voucher} has already been corrected by voucher {by}. Correct that one if it is wrong."


class EntryIsCorrection(Refusal):
    sentence = "Voucher {voucher} is itself a correction. Book a new entry instead."


class CorrectionTooEarly(Refusal):
    sentence = "A correction cannot be dated before the entry it corrects ({day}). Choose that day or a later one."


class BudgetNegative(Refusal):
    sentence = "A budget cannot be less than zero. Leave the cell empty when there is none."


class ItemMissing(Refusal):
    sentence = "Choose an item for the money."


class PurposeMissing(Refusal):
    sentence = "Say what the money is for."


class NoSuchVisit(Refusal):
    sentence = "This care visit has already been taken back, or never was. Load the page again."


class CareKindMissing(Refusal):
    sentence = "Choose the occasion of the visit."


class NoSuchCareKind(Refusal):
    sentence = "There is no occasion “{code}” for a care visit. Choose one from the list."


class ItemNameMissing(Refusal):
    sentence = "Give the item a name."


class ItemNameTaken(Refusal):
    sentence = "There is an item “{name}” already. Use that one, or choose another name."


class FundGroupMissing(Refusal):
    sentence = "Say which group of spending the item belongs to."
