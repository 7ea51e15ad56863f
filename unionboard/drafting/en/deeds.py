"""What was done, sentence by sentence: single deeds, congresses, groups of a kind, what is half done. Source: domain notes E4."""

from collections.abc import Mapping, Sequence

from unionboard.drafting.en.figures import counted, listed, money, named, number, percent, quoted, sentence, times, when
from unionboard.drafting.facts import ComparedFacts, DeedFacts, GroupFacts, TargetFacts, YearFacts
from unionboard.drafting.figures import Figure, Unit, count
from unionboard.drafting.finding.deeds import sum_attended
from unionboard.drafting.phrases import Phrase, Words, chain, fill, rest
from unionboard.drafting.telling import tells_money

_AREA_DEEDS = {
    "IDEO": ("ethics and study event", "ethics and study events"),
    "DEMO": ("consultation event", "consultation events"),
    "RIGHT": ("rights and safety event", "rights and safety events"),
    "CARE": ("welfare event", "welfare events"),
    "HEALTH": ("health event", "health events"),
    "CULT": ("cultural and sports event", "cultural and sports events"),
    "SKILL": ("skills event", "skills events"),
    "WOMEN": ("event for women members", "events for women members"),
    "ORG": ("organisational event", "organisational events"),
    "FUND": ("event on funds and assets", "events on funds and assets"),
}
_KIND_DEEDS = {
    "congress": ("congress", "congresses"),
    "proposals": ("round of proposals and suggestions", "rounds of proposals and suggestions"),
    "contest": ("contest", "contests"),
    "training": ("training or reading event", "training and reading events"),
    "checkup": ("health check or rest stay", "health checks and rest stays"),
    "insurance": ("mutual-aid insurance task", "mutual-aid insurance tasks"),
    "care": ("welfare visit or hand-out", "welfare visits and hand-outs"),
    "cases": ("mediation or advice task", "mediation and advice tasks"),
    "publicity": ("publicity task", "publicity tasks"),
    "disclosure": ("disclosure", "disclosures"),
    "membership": ("membership task", "membership tasks"),
    "meeting": ("meeting", "meetings"),
    "paperwork": ("administrative task", "administrative tasks"),
}
_OTHER_DEEDS = ("other activity", "other activities")

_FIGURES: Mapping[str, tuple[str, str, str]] = {
    "proposals_received": ("{n} proposal received", "{n} proposals received", ""),
    "proposals_filed": ("{n} proposal put on file", "{n} proposals put on file", "filed"),
    "proposals_answered": ("{n} answered", "{n} answered", "answered"),
    "proposals_satisfied": ("{n} to the mover’s satisfaction", "{n} to the movers’ satisfaction", "satisfied"),
    "cases_settled": ("{n} case settled", "{n} cases settled", ""),
    "households_helped": ("{n} household helped", "{n} households helped", ""),
    "insured": ("{n} person insured", "{n} people insured", ""),
    "claims_paid": ("{n} claim paid", "{n} claims paid", ""),
    "sessions": ("{n} session in all", "{n} sessions in all", ""),
    "prizes": ("{n} prize awarded", "{n} prizes awarded", ""),
    "members_joined": ("{n} new member", "{n} new members", ""),
    "members_left": ("{n} member gone", "{n} members gone", ""),
    "disclosures": ("{n} disclosure made", "{n} disclosures made", ""),
    "articles_sent": ("{n} article sent in", "{n} articles sent in", ""),
    "articles_published": ("{n} published", "{n} published", "published"),
    "media_reports": ("{n} report in the media", "{n} reports in the media", ""),
}
"""By code: one, many, and the share told behind it. Delegates and votes are told by the congress itself."""
_NOTES = ("the record adds: ", "outcome on record: ", "as noted at the time: ", "the note on it reads: ")
_CARRIED_OUT = frozenset({"care", "cases", "disclosure", "membership", "proposals", "publicity"})
_OTHERS_LEAD = {"join": "The union took part in {title} {day}", "support": "The union helped with {title} {day}"}
_COMPLETED = frozenset({"paperwork", "insurance"})


def tell_deed(deed: DeedFacts, facts: YearFacts, *, turn: int, in_brief: bool) -> Phrase:
    """One deed; in brief without who came where something else is told of it."""
    if deed.kind == "congress" and (deed.figures.keys() & {"delegates_due", "delegates_present"} or deed.agenda):
        return _tell_congress(deed, facts, turn=turn)
    more = [*figures_of(deed.figures, deed.rates), *_spent(deed, facts), *met(deed.targets)]
    if in_brief and (more or _result(deed, turn=turn)):
        return _close([_main_clause(deed, facts, turn, tells_people=False), *more], deed, turn=turn)
    return _close([_main_clause(deed, facts, turn, tells_people=True), *_times(deed), *more], deed, turn=turn)


