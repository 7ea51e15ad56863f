"""What the checker reads, and what it knows besides."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from unionboard.drafting.alignment import Shown
from unionboard.drafting.document import join_sentences
from unionboard.drafting.phrases import Block, Place, Sentence
from unionboard.drafting.typed_figures import AHEAD, Books


@dataclass(frozen=True)
class Passage:
    """A block as it stands: ``heading`` and ``shown`` may be people's, ``block`` is the generated one."""

    block: Block
    heading: str
    shown: tuple[Shown, ...]

    @property
    def key(self) -> str:
        return self.block.key

    @property
    def kind(self) -> Place:
        return self.block.kind

    @property
    def looks_ahead(self) -> bool:
        """Whether it may speak of what is to come."""
        return self.kind in AHEAD

    @cached_property
    def text(self) -> str:
        """The whole text, as printed."""
        return join_sentences([Sentence(one.text, opens=one.opens, label=one.label) for one in self.shown])

    @property
    def own(self) -> Iterator[tuple[int, Shown]]:
        """People's own sentences, and those they changed, with their places."""
        return ((place, one) for place, one in enumerate(self.shown) if one.is_edited)


@dataclass(frozen=True, slots=True)
class Background:
    """What the checker knows of plan, people and earlier years. Days are inclusive.

    ``sections``: keys of the blocks the plan's headings give, in its order. ``undone``: titles of activities that are not done.
    ``private_names`` were visited; ``people`` are all whose names are known. ``earlier``: sentences of the last summaries before this one.
    ``longest``: Chinese characters the form allows (Latin ones take half), None: as many as one likes. ``is_whole``: it has sections,
    problems and ideas.
    """

    language: str
    starts_on: date
    ends_on: date
    as_of: date
    books: Books
    is_whole: bool = True
    longest: int | None = None
    sections: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    union_name: str = ""
    higher_union: str = ""
    private_names: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()

    @property
    def is_english(self) -> bool:
        return self.language == "en"
