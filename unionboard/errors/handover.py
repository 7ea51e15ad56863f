"""The package a committee leaves to the next one."""

from unionboard.errors import Refusal


class NothingToHandOver(Refusal):
    sentence = "There is neither a plan nor a book of {year}, so there is nothing to hand over. Choose another year."
