"""Sums of money that were typed."""

from unionboard.errors import Refusal


class AmountNotReadable(Refusal):
    sentence = "“{text}” is not an amount. Type yuan as digits, for example 1200.50."


class AmountGroupedWrongly(AmountNotReadable):
    sentence = "“{text}” can be read in more than one way. Type the amount as 1,200.50 or 1200.50."


class AmountMissing(AmountNotReadable):
    sentence = "Type the amount in yuan."


class AmountNotPositive(Refusal):
    sentence = "The amount must be more than zero. To take an entry back, correct it instead of booking a negative sum."


class AmountTooLarge(Refusal):
    sentence = "“{text}” yuan is more than any union has. Check the number of digits."


class AmountTooFine(Refusal):
    sentence = "“{text}” has more than two decimals. Type the amount in yuan and fen, for example 1200.50."
