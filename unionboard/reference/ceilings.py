"""Sample ceilings to adapt, and the words that warn in a purpose. Figures are fictitious; nothing here is a rule anywhere."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class SampleRule:
    """A rule a union may take as its own and change; fields as in ``models.CeilingRule``.

    ``from_start``: it speaks before anybody has adopted it, because what it watches is forbidden everywhere. Source: domain notes C4.
    """

    code: str
    zh: str
    en: str
    shape: str
    amount_fen: int | None = None
    share_pct: int | None = None
    count: int | None = None
    years: int = 1
    items: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    festivals: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    condition_zh: str = ""
    condition_en: str = ""
    source_zh: str = ""
    source_en: str = ""
    from_start: bool = False

    @property
    def name(self) -> Sentence:
        return Sentence(self.zh, self.en)

    @property
    def condition(self) -> Sentence:
        return Sentence(self.condition_zh, self.condition_en)

    @property
    def source(self) -> Sentence:
        return Sentence(self.source_zh, self.source_en) if self.source_zh else sample_source()


@dataclass(frozen=True, slots=True)
class WatchedWord:
    """A word, what is wrong with it and what to do instead.

    ``harmless``: phrases that hold it and mean something else. ``only_gifts``: it matters for presents only. ``is_ambiguous``: it asks to
    look again, no more.
    """

    word: str
    wrong: Sentence
    instead: Sentence
    harmless: tuple[str, ...] = ()
    only_gifts: bool = False
    is_ambiguous: bool = False


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(resources.files("unionboard.reference").joinpath("ceilings.toml").read_text(encoding="utf-8"))


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


@cache
def sample_rules() -> dict[str, SampleRule]:
    """Sample rules by code, in the order they are offered."""
    return {row["code"]: SampleRule(**_frozen(row)) for row in _tables()["rule"]}


@cache
def watched_words() -> dict[str, WatchedWord]:
    """What is known of each word; an entry of the file may tell the same of several."""
    return {word: _watched(word, row) for row in _tables()["words"] for word in row["words"]}


def _watched(word: str, row: dict[str, Any]) -> WatchedWord:
    return WatchedWord(
        word=word,
        wrong=Sentence(row["zh"], row["en"]),
        instead=Sentence(row["instead_zh"], row["instead_en"]),
        harmless=tuple(row.get("harmless", ())),
        only_gifts=row.get("only_gifts", False),
        is_ambiguous=row.get("is_ambiguous", False),
    )


@cache
def sample_source() -> Sentence:
    """What a sample names as its source until a union says better."""
    return Sentence(_tables()["source_zh"], _tables()["source_en"])
