"""What leaves the books."""

from unionboard.errors import Refusal


class BookEmpty(Refusal):
    sentence = "The {year} book is empty: there is nothing to hand over yet."
