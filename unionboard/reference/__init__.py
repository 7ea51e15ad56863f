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
class Kind:
    """What activities of a kind are asked when they are checked off: ``asks`` are codes of ``figures`` or fields of a check-off.

    ``words`` in a title speak for the kind; ``areas`` do where no title's word does. Source: domain notes E3.
    """

    code: str
    asks: tuple[str, ...]
    words: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FundRole:
    """A part somebody has in the fund, with the words of a duty that speak for it."""

    code: str
    zh: str
    en: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimKind:
    """A kind of claim: which ``papers`` (codes of PaperKind) belong to it, which are often ``also`` there, and what it ``asks`` (fields of
    a claim). ``item``: the fund item it is usually booked on, or empty. ``is_private``: its papers name people, and
    its purpose is written by the program. Source: domain notes C6."""

    code: str
    zh: str
    en: str
    item: str
    papers: tuple[str, ...]
    also: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class UpwardFigure:
    """A figure an upper union asks for. A name with ``{name}`` is repeated for each work area, occasion, level or item."""

    part: str
    code: str
    unit: str
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
def figures() -> dict[str, Named]:
    """The whole numbers a check-off may tell, by code, in the order they are asked."""
    return {str(row["code"]): Named(**row) for row in _table("figures.toml", "figure")}  # type: ignore[arg-type]


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds of activity in their order; the last one is for whatever is none of the others."""
    return tuple(
        Kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()})  # type: ignore[arg-type]
        for row in _table("figures.toml", "kind")
    )


def choose_kind(title: str, *areas: str | None) -> Kind:
    """The kind the longest word in ``title`` speaks for, else that of the first of ``areas`` to have one, else the last kind."""
    plain = title.casefold()
    said = [(len(word), -place, kind) for place, kind in enumerate(kinds()) for word in kind.words if word in plain]
    if said:
        return max(said, key=lambda hit: hit[:2])[2]
    return next((kind for area in areas for kind in kinds() if area in kind.areas), kinds()[-1])


@cache
def award_levels() -> dict[str, Named]:
    """Levels of awards by code, lowest first."""
    return {str(row["code"]): Named(**row) for row in _table("award_levels.toml", "level")}  # type: ignore[arg-type]


@cache
def upward_figures() -> dict[str, UpwardFigure]:
    """What an upper union asks for, by code, in the order of its forms."""
    return {str(row["code"]): UpwardFigure(**row) for row in _table("upward.toml", "line")}  # type: ignore[arg-type]


@cache
def upward_parts() -> dict[str, Named]:
    """The parts of its forms by code."""
    return {str(row["code"]): Named(**row) for row in _table("upward.toml", "part")}  # type: ignore[arg-type]


@cache
def upward_units() -> dict[str, Named]:
    """What is counted (``drafting.figures.Unit``), in a column of units."""
    return {str(row["code"]): Named(**row) for row in _table("upward.toml", "unit")}  # type: ignore[arg-type]


@cache
def record_nouns() -> dict[str, Named]:
    """What the tables are called in which records stand."""
    return {str(row["code"]): Named(**row) for row in _table("record_words.toml", "noun")}  # type: ignore[arg-type]


@cache
def record_fields() -> dict[str, Named]:
    """What their columns are called, by ``table.column``."""
    return {str(row["code"]): Named(**row) for row in _table("record_words.toml", "field")}  # type: ignore[arg-type]


@cache
def surnames() -> frozenset[str]:
    """Chinese surnames of one or two characters."""
    told = tomllib.loads(resources.files(__name__).joinpath("surnames.toml").read_text(encoding="utf-8"))
    return frozenset("".join(told["single"].split())) | frozenset(told["double"].split())


@cache
def common_passwords() -> frozenset[str]:
    """Passwords of eight characters and more that are tried first, in small letters."""
    told = tomllib.loads(resources.files(__name__).joinpath("common_passwords.toml").read_text(encoding="utf-8"))
    return frozenset(told["words"].split())


@cache
def fund_roles() -> tuple[FundRole, ...]:
    """The parts in the fund, the chair's first."""
    return tuple(FundRole(**_tuples(row)) for row in _table("roles.toml", "role"))  # type: ignore[arg-type]


@cache
def no_role_words() -> tuple[str, ...]:
    """Words of a duty that hold one of a role and mean something else, e.g. 主席团."""
    told = tomllib.loads(resources.files(__name__).joinpath("roles.toml").read_text(encoding="utf-8"))
    return tuple(told["neutral"])


@cache
def claim_kinds() -> dict[str, ClaimKind]:
    """Kinds of claims by code, the most usual first, OTHER last."""
    return {str(row["code"]): ClaimKind(**_tuples(row)) for row in _table("claim_kinds.toml", "kind")}  # type: ignore[arg-type]


def _tuples(row: dict[str, object]) -> dict[str, object]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
