"""Words a checker of summaries looks for: empty phrases, names of festivals, bodies and laws."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class EmptyPhrases:
    """``drop`` can be left out as they are, ``rewrite`` want a fact instead, ``weak`` say little where no figure stands."""

    drop: tuple[str, ...]
    rewrite: tuple[str, ...]
    weak: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfficialName:
    """What is often written and what it should be; not where ``unless_after`` stands before it or ``unless_before`` behind it."""

    wrong: str
    right: str
    unless_after: str = ""
    unless_before: str = ""


@dataclass(frozen=True, slots=True)
class FestivalDays:
    """Festivals named by their day (三八), what may follow such a name, and how it is misspelt (三.八 -> 三八)."""

    days: tuple[str, ...]
    after: tuple[str, ...]
    spelt: dict[str, str]


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(resources.files("unionboard.reference").joinpath("summary_words.toml").read_text(encoding="utf-8"))


@cache
def empty_phrases(language: str) -> EmptyPhrases:
    """Those of a language (zh_CN, en)."""
    table, ending = _tables()["empty"], "_en" if language == "en" else ""
    return EmptyPhrases(*(tuple(table[name + ending]) for name in ("drop", "rewrite", "weak")))


@cache
def forbidden_words_en() -> tuple[str, ...]:
    """Spending the rules forbid or limit, in English; the Chinese words are ``ceilings.watched_words``. Source: domain notes C4."""
    return tuple(_tables()["forbidden"]["en"])


@cache
def festival_days() -> FestivalDays:
    """Festivals that stand in quotation marks."""
    table = _tables()["festivals"]
    spelt = {wrong: day for day, ways in table["spelt"].items() for wrong in ways}
    return FestivalDays(tuple(table["days"]), tuple(table["after"]), spelt)


@cache
def official_names() -> tuple[OfficialName, ...]:
    """Names of bodies, and words of accounts, that are often miswritten; the longest first."""
    found = []
    for row in _tables()["name"]:
        for wrong in row["wrong"]:
            right = wrong.replace(row["replaces"], row["right"]) if "replaces" in row else row["right"]
            found.append(OfficialName(wrong, right, row.get("unless_after", ""), row.get("unless_before", "")))
    return tuple(sorted(found, key=lambda name: -len(name.wrong)))


@cache
def law_names() -> tuple[str, ...]:
    """Laws that stand in 《》, the longest first."""
    return tuple(sorted(_tables()["laws"]["names"], key=len, reverse=True))
