"""What a union's rules say of one spending: pure judging, apart from where the rules and the history come from.

All sums are fen. Nothing here stops anybody: a finding is ok, near or over, and the committee decides. Source: domain notes C4, C5.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from unionboard.models import CeilingLevel, CeilingRule, CeilingShape, FundSource, GiftForm
from unionboard.reference.ceilings import watched_words
from unionboard.reference.festivals import festival_days, festivals

DUES_ITEM = "dues"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendingFacts:
    """One spending as far as it is known. What is not told (None or empty) keeps the rules that ask for it silent.

    ``amount_fen`` is for all ``people`` together; ``text`` is purpose and goods, read for words; ``kind``: occasion of a care visit;
    ``person``: the recipient as typed, compared and never repeated. ``not_…_id``: what is judged again must not count as used already.
    """

    booked_on: date
    amount_fen: int
    item: str = ""
    source: FundSource = FundSource.UNION_FUNDS
    text: str = ""
    people: int | None = None
    participants: int | None = None
    winners: int | None = None
    kind: str = ""
    festival: str = ""
    form: GiftForm | None = None
    person: str = ""
    not_entry_id: int | None = None
    not_claim_id: int | None = None
    not_visit_id: int | None = None
    not_handout_id: int | None = None

    @property
    def heads(self) -> int | None:
        """How many share the amount: as told; a visit or a named person is one; else nobody knows."""
        return self.people or (1 if self.person.strip() or self.kind else None)


@dataclass(frozen=True, slots=True)
class Past:
    """What was given or booked before. ``people`` None: not known."""

    on: date
    amount_fen: int
    people: int | None = None
    item: str = ""
    kind: str = ""
    festival: str = ""
    person: str = ""
    text: str = ""

    @property
    def per_head_fen(self) -> int:
        """Rounded up to a fen; 0 when nobody knows for how many it was."""
        return _ceil(self.amount_fen, self.people) if self.people else 0


@dataclass(frozen=True, slots=True)
class History:
    """What was used before, without the spending that is judged.

    ``given``: visits, hand-outs and claims for counted heads. ``bookings``: spending line by line, only as far as rules look for words in
    it or count it. ``spent_fen``: spending of the year by item, what is on its way included. ``budget_fen``: the item's budget, None when
    it has none. Income and dues of the year are the larger of what was budgeted and what came in.
    """

    given: Sequence[Past] = ()
    bookings: Sequence[Past] = ()
    spent_fen: Mapping[str, int] = field(default_factory=dict)
    income_fen: int = 0
    dues_fen: int = 0
    budget_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says. ``limit``, ``used`` (this spending included) and ``left`` (negative: over) are fen, per cent or times by ``shape``.

    ``rule_id`` None: the item's budget, whose ``name`` is the item's code, or a rule that came with the program (``sample``: its code).
    ``left_fen``: what may still be spent, for shares.
    """

    rule_id: int | None
    name: str
    source: str
    shape: CeilingShape
    level: CeilingLevel
    limit: int | None = None
    used: int | None = None
    left: int | None = None
    word: str = ""
    condition: str = ""
    is_sample: bool = False
    sample: str = ""
    years: int = 1
    left_fen: int | None = None


def judge_facts(facts: SpendingFacts, rules: Iterable[CeilingRule], history: History, *, near_pct: int) -> tuple[Finding, ...]:
    """What all ``rules`` that are in force on the day and ask what is known say, and the item's budget: the worst first."""
    findings = [finding for rule in rules for finding in judge_rule(facts, rule, history, near_pct=near_pct)]
    findings += _judge_budget(facts, history, near_pct)
    worst_first = [CeilingLevel.OVER, CeilingLevel.NEAR, CeilingLevel.OK]
    return tuple(sorted(findings, key=lambda finding: worst_first.index(finding.level)))


def judge_rule(facts: SpendingFacts, rule: CeilingRule, history: History, *, near_pct: int) -> list[Finding]:
    """What one rule says: nothing, one finding, or one for each word it found."""
    if not (is_in_force(rule, facts.booked_on) and speaks_of(rule, facts)):
        return []
    match rule.shape:
        case CeilingShape.WORDS:
            return [_finding(rule, _level_of_word(word), word=word) for word in find_words(rule.words, facts)]
        case CeilingShape.FORM:
            return [_finding(rule, CeilingLevel.OVER)] if facts.form in (GiftForm.MONEY, GiftForm.BOTH) else []
        case CeilingShape.INCOME_SHARE | CeilingShape.DUES_MULTIPLE:
            return _judge_share(facts, rule, history, near_pct)
        case CeilingShape.WINNERS_SHARE:
            return _judge_winners(facts, rule)
        case CeilingShape.COUNT:
            return _judge_count(facts, rule, history)
        case CeilingShape.PERSON_YEAR | CeilingShape.PERSON_OCCASION | CeilingShape.FESTIVAL:
            return _judge_heads(facts, rule, history, near_pct)
        case CeilingShape.BUDGET:
            return []  # the item's budget is judged by itself


