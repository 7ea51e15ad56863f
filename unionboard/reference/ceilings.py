"""Sample ceilings to adapt, and the words that warn in a purpose. Figures are fictitious; nothing here is a rule anywhere."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


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
    from_start: bool = False


@dataclass(frozen=True, slots=True)
class WatchedWord:
    """A word and why it is watched. ``zh``, ``en``: what is wrong; ``instead_…``: what to do. ``harmless``: phrases that hold it and mean
    something else. ``only_gifts``: it matters for presents only. ``is_ambiguous``: it asks to look again, no more."""

    word: str
    zh: str
    en: str
    instead_zh: str
    instead_en: str
    harmless: tuple[str, ...] = ()
    only_gifts: bool = False
    is_ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A source text in both languages."""

    zh: str
    en: str


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
    rows = [(word, row) for row in _tables()["words"] for word in row["words"]]
    return {word: WatchedWord(word, **_frozen({key: value for key, value in row.items() if key != "words"})) for word, row in rows}


@cache
def sample_source() -> Source:
    """What a sample names as its source until a union says better."""
    return Source(_tables()["source_zh"], _tables()["source_en"])
