"""Care visits by occasion and hand-outs; who was visited is not in the records any more. Source: domain notes A4, D2, E3."""

from collections.abc import Sequence

from unionboard.drafting.facts import CareFacts, ComparedFacts, HandoutFacts, OccasionFacts
from unionboard.drafting.figures import Figure, Rule, Source, Unit, count, product
from unionboard.drafting.finding.texts import call, quote
from unionboard.drafting.records import CareRecord, HandoutRecord, VisitRecord


def find_care(care: CareRecord, before: CareRecord | None, *, union: Source) -> CareFacts:
    """All visits, then by occasion in the union's order. Sums are told only where every occasion's may be. ``union``: whose names the
    occasions bear."""
    attended, then = _attended(care.cases), _attended(before.cases) if before else None
    kinds = list(dict.fromkeys(case.kind for case in care.cases))
    return CareFacts(
        times=_times(care.cases) if care.cases else None,
        attended=attended,
        spent=_spent(care.cases) if care.tells_sums.issuperset(kinds) else None,
        occasions=tuple(_occasion(kind, care, union) for kind in kinds if kind in care.tells_kinds),
        handouts=tuple(_handout(one) for one in care.handouts),
        last_year=ComparedFacts(attended, then) if attended and then else None,
    )


def _occasion(kind: str, care: CareRecord, union: Source) -> OccasionFacts:
    cases = [case for case in care.cases if case.kind == kind]
    attended = _attended(cases)
    assert attended is not None
    spent = _spent(cases) if kind in care.tells_sums else None
    return OccasionFacts(kind, call(care.names.get(kind, kind), "own_occasion.name", union), _times(cases), attended, spent)


def _times(cases: Sequence[VisitRecord]) -> Figure:
    return count(Unit.TIME, _sources(cases))


def _attended(cases: Sequence[VisitRecord]) -> Figure | None:
    people = sum(case.people for case in cases)
    return Figure(people, Unit.PERSON_TIME, Rule.SUM, "care_visit.people", _sources(cases)) if cases else None


def _spent(cases: Sequence[VisitRecord]) -> Figure | None:
    paid = [case for case in cases if case.amount_fen]
    fen = sum(case.amount_fen for case in paid)
    return Figure(fen, Unit.FEN, Rule.SUM, "care_visit.amount_fen", _sources(paid)) if fen else None


def _sources(cases: Sequence[VisitRecord]) -> tuple[Source, ...]:
    return tuple(Source("care_visit", case.id) for case in cases)


def _handout(row: HandoutRecord) -> HandoutFacts:
    here = (Source("handout", row.id),)
    heads = Figure(row.heads, Unit.PERSON, Rule.FIELD, "handout.heads", here)
    value = Figure(row.unit_fen, Unit.FEN, Rule.FIELD, "handout.unit_fen", here)
    return HandoutFacts(
        title=quote(row.title, "handout.title", here[0]),
        festival=row.festival,
        handed_on=Figure(row.handed_on, Unit.DATE, Rule.FIELD, "handout.handed_on", here),
        heads=heads,
        value=value,
        sum=product(Unit.FEN, (heads, value)),
    )