def _main_clause(deed: DeedFacts, facts: YearFacts, turn: int, *, tells_people: bool) -> Phrase:
    """When and what, and who came; a few shapes of one meaning."""
    title, day = quoted(deed.title), when(deed, facts)
    done = "completed" if deed.kind in _COMPLETED else "carried out" if deed.kind in _CARRIED_OUT else "held"
    if deed.activity.relation in _OTHERS_LEAD:
        clause = fill(_OTHERS_LEAD[deed.activity.relation], title=title, day=day)
    elif turn % 3 == 0:
        clause = fill("{day}, {title} was " + done, day=when(deed, facts, opens=True), title=title)
    elif turn % 3 == 1 and done == "held" and deed.present and tells_people and deed.kind != "checkup":
        return fill("{title}, held {day}, {drew}", title=title, day=day, drew=_drew(deed))
    else:
        clause = fill("{title} " + ("took place" if done == "held" else f"was {done}") + " {day}", title=title, day=day)
    return _with_people(clause, deed) if tells_people else clause


def _drew(deed: DeedFacts) -> Phrase:
    assert deed.present is not None
    if deed.eligible is None:
        return chain(["drew ", counted(deed.present, "person", "people")])
    if deed.present.number == deed.eligible.number:
        return rest(fill("drew all {n} people expected", n=number(deed.eligible)), deed.present.records)
    return fill("drew {n} of {of} people expected{rate}", n=number(deed.present), of=number(deed.eligible), rate=_in_brackets(deed.turnout))


def _with_people(clause: Phrase, deed: DeedFacts) -> Phrase:
    """The clause with who came, as its kind says it."""
    if deed.present is None:
        return clause
    if deed.activity.relation == "join":
        return chain([clause, ", sending ", counted(deed.present, "person", "people")])
    came = {"checkup": "taking it up", "care": "reached", "meeting": "present"}.get(deed.kind, "taking part")
    if deed.eligible is None:
        return chain([clause, ", with ", counted(deed.present, "person ", "people "), came])
    if deed.present.number == deed.eligible.number:
        return rest(chain([clause, ", with all ", number(deed.eligible), " people ", came]), deed.present.records)
    who = fill(", {n} of {of} people ", n=number(deed.present), of=number(deed.eligible))
    return chain([clause, who, came, _in_brackets(deed.turnout)])


def _tell_congress(deed: DeedFacts, facts: YearFacts, *, turn: int) -> Phrase:
    """A congress: delegates, agenda, votes, proposals."""
    due, present = deed.figures.get("delegates_due"), deed.figures.get("delegates_present")
    told: list[Words] = [fill("{title} met {day}", title=quoted(deed.title), day=when(deed, facts))]
    if due and present:
        share = _in_brackets(deed.rates.get("delegates"))
        told.append(fill("{n} of {due} delegates being present{share}", n=number(present), due=number(due), share=share))
    elif present:
        told.append(chain([counted(present, "delegate", "delegates"), " being present"]))
    if deed.agenda:
        told.append(chain(["with ", listed([quoted(item) for item in deed.agenda]), " on the agenda"]))
    told += votes_of(deed.figures, deed.rates)
    told += figures_of(deed.figures, deed.rates)
    return _close([*told, *_spent(deed, facts), *met(deed.targets)], deed, turn=turn)


def tell_partly(deed: DeedFacts, facts: YearFacts) -> Phrase:
    """Something that was done in part, and what is left of it."""
    clause = _with_people(fill("{title} was carried out in part {day}", title=quoted(deed.title), day=when(deed, facts)), deed)
    told = chain([clause, *_times(deed), *figures_of(deed.figures, deed.rates), *_result(deed, turn=deed.activity.id)], ", ")
    left = chain(["still to do: ", quoted(deed.remaining)]) if deed.remaining else "still to do: [to be added: what is left]"
    return sentence([told, left], "; ")


def tell_group(group: GroupFacts, facts: YearFacts, *, listed: Sequence[DeedFacts] = ()) -> Phrase:
    """Several deeds of one kind or area, counted; ``listed`` are named here."""
    one, many = group_name(group)
    done = ("was completed" if group.times.number == 1 else "were completed") if many.endswith("tasks") else "took place"
    told: list[Words] = [fill(whole_period(facts) + ", {times} " + done, times=counted(group.times, one, many))]
    is_whole = group.counted >= group.times.number
    came = _reached if group.kind == "care" else attended
    told += [*compared(group.last_year, facts), *came(group.attended, is_whole=is_whole)]
    names = [chain(["among them were ", named([deed.title for deed in listed])])] if listed else []
    return sentence([chain(told, ", "), *names], "; ")


def group_name(group: GroupFacts) -> tuple[str, str]:
    """What one of the group is called, and several."""
    return _KIND_DEEDS.get(group.kind) or _AREA_DEEDS.get(group.area, _OTHER_DEEDS)