def is_in_force(rule: CeilingRule, day: date) -> bool:
    """Whether a rule is switched on and valid on ``day``."""
    return rule.is_active and is_valid_on(rule, day)


def is_valid_on(rule: CeilingRule, day: date) -> bool:
    """Whether ``day`` lies within a rule's days, both inclusive; one that is missing is no bound."""
    return (rule.valid_from is None or rule.valid_from <= day) and (rule.valid_to is None or day <= rule.valid_to)


def speaks_of(rule: CeilingRule, spending: SpendingFacts | Past) -> bool:
    """Whether a rule is about such spending. Words narrow every rule but the one that forbids them."""
    return (
        (not rule.items or spending.item in rule.items)
        and (not rule.kinds or (spending.kind or ("festival" if spending.festival else "")) in rule.kinds)
        and (not rule.festivals or spending.festival in rule.festivals)
        and (rule.shape is CeilingShape.WORDS or not rule.words or _holds_any(spending.text, rule.words))
    )


def counts_bookings(rule: CeilingRule) -> bool:
    """Whether a rule has to look at spending line by line: it counts it, or adds up what words name, whoever got it."""
    is_about_people = bool(rule.kinds or rule.festivals)
    by_line = rule.shape is CeilingShape.COUNT or (rule.shape in (CeilingShape.INCOME_SHARE, CeilingShape.DUES_MULTIPLE) and rule.words)
    return bool(by_line) and not is_about_people


def find_words(words: Sequence[str], facts: SpendingFacts) -> list[str]:
    """Those of ``words`` that stand in the text, the longest first, each place counted once; harmless phrases (禁烟) are passed over."""
    rest, found = _plain(facts.text), []
    known = watched_words()
    for word in sorted(words, key=len, reverse=True):
        for phrase in known[word].harmless if word in known else ():
            rest = rest.replace(_plain(phrase), "\n")
        if _plain(word) in rest and (word not in known or not known[word].only_gifts or _is_gift(facts)):
            found.append(word)
            rest = rest.replace(_plain(word), "\n")
    return found


def same_person(one: str, other: str) -> bool:
    """Whether two typed names or member codes are the same but for spaces, width and case; nobody is the same as nobody."""
    return bool(_squeeze(one)) and _squeeze(one) == _squeeze(other)


def _judge_heads(facts: SpendingFacts, rule: CeilingRule, history: History, near_pct: int) -> list[Finding]:
    if facts.heads is None or rule.amount_fen is None or (rule.shape is CeilingShape.FESTIVAL and not facts.festival):
        return []
    used = _ceil(facts.amount_fen, facts.heads)
    if rule.shape is CeilingShape.PERSON_YEAR:
        used += sum(past.per_head_fen for past in _in_years(history.given, rule, facts) if _concerns(past, facts))
    if rule.shape is CeilingShape.FESTIVAL:
        this_one = festival_year(facts.festival, facts.booked_on)
        same = (past for past in history.given if past.festival == facts.festival and festival_year(past.festival, past.on) == this_one)
        used += sum(past.per_head_fen for past in same if speaks_of(rule, past) and _concerns(past, facts))
    is_near = rule.shape is CeilingShape.PERSON_YEAR and used * 100 >= near_pct * rule.amount_fen
    return [_measured(rule, limit=rule.amount_fen, used=used, is_near=is_near)]


def _judge_share(facts: SpendingFacts, rule: CeilingRule, history: History, near_pct: int) -> list[Finding]:
    base_fen = history.dues_fen if rule.shape is CeilingShape.DUES_MULTIPLE else history.income_fen
    if not base_fen or rule.share_pct is None:
        return []
    if rule.kinds or rule.festivals:
        before = sum(past.amount_fen for past in _in_years(history.given, rule, facts))
    elif rule.words:
        before = sum(past.amount_fen for past in _in_years(history.bookings, rule, facts))
    else:
        before = sum(fen for item, fen in history.spent_fen.items() if not rule.items or item in rule.items)
    spent_fen = before + facts.amount_fen
    used = _ceil(spent_fen * 100, base_fen)
    left_fen = rule.share_pct * base_fen // 100 - spent_fen
    is_near = spent_fen * 100 * 100 >= near_pct * rule.share_pct * base_fen  # a whole per cent would be too coarse
    return [_measured(rule, limit=rule.share_pct, used=used, is_near=is_near, left_fen=left_fen)]


