"""The books of the period: what came in, what went out for what, and how the budget was kept. Source: domain notes C6, E3."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from unionboard.drafting.facts import ComparedFacts, MoneyFacts, NamedFigure, QuotedText
from unionboard.drafting.figures import Figure, Rule, Source, Unit, difference, rate, total
from unionboard.drafting.finding.deeds import sum_entries
from unionboard.drafting.finding.texts import call
from unionboard.drafting.records import BookRecord, EntryRecord, OpeningRecord


def find_money(book: BookRecord, before: BookRecord | None, *, union: Source) -> MoneyFacts:
    """The book's sums; ``before`` gives last year's spending to compare with; ``union`` is whose names the items bear."""
    opening, (income, spending) = _opening(book.opening), _two_sides(book.entries)
    spent, budgeted = _by_item(book, "out"), _budget_items(book)
    budget = _budget(book)
    then = _two_sides(before.entries)[1] if before else None
    over = ((code, difference(Unit.FEN, spent[code], budgeted[code])) for code in spent.keys() & budgeted.keys())
    member = [entry for entry in book.entries if entry.direction == "out" and entry.item in book.member_items]
    names = {
        code: call(book.names.get(code, code), "own_item.name", union) for code in {*(entry.item for entry in book.entries), *budgeted}
    }
    return MoneyFacts(
        opening=opening,
        income=income,
        spending=spending,
        balance=difference(Unit.FEN, total(Unit.FEN, (opening, income)) if opening else income, spending),
        items=() if book.has_private_item else _named(names, spent, of=spending),
        incomes=_named(names, _by_item(book, "in"), of=income),
        budget=budget,
        execution=rate(spending, budget) if budget and budget.number > 0 and spending.number > 0 else None,
        members_share=rate(sum_entries(member), spending) if member and spending.number > 0 else None,
        over=() if book.has_private_item else _named(names, {code: figure for code, figure in over if figure.number > 0}),
        has_entries=bool(book.entries),
        last_year=ComparedFacts(spending, then) if then and then.number > 0 and spending.number > 0 else None,
    )


def _two_sides(entries: Iterable[EntryRecord]) -> tuple[Figure, Figure]:
    sides: dict[str, list[EntryRecord]] = {"in": [], "out": []}
    for entry in entries:
        sides[entry.direction].append(entry)
    return sum_entries(sides["in"]), sum_entries(sides["out"])


def _opening(record: OpeningRecord) -> Figure | None:
    """The balance somebody said, and what was booked between its day and the period."""
    said = Figure(record.said_fen, Unit.FEN, Rule.FIELD, "fund_year.opening_fen", (Source("fund_year", record.year or 0),))
    start = said if record.year is not None and record.said_fen else None
    if record.entries:
        came, went = _two_sides(record.entries)
        start = difference(Unit.FEN, total(Unit.FEN, (start, came)) if start else came, went)
    return start if start and start.number else None


def _by_item(book: BookRecord, direction: str) -> dict[str, Figure]:
    """What was booked on each item of a side, nothing that comes to 0 or less."""
    lines: dict[str, list[EntryRecord]] = defaultdict(list)
    for entry in book.entries:
        if entry.direction == direction:
            lines[entry.item].append(entry)
    sums = {code: sum_entries(entries) for code, entries in lines.items()}
    return {code: figure for code, figure in sums.items() if figure.number > 0}


def _budget_items(book: BookRecord) -> dict[str, Figure]:
    """The budget of each item of spending: its lines and what amendments changed."""
    parts: dict[str, list[Figure]] = defaultdict(list)
    for code in dict.fromkeys(line.item for line in book.lines):
        lines = [line for line in book.lines if line.item == code]
        parts[code].append(_sum_lines(lines_ids=[line.id for line in lines], fen=sum(line.amount_fen for line in lines)))
    for amendment in book.amendments:
        for code, fen in amendment.by_item.items():
            if fen:
                parts[code].append(_amended(amendment.id, code, fen))
    return {code: total(Unit.FEN, figures) for code, figures in parts.items()}


def _budget(book: BookRecord) -> Figure | None:
    """The whole budget of spending; an amendment that only moves money between items has no part in it."""
    if not book.lines and not book.amendments:
        return None
    moved = [
        _amended(amendment.id, code, fen)
        for amendment in book.amendments
        if sum(amendment.by_item.values())
        for code, fen in amendment.by_item.items()
        if fen
    ]
    lines = _sum_lines(lines_ids=[line.id for line in book.lines], fen=sum(line.amount_fen for line in book.lines))
    return total(Unit.FEN, (lines, *moved)) if moved else lines


def _sum_lines(*, lines_ids: Sequence[int], fen: int) -> Figure:
    return Figure(fen, Unit.FEN, Rule.SUM, "budget_line.amount_fen", tuple(Source("budget_line", id_) for id_ in lines_ids))


def _amended(amendment_id: int, code: str, fen: int) -> Figure:
    return Figure(fen, Unit.FEN, Rule.SUM, f"budget_amendment.lines.{code}", (Source("budget_amendment", amendment_id),))


def _named(names: dict[str, QuotedText], sums: dict[str, Figure], *, of: Figure | None = None) -> tuple[NamedFigure, ...]:
    """By item, the largest sum first; with the share each has of the whole."""
    ordered = sorted(sums.items(), key=lambda pair: (-pair[1].number, pair[0]))
    has_share = of is not None and of.number > 0
    return tuple(NamedFigure(code, names[code], figure, rate(figure, of) if has_share and of else None) for code, figure in ordered)