def tell_gathered(deeds: Sequence[DeedFacts], facts: YearFacts) -> Phrase:
    """Small deeds in one sentence; several with their number."""
    if len(deeds) == 1:
        return sentence(
            [_with_people(fill("There was also {title} {day}", title=quoted(deeds[0].title), day=when(deeds[0], facts)), deeds[0])]
        )
    whole = count(Unit.ITEM, [deed.deed.source for deed in deeds])
    came, known = sum_attended([deed.deed for deed in deeds])
    told = fill("Besides, {n} further activities were completed: {names}", n=number(whole), names=named([deed.title for deed in deeds]))
    return sentence([told, *attended(came, is_whole=known == len(deeds))])


def attended(figure: Figure | None, *, is_whole: bool) -> list[Words]:
    """Attendances of several deeds, saying so when not all of them were counted."""
    if figure is None:
        return []
    told = chain(["with ", counted(figure, "attendance", "attendances")])
    return [told if is_whole else chain([told, " where heads were counted"])]


def _reached(figure: Figure | None, *, is_whole: bool) -> list[Words]:
    if figure is None:
        return []
    told = chain(["reaching people ", times(figure)])
    return [told if is_whole else chain([told, " where heads were counted"])]


def figures_of(figures: Mapping[str, Figure], rates: Mapping[str, Figure]) -> list[Words]:
    """The figures of a check-off or of several, with their shares in brackets; proposals received are told with those answered."""
    told: list[Words] = []
    received, answered = figures.get("proposals_received"), figures.get("proposals_answered")
    for code, (one, many, share) in _FIGURES.items():
        if code not in figures or (code == "proposals_received" and answered):
            continue
        words = one if figures[code].number == 1 else many
        if code == "proposals_answered" and received:
            words = "{n} of {received} answered" if figures.get("proposals_filed") else "{n} of {received} proposals answered"
        slots = {"n": number(figures[code]), "received": number(received) if received else Phrase("")}
        told.append(chain([fill(words, **slots), _in_brackets(rates.get(share))]))
    return told


def votes_of(figures: Mapping[str, Figure], rates: Mapping[str, Figure]) -> list[Words]:
    """How a vote went: 44 votes for, 1 against and 2 abstentions (93.6%)."""
    voted: list[Words] = [fill("{n} votes for", n=number(figures["votes_for"]))] if "votes_for" in figures else []
    voted += [fill("{n} against", n=number(figures["votes_against"]))] if "votes_against" in figures else []
    voted += [counted(figures["votes_abstained"], "abstention", "abstentions")] if "votes_abstained" in figures else []
    passed = fill(" ({rate} in favour)", rate=percent(rates["passed"])) if "passed" in rates else ""
    return [chain([listed(voted), passed])] if voted else []


def met(targets: Sequence[TargetFacts]) -> list[Words]:
    """Targets of the plan that were reached, in its own words."""
    return [
        fill("meeting the plan’s target {target}", target=quoted(target.phrase)) for target in targets if target.is_met and target.reached
    ]


def compared(last_year: ComparedFacts | None, facts: YearFacts) -> list[Words]:
    """The same count in the period before."""
    if last_year is None:
        return []
    if facts.period.is_year_end and last_year.now.number == last_year.before.number:
        return [rest("as many as in the year before", last_year.before.records)]
    return [fill("against {n} " + year_before(facts), n=number(last_year.before))]


def year_before(facts: YearFacts) -> str:
    """in the year before; as long as this one is not at its end, up to the same day of it."""
    return "in the year before" if facts.period.is_year_end else "by this time the year before"


def whole_period(facts: YearFacts) -> str:
    """Over the year; before its end: In the year to date."""
    span = {"calendar_year": "year", "school_year": "school year"}.get(facts.period.kind, "term")
    return f"Over the {span}" if facts.period.is_year_end else f"In the {span} to date"


def _close(told: Sequence[Words], deed: DeedFacts, *, turn: int) -> Phrase:
    """The sentence with what somebody wrote down of its outcome."""
    return sentence([chain(told, ", "), *_result(deed, turn=turn)], "; ")


def _result(deed: DeedFacts, *, turn: int) -> list[Words]:
    if not deed.result or not deed.result.text.strip():
        return []
    return [chain([_NOTES[turn % len(_NOTES)], quoted(deed.result)])]


def _spent(deed: DeedFacts, facts: YearFacts) -> list[Words]:
    return [chain(["at a cost of ", money(deed.spent)])] if deed.spent and tells_money(deed, facts) else []


def _times(deed: DeedFacts) -> list[Words]:
    return [counted(deed.person_times, "attendance in all", "attendances in all")] if deed.person_times else []


def _in_brackets(share: Figure | None) -> Words:
    return chain([" (", percent(share), ")"]) if share else ""