def _judge_winners(facts: SpendingFacts, rule: CeilingRule) -> list[Finding]:
    """Per cent are cut here, so that 66 allows two thirds and 33 a third."""
    if not facts.participants or facts.winners is None or rule.share_pct is None:
        return []
    return [_measured(rule, limit=rule.share_pct, used=facts.winners * 100 // facts.participants)]


def _judge_count(facts: SpendingFacts, rule: CeilingRule, history: History) -> list[Finding]:
    if rule.count is None or (rule.kinds and not facts.person.strip()):
        return []
    earlier = history.bookings if counts_bookings(rule) else [past for past in history.given if _concerns(past, facts)]
    return [_measured(rule, limit=rule.count, used=1 + sum(1 for _ in _in_years(earlier, rule, facts)))]


def _judge_budget(facts: SpendingFacts, history: History, near_pct: int) -> list[Finding]:
    if not facts.item or history.budget_fen is None:
        return []
    rule = CeilingRule(name=facts.item, shape=CeilingShape.BUDGET)
    used = history.spent_fen.get(facts.item, 0) + facts.amount_fen
    return [_measured(rule, limit=history.budget_fen, used=used, is_near=used * 100 >= near_pct * history.budget_fen)]


def _measured(rule: CeilingRule, *, limit: int, used: int, is_near: bool = False, left_fen: int | None = None) -> Finding:
    """Near only counts for what fills up over time: a gift of exactly what is allowed is the usual case, not a near miss."""
    level = CeilingLevel.OVER if used > limit else CeilingLevel.NEAR if is_near else CeilingLevel.OK
    return _finding(rule, level, limit=limit, used=used, left=limit - used, left_fen=left_fen)


def _finding(
    rule: CeilingRule,
    level: CeilingLevel,
    *,
    limit: int | None = None,
    used: int | None = None,
    left: int | None = None,
    word: str = "",
    left_fen: int | None = None,
) -> Finding:
    return Finding(
        rule_id=rule.id,
        name=rule.name,
        source=rule.source,
        shape=rule.shape,
        level=level,
        limit=limit,
        used=used,
        left=left,
        word=word,
        condition=rule.condition,
        is_sample=rule.is_sample,
        sample=rule.sample,
        years=rule.years,
        left_fen=left_fen,
    )


def _level_of_word(word: str) -> CeilingLevel:
    """A word that may be meant otherwise (酒) only asks to look again."""
    known = watched_words().get(word)
    return CeilingLevel.NEAR if known and known.is_ambiguous else CeilingLevel.OVER


def _in_years(pasts: Iterable[Past], rule: CeilingRule, facts: SpendingFacts) -> Iterable[Past]:
    """Those a rule is about, in its ``years`` calendar years that end with the year of the spending."""
    last = facts.booked_on.year
    return (past for past in pasts if last - rule.years < past.on.year <= last and speaks_of(rule, past))


def _concerns(past: Past, facts: SpendingFacts) -> bool:
    """What nobody was named for went to everybody alike, as festival goods do; a visit went to the one who was visited."""
    return same_person(past.person, facts.person) if past.person or (past.kind and not past.festival) else True


def _is_gift(facts: SpendingFacts) -> bool:
    """Whether the spending is a present that must be goods: a festival, a birthday, a wedding, a birth, or words that say so."""
    if facts.festival or facts.kind in ("festival", "birthday", "wedding", "birth", "retirement"):
        return True
    text = _plain(facts.text)
    words = ("节日", "生日", "慰问品", "福利", "礼品", *(word for one in festivals().values() for word in one.words))
    return any(word in text for word in words)


def festival_year(code: str, day: date) -> int:
    """Which year's festival something given on ``day`` is for: goods for New Year may be handed out before it or after."""
    near = [found.day for year in (day.year - 1, day.year, day.year + 1) for found in festival_days(year) if found.festival.code == code]
    return min(near, key=lambda one: abs(one - day)).year if near else day.year


def _holds_any(text: str, words: Iterable[str]) -> bool:
    plain = _plain(text)
    return any(_plain(word) in plain for word in words)


def _ceil(amount: int, parts: int) -> int:
    return -(-amount // parts)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _squeeze(text: str) -> str:
    return "".join(_plain(text).split())
