"""The budget: its lines, its adoption, its amendments."""

from unionboard.errors import Refusal


class BudgetAdopted(Refusal):
    sentence = "The {year} budget was adopted on {day}. Propose an amendment to change it."


class BudgetNotAdopted(Refusal):
    sentence = "The {year} budget is not adopted yet. Change its lines directly."


class BudgetClosed(Refusal):
    sentence = "The {year} book is closed, and its budget with it. Open the year again under “Closings” to change it."


class BudgetEmpty(Refusal):
    sentence = "There is no amount in the {year} budget yet. Fill it in before it is adopted."


class BudgetResolutionMissing(Refusal):
    sentence = "Say which meeting adopted it, for example “committee meeting of 12 January”."


class NoSuchAmendment(Refusal):
    sentence = "There is no such amendment of the budget any more. Load the page again."


class AmendmentEmpty(Refusal):
    sentence = "An amendment changes at least one amount. Type the new amount of an item."


class AmendmentDecided(Refusal):
    sentence = "Amendment {number} has already been adopted or withdrawn. Propose a new one."


class BudgetBelowZero(Refusal):
    sentence = "The budget of “{item}” would fall below zero: it is {now} now, and the amendment takes away {less}. Take away less."


class ApproverMissing(Refusal):
    sentence = "Say who approved it."
