"""What the field fixes, as data: work areas, fund items, care occasions, festivals.

Each table is a TOML file beside this module, read once. Codes are stored in the database and never change; names are shown in the
user's language.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class WorkArea:
    """One of the ten canonical work areas, or OTHER, with the words that speak for it.

    ``strong`` words decide (三八), ``weak`` ones only count when nothing better is there (精神). Source: domain notes A5.
    """

    code: str
    zh: str
    en: str
    scope: str
    triggers: tuple[str, ...]
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FundItem:
    """An item of income (direction "in") or spending ("out"). Source: 财会〔2021〕7号; ``legacy`` is the item of 总工办发〔2017〕32号."""

    code: str
    direction: str
    zh: str
    en: str
    legacy: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A code with its two names."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A whole number that a check-off in ``area`` is asked for. Source: domain notes E3."""

    code: str
    area: str
    zh: str
    en: str


def _table(file: str, key: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = tomllib.loads(resources.files(__name__).joinpath(file).read_text(encoding="utf-8"))[key]
    return rows


@cache
def work_areas() -> dict[str, WorkArea]:
    """Areas by code, in the official order, OTHER last."""
    return {
        str(row["code"]): WorkArea(**{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()})  # type: ignore[arg-type]
        for row in _table("work_areas.toml", "area")
    }


@cache
def neutral_phrases() -> tuple[str, ...]:
    """Phrases that hold a trigger word and yet speak for no area, e.g. 合法权益."""
    return tuple(str(row["phrase"]) for row in _table("work_areas.toml", "neutral"))


@cache
def fund_items() -> dict[str, FundItem]:
    """Fund items by code, income first, in the official order."""
    return {str(row["code"]): FundItem(**row) for row in _table("fund_items.toml", "item")}  # type: ignore[arg-type]


@cache
def fund_groups() -> dict[str, Named]:
    """The headings of the spending items, by code, in the official order."""
    return {str(row["code"]): Named(**row) for row in _table("fund_items.toml", "group")}  # type: ignore[arg-type]


@cache
def care_kinds() -> dict[str, Named]:
    """Occasions of care visits by code."""
    return {str(row["code"]): Named(**row) for row in _table("care_kinds.toml", "kind")}  # type: ignore[arg-type]


@cache
def figures() -> dict[str, Figure]:
    """The numbers asked for at a check-off, by code."""
    return {str(row["code"]): Figure(**row) for row in _table("figures.toml", "figure")}  # type: ignore[arg-type]


@cache
def award_levels() -> dict[str, Named]:
    """Levels of awards by code, lowest first."""
    return {str(row["code"]): Named(**row) for row in _table("award_levels.toml", "level")}  # type: ignore[arg-type]
