"""The figures an upper union asks for at the year's end, out of the same facts as the summary.

``None`` means that nobody recorded it, which is not the same as 0. Source: domain notes E3.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from unionboard.drafting.facts import AwardFacts, DeedFacts, DutyFacts, NamedFigure, Period, YearFacts
from unionboard.drafting.figures import Figure, Rule, Unit, count, rate, total
from unionboard.drafting.finding.deeds import kind_of, sum_attended
from unionboard.drafting.records import Deed
from unionboard.reference import award_levels, care_kinds, fund_items, upward_figures, work_areas


@dataclass(frozen=True, slots=True)
class UpwardLine:
    """A line of the table: ``code`` and ``part`` are those of reference/upward, of a repeated one ``times_in:CULT``."""

    part: str
    code: str
    name: str
    unit: str
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class UpwardTable:
    """All that the table says, in ``language``."""

    union: str
    higher_union: str
    period: Period
    lines: tuple[UpwardLine, ...]
    language: str


def tell_upward(facts: YearFacts, *, language: str) -> UpwardTable:
    """All lines in the order of the forms; a repeated one has a line for each area, occasion, level or item that has something."""
    held = Held.of(facts)
    lines: list[UpwardLine] = []
    for code, asked in upward_figures().items():
        name = asked.en if language == "en" else asked.zh
        if code in _SINGLE:
            lines.append(UpwardLine(asked.part, code, name, asked.unit, _SINGLE[code](facts, held)))
        else:
            repeated = _REPEATED[code](facts, held, language)
            lines += (UpwardLine(asked.part, f"{code}:{key}", name.format(name=each), asked.unit, figure) for key, each, figure in repeated)
    return UpwardTable(facts.union_name.text, facts.higher_union.text, facts.period, tuple(lines), language)


@dataclass(frozen=True, slots=True)
class Held:
    """Everything that was held, whatever heading of the plan it stands under."""

    deeds: tuple[DeedFacts, ...]
    duties: tuple[DutyFacts, ...]

    @classmethod
    def of(cls, facts: YearFacts) -> "Held":
        """Deeds that were done wholly or in part, and duties that were kept at least once."""
        deeds = [deed for section in facts.sections for group in section.groups for deed in group.deeds]
        deeds += [deed for section in facts.sections for deed in section.partly]
        duties = [duty for section in facts.sections for duty in section.duties if duty.kept.number]
        return cls(tuple(deeds), tuple(duties))

    def of_kind(self, *kinds: str) -> "Held":
        """Only what is of one of the kinds."""
        return Held(
            tuple(deed for deed in self.deeds if deed.kind in kinds),
            tuple(duty for duty in self.duties if kind_of(duty.activity) in kinds),
        )

    def in_area(self, area: str) -> "Held":
        """Only what belongs to a work area in the first place: nothing counts twice."""
        return Held(
            tuple(deed for deed in self.deeds if deed.activity.area == area),
            tuple(duty for duty in self.duties if duty.activity.area == area),
        )

    @property
    def check_offs(self) -> tuple[Deed, ...]:
        """Everything that was checked off."""
        told = [*(one.deed for one in self.deeds), *(deed for duty in self.duties for deed in duty.activity.deeds)]
        return tuple(sorted(told, key=lambda deed: deed.id))

    @property
    def times(self) -> Figure:
        """How often something was held."""
        return count(Unit.TIME, [deed.source for deed in self.check_offs])

    @property
    def person_times(self) -> Figure | None:
        """Attendances, where they were recorded."""
        return sum_attended(self.check_offs)[0]

    @property
    def turnout(self) -> Figure | None:
        """Of those expected, how many came; over everything one-off that has both figures."""
        both = [deed for deed in self.deeds if deed.present and deed.eligible]
        return share_of(add_up(Unit.PERSON, [deed.present for deed in both]), add_up(Unit.PERSON, [deed.eligible for deed in both]))

    @property
    def figures(self) -> Sequence[dict[str, Figure]]:
        """What check-offs say in figures, by code of reference/figures."""
        return [*(deed.figures for deed in self.deeds), *(duty.figures for duty in self.duties)]

    def figure(self, code: str, unit: Unit) -> Figure | None:
        """One of these figures added up."""
        return add_up(unit, [figures.get(code) for figures in self.figures])

    def share(self, part: str, whole: str) -> Figure | None:
        """One figure as a share of another, over what has both."""
        both = [figures for figures in self.figures if part in figures and whole in figures]
        return share_of(
            add_up(Unit.CASE, [figures[part] for figures in both]),
            add_up(Unit.CASE, [figures[whole] for figures in both]),
        )


def add_up(unit: Unit, several: Iterable[Figure | None]) -> Figure | None:
    """Figures of one unit as one; None without any. Sums and counts of the same thing become a longer sum or count."""
    parts = [figure for figure in several if figure is not None]
    if not parts:
        return None
    first, rules = parts[0], {part.rule for part in parts}
    sources = [source for part in parts for source in part.sources]
    is_flat = not any(part.parts for part in parts) and len({part.field for part in parts}) == 1 and len(set(sources)) == len(sources)
    if is_flat and rules <= {Rule.SUM, Rule.FIELD}:
        rule = first.rule if len(parts) == 1 else Rule.SUM
        return Figure(sum(part.number for part in parts), unit, rule, first.field, tuple(sources))
    if is_flat and rules == {Rule.COUNT}:
        return count(unit, sources)
    return replace(first, unit=unit) if len(parts) == 1 else total(unit, parts)


def share_of(part: Figure | None, whole: Figure | None) -> Figure | None:
    """``rate`` where there is something to compare."""
    return rate(part, whole) if part is not None and whole is not None and whole.number else None


def _received(held: Held) -> Figure | None:
    """Proposals where they were called for; check-offs of their answers say once more how many there were to answer."""
    calls = [
        figures["proposals_received"] for figures in held.figures if "proposals_received" in figures and "proposals_answered" not in figures
    ]
    return add_up(Unit.CASE, calls) or held.figure("proposals_received", Unit.CASE)


def _count_awards(awards: Sequence[AwardFacts]) -> Figure:
    return count(Unit.ITEM, [award.text.source for award in awards if award.text.source])


Each = tuple[str, str, Figure]
"""Of a repeated line: a code, its name, the figure."""
Single = Callable[[YearFacts, Held], Figure | None]
Repeated = Callable[[YearFacts, Held, str], Iterable[Each]]

_SINGLE: dict[str, Single] = {
    "members": lambda facts, _: facts.basics.members,
    "women": lambda facts, _: facts.basics.women,
    "staff": lambda facts, _: facts.basics.staff,
    "joining": lambda facts, _: facts.basics.joining,
    "joined": lambda facts, _: facts.basics.joined,
    "left": lambda facts, _: facts.basics.left,
    "groups": lambda facts, _: facts.basics.groups,
    "delegates": lambda facts, _: facts.basics.delegates,
    "committee": lambda facts, _: facts.basics.committee,
    "committee_meetings": lambda facts, _: facts.basics.meetings,
    "planned": lambda facts, _: facts.plan.planned,
    "done": lambda facts, _: facts.plan.done,
    "partly": lambda facts, _: facts.plan.partly,
    "late": lambda facts, _: facts.plan.late,
    "cancelled": lambda facts, _: facts.plan.cancelled,
    "done_rate": lambda facts, _: share_of(facts.plan.done, facts.plan.planned),
    "congresses": lambda _, held: held.of_kind("congress").times,
    "delegates_due": lambda _, held: held.figure("delegates_due", Unit.PERSON),
    "delegates_present": lambda _, held: held.figure("delegates_present", Unit.PERSON),
    "delegates_rate": lambda _, held: held.share("delegates_present", "delegates_due"),
    "proposals_received": lambda _, held: _received(held),
    "proposals_filed": lambda _, held: held.figure("proposals_filed", Unit.CASE),
    "proposals_answered": lambda _, held: held.figure("proposals_answered", Unit.CASE),
    "answered_rate": lambda _, held: held.share("proposals_answered", "proposals_received"),
    "proposals_satisfied": lambda _, held: held.figure("proposals_satisfied", Unit.CASE),
    "satisfied_rate": lambda _, held: held.share("proposals_satisfied", "proposals_answered"),
    "disclosures": lambda _, held: held.figure("disclosures", Unit.TIME) or held.of_kind("disclosure").times,
    "times": lambda _, held: held.times,
    "person_times": lambda _, held: held.person_times,
    "turnout": lambda _, held: held.turnout,
    "trainings": lambda _, held: held.of_kind("training").times,
    "sessions": lambda _, held: held.of_kind("training").figure("sessions", Unit.SESSION),
    "training_person_times": lambda _, held: held.of_kind("training").person_times,
    "contests": lambda _, held: held.of_kind("contest").times,
    "prizes": lambda _, held: held.figure("prizes", Unit.ITEM),
    "visits": lambda facts, _: facts.care.times,
    "visited": lambda facts, _: facts.care.attended,
    "care_spent": lambda facts, _: facts.care.spent,
    "heads": lambda facts, _: add_up(Unit.PERSON_TIME, [each.heads for each in facts.care.handouts]),
    "handed_out": lambda facts, _: add_up(Unit.FEN, [each.sum for each in facts.care.handouts]),
    "households": lambda _, held: held.figure("households_helped", Unit.HOUSEHOLD),
    "checkups": lambda _, held: add_up(Unit.PERSON, [deed.present for deed in held.of_kind("checkup").deeds]),
    "checkup_rate": lambda _, held: held.of_kind("checkup").turnout,
    "insured": lambda _, held: held.figure("insured", Unit.PERSON),
    "claims": lambda _, held: held.figure("claims_paid", Unit.CASE),
    "cases": lambda _, held: held.figure("cases_settled", Unit.CASE),
    "articles_sent": lambda _, held: held.figure("articles_sent", Unit.ARTICLE),
    "articles_published": lambda _, held: held.figure("articles_published", Unit.ARTICLE),
    "media_reports": lambda _, held: held.figure("media_reports", Unit.ARTICLE),
    "awards": lambda facts, _: _count_awards(facts.honours),
    "opening": lambda facts, _: facts.money.opening,
    "income": lambda facts, _: facts.money.income if facts.money.has_entries else None,
    "spending": lambda facts, _: facts.money.spending if facts.money.has_entries else None,
    "members_share": lambda facts, _: facts.money.members_share,
    "balance": lambda facts, _: facts.money.balance if facts.money.has_entries else None,
    "budget": lambda facts, _: facts.money.budget,
    "execution": lambda facts, _: facts.money.execution,
}


def _times_by_area(_facts: YearFacts, held: Held, language: str) -> Iterator[Each]:
    for code, name in _area_names(language):
        if (times := held.in_area(code).times).number:
            yield code, name, times


def _person_times_by_area(_facts: YearFacts, held: Held, language: str) -> Iterator[Each]:
    for code, name in _area_names(language):
        if person_times := held.in_area(code).person_times:
            yield code, name, person_times


def _area_names(language: str) -> Iterator[tuple[str, str]]:
    return ((code, area.en if language == "en" else area.zh) for code, area in work_areas().items())


def _awards_by_level(facts: YearFacts, _held: Held, language: str) -> Iterator[Each]:
    for code, level in reversed(award_levels().items()):
        if awards := [award for award in facts.honours if award.level == code]:
            yield code, level.en if language == "en" else level.zh, _count_awards(awards)


def _items(named: Sequence[NamedFigure]) -> list[Each]:
    return [(item.code, item.name.text, item.figure) for item in named]


_REPEATED: dict[str, Repeated] = {
    "times_in": _times_by_area,
    "person_times_in": _person_times_by_area,
    "visited_of": lambda facts, *_: [(each.code, each.name.text, each.attended) for each in facts.care.occasions],
    "care_spent_of": lambda facts, *_: [(each.code, each.name.text, each.spent) for each in facts.care.occasions if each.spent],
    "awards_at": _awards_by_level,
    "income_of": lambda facts, *_: _items(facts.money.incomes),
    "spending_of": lambda facts, *_: _items(facts.money.items),
}


REFERENCES: Mapping[str, Callable[[], Mapping[str, object]]] = {
    "times_in": work_areas,
    "person_times_in": work_areas,
    "visited_of": care_kinds,
    "care_spent_of": care_kinds,
    "awards_at": award_levels,
    "income_of": fund_items,
    "spending_of": fund_items,
}
"""Of a repeated line, where its keys have their names."""


def name_line(code: str, *, language: str) -> str:
    """What a line of that code is called, without any union's records; the reference knows its key."""
    line, _, key = code.partition(":")
    asked = upward_figures()[line]
    attribute = "en" if language == "en" else "zh"
    return str(getattr(asked, attribute)).format(name=getattr(REFERENCES[line]()[key], attribute) if key else "")
