"""Refusals: one class, one sentence.

A refusal is raised by a service or the reader and shown to the user at the edge (a page or the command line). The class holds the
English sentence, which is its msgid in the catalogues; ``facts`` fill its ``{slots}``. Values in ``facts`` are already text or numbers.
Problems *inside* a document are not raised: they are collected and returned beside what was read.

One module a noun; ``Refusal`` itself is here.
"""

from typing import ClassVar


class Refusal(Exception):
    """Base of everything the program declines to do. ``sentence`` says what is wrong and what to do instead."""

    sentence: ClassVar[str] = "This cannot be done."

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence.format(**facts) if facts else self.sentence)
