"""The figures for the upper union, summed over the unions below it, each sum with its addends.

What a union hands in is written down when its summary is finalised, and only that is summed: what it rests on (visits, claims) is not the
upper union's to see, and figures that may still change are nobody's yet. Source: domain notes E3.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from unionboard.alphabet import rank_text
from unionboard.drafting.figures import Figure, Rule, share
from unionboard.drafting.upward import REFERENCES, UpwardTable
from unionboard.models import Plan, SummaryDraft, Union
from unionboard.reference import upward_figures
from unionboard.services.guard import actor_of, require
from unionboard.services.permissions import Act


@dataclass(frozen=True, slots=True)
class Addend:
    """What one union handed in. ``value`` is a count or fen; of a share it is its ``part`` of ``whole`` in percent.

    ``records``: on how many of that union's records it rests; ``as_of``: inclusive.
    """

    union_id: int
    union: str
    as_of: date
    value: int | Decimal
    records: int
    part: int | None = None
    whole: int | None = None


@dataclass(frozen=True, slots=True)
class SumLine:
    """A line of the table over several unions. ``code`` and ``section`` are those of reference/upward; ``own_name`` is a union's own word
    where the reference has none. A share is worked out anew from all parts and all wholes."""

    section: str
    code: str
    own_name: str
    unit: str
    addends: tuple[Addend, ...]

    @property
    def is_share(self) -> bool:
        return any(one.whole is not None for one in self.addends)

    @property
    def part(self) -> int:
        return sum(one.part or 0 for one in self.addends)

    @property
    def whole(self) -> int:
        return sum(one.whole or 0 for one in self.addends)

    @property
    def value(self) -> int | Decimal | None:
        """The sum; of shares the share in percent of all, with at most one decimal; None: no union has said anything."""
        if not self.addends:
            return None
        if self.is_share:
            return share(self.part, self.whole) if self.whole else None
        return sum(int(one.value) for one in self.addends)

    @property
    def records(self) -> int:
        return sum(one.records for one in self.addends)


@dataclass(frozen=True, slots=True)
class UpwardSums:
    """The table over ``counted`` of ``unions`` unions: those that handed in. ``drafted``: those whose summary is begun and not finalised;
    ``unread``: finalised before figures were kept with it, to be opened and finalised once more."""

    plan_year: int
    unions: int
    counted: int
    drafted: int
    unread: int
    lines: tuple[SumLine, ...]


def pack_figures(table: UpwardTable) -> list[dict[str, Any]]:
    """What of the table is handed in, as JSON takes it: no record is named, only how many there are."""
    return [_pack(line.part, line.code, line.name, line.unit, line.figure) for line in table.lines if line.figure is not None]


def read_sums(session: Session, year: int) -> UpwardSums:
    """What the unions below (``db.reading(below=…)``) handed in for their plans of ``year``; of several summaries of a union the one that
    reaches furthest. Two queries. Raises: NotYours."""
    require(session, Act.SEE_SUMMARY)
    below = tuple(session.info.get("below", ()))
    names = {id_ or 0: name for id_, name in session.exec(select(Union.id, Union.name).where(col(Union.id).in_(below)))}
    query = (
        select_columns(
            col(SummaryDraft.union_id), col(SummaryDraft.as_of), col(SummaryDraft.finalised_at_utc), col(SummaryDraft.final)["figures"]
        )
        .join(Plan, col(Plan.id) == SummaryDraft.plan_id)
        .where(col(Plan.year) == year, col(Plan.union_id).in_(below))
        .order_by(col(SummaryDraft.as_of), col(SummaryDraft.finalised_at_utc), col(SummaryDraft.id))
    )
    handed_in: dict[int, tuple[date, list[dict[str, Any]] | None]] = {}
    drafted: set[int] = set()
    for union_id, as_of, finalised, figures in session.execute(query):
        drafted.add(union_id or 0)
        if finalised is not None:
            handed_in[union_id or 0] = (as_of, figures)
    told = {union_id: (as_of, figures) for union_id, (as_of, figures) in handed_in.items() if figures is not None}
    return UpwardSums(
        plan_year=year,
        unions=len(names),
        counted=len(told),
        drafted=len(drafted - handed_in.keys()),
        unread=len(handed_in) - len(told),
        lines=_sum_lines(told, names, sees_money=_sees_money(session)),
    )


def _pack(part: str, code: str, name: str, unit: str, figure: Figure) -> dict[str, Any]:
    told: dict[str, Any] = {"part": part, "code": code, "unit": unit, "records": len(figure.records)}
    if not _is_known(code):
        told["name"] = name
    if figure.rule is Rule.RATE:
        return told | {"of": [figure.parts[0].number, figure.parts[1].number]}
    return told | {"value": figure.number}


def _is_known(code: str) -> bool:
    """Whether the reference has a name for the line, in every language."""
    line, _, key = code.partition(":")
    return not key or key in REFERENCES[line]()


def _sum_lines(
    handed_in: Mapping[int, tuple[date, Sequence[Mapping[str, Any]]]], names: Mapping[int, str], *, sees_money: bool
) -> tuple[SumLine, ...]:
    addends: dict[tuple[str, str, str, str], list[Addend]] = defaultdict(list)
    for union_id in sorted(handed_in, key=lambda one: (rank_text(names[one]), one)):
        as_of, figures = handed_in[union_id]
        for told in figures:
            addend = _addend(union_id, names[union_id], as_of, told)
            addends[told["part"], told["code"], told.get("name", ""), told["unit"]].append(addend)
    lines = [SumLine(*key, tuple(rows)) for key, rows in addends.items() if sees_money or key[0] != "money"]
    return tuple(sorted(lines, key=_place))


def _addend(union_id: int, union: str, as_of: date, told: Mapping[str, Any]) -> Addend:
    if "of" not in told:
        return Addend(union_id, union, as_of, told["value"], told["records"])
    part, whole = told["of"]
    return Addend(union_id, union, as_of, share(part, whole), told["records"], part, whole)


def _place(line: SumLine) -> tuple[int, int, str]:
    """In the order of the forms; those of a repeated line in the order of their reference, a union's own last."""
    code, _, key = line.code.partition(":")
    keys = list(REFERENCES[code]()) if key else []
    return list(upward_figures()).index(code), keys.index(key) if key in keys else len(keys), line.own_name


def _sees_money(session: Session) -> bool:
    actor = actor_of(session)
    return actor is None or actor.may(Act.SEE_MONEY)
