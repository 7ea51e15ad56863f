"""Numbers that people type into a summary, looked up in the books while they type.

Source: domain notes E5.1–3 (a number without a record, units mixed), E5.13 (money in the text is the ledger's).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from unionboard.drafting.alignment import Shown, align
from unionboard.drafting.figures import Figure, Unit
from unionboard.drafting.phrases import Block, Place, Quote
from unionboard.drafting.records import ActivityRecord, Deed
from unionboard.drafting.typed_numbers import Hedge, TypedNumber, day_of, is_kin, number_of, read_numbers, write_as

AHEAD = frozenset({Place.NEXT_YEAR, Place.SIGNATURE})
"""Blocks that may speak of what no record has yet."""
TELLING = Decimal(100)
"""From here on a count found anywhere in the year is taken for the one meant; a smaller one must stand in the block itself."""
_SEEN, _SAME = 6, 3
"""Characters compared on either side of a number, and how many must agree for it to be the same place."""
_ONE_THING = 3
"""Runs of three characters that two sentences share when they speak of one thing."""


class Verdict(StrEnum):
    """What the books say of a number."""

    RECORDED = "recorded"
    CHANGED = "changed"  # the records have another figure for this place
    UNSUPPORTED = "unsupported"
    NOT_A_FIGURE = "not_a_figure"  # a day of the summary itself, a plan for next year, people's own words as recorded


class Where(StrEnum):
    """Where the record behind a number was found, the nearest first."""

    SENTENCE = "sentence"
    BLOCK = "block"
    YEAR = "year"
    NOWHERE = ""


@dataclass(frozen=True, slots=True)
class TypedFigure:
    """A number in ``text[start:end]`` of a block, its unit in it, and what the books say.

    ``figure`` is the recorded one: the same (RECORDED), or the one that belongs here (CHANGED), with ``recorded`` as its words in the
    way the number was typed. ``sentence`` is the place of its sentence among those shown.
    """

    start: int
    end: int
    words: str
    verdict: Verdict
    sentence: int
    figure: Figure | None = None
    recorded: str = ""
    where: Where = Where.NOWHERE
    unit: Unit = Unit.OTHER

    @property
    def is_other_unit(self) -> bool:
        """Whether the value is recorded and only its unit is not: 84人 for 84人次."""
        return self.verdict is Verdict.CHANGED and self.figure is not None and not is_kin(self.unit, self.figure.unit)


@dataclass(frozen=True, slots=True)
class Index:
    """Figures by value."""

    by_value: Mapping[Decimal | tuple[int, int], tuple[Figure, ...]] = field(default_factory=dict)

    def find(self, number: TypedNumber) -> Figure | None:
        """One of the number's unit and value; one of its very unit before one that is only of its kind."""
        found = [figure for figure in self.by_value.get(number.value, ()) if is_kin(number.unit, figure.unit)]
        is_rough = number.hedge is not Hedge.NONE or number.unit is Unit.FEN or (number.day is not None and not number.day[1])
        if not found and (is_rough or number.unit is Unit.OTHER):
            found = [figure for figures in self.by_value.values() for figure in figures if number.fits(figure)]
        return min(found, key=lambda figure: figure.unit is not number.unit, default=None)

    def find_other_unit(self, number: TypedNumber) -> Figure | None:
        """One of the same value that counts persons, person-times or households where the number counts another of the three."""
        of_people = {Unit.PERSON, Unit.PERSON_TIME, Unit.HOUSEHOLD}
        if number.unit not in of_people or isinstance(number.value, tuple):
            return None
        found = self.by_value.get(number.value, ())
        return next((figure for figure in found if figure.unit in of_people and figure.unit is not number.unit), None)


@dataclass(frozen=True, slots=True)
class Books:
    """What numbers are looked up in: the generated blocks with their figures, all figures of a block, all of the year.

    ``days``: the summary's own days (its period, its day), which need no record.
    """

    language: str
    days: frozenset[date]
    blocks: Mapping[str, Block]
    of_block: Mapping[str, Index]
    of_year: Index


def open_books(
    blocks: Sequence[Block], *, language: str, days: Iterable[date], of_block: Mapping[str, Iterable[Figure]], of_year: Iterable[Figure]
) -> Books:
    """Books out of the generated blocks, and of facts they do not tell: of single blocks by their key, and of the year."""
    told = {block.key: [quote.figure for sentence in block.sentences for quote in sentence.quotes] for block in blocks}
    return Books(
        language=language,
        days=frozenset(days),
        blocks={block.key: block for block in blocks},
        of_block={key: _index([*figures, *of_block.get(key, ())]) for key, figures in told.items()},
        of_year=_index([*(figure for figures in told.values() for figure in figures), *of_year]),
    )


def collect_figures(facts: object) -> Iterator[Figure]:
    """All figures anywhere in a tree of facts, from left to right; what they are made of is not told apart."""
    waiting = [facts]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Figure):
            yield one
        elif isinstance(one, Mapping):
            waiting += reversed(list(one.values()))
        elif isinstance(one, tuple | list):
            waiting += reversed(one)
        elif is_dataclass(one) and not isinstance(one, ActivityRecord | Deed):
            waiting += [getattr(one, part.name) for part in reversed(fields(one))]


def check_typed(books: Books, key: str, text: str, *, shown: Sequence[Shown] | None = None, every: bool = False) -> tuple[TypedFigure, ...]:
    """The numbers of a block's text in order, each with what the books say; without ``every`` only those that count something.

    Figures of sentences that stand as generated are RECORDED without being looked up. ``shown``: the text's sentences where they are
    known already; a sentence that quotes what people typed on several lines would be taken for several.
    """
    block = books.blocks.get(key, Block(key, Place.SECTION, "", ()))
    shown = align(text, block.sentences) if shown is None else shown
    gone = _quotes_gone(block, shown)
    found: list[TypedFigure] = []
    cursor = 0
    for place, sentence in enumerate(shown):
        start = max(text.find(sentence.text, cursor), cursor)
        cursor = start + len(sentence.text)
        if sentence.is_edited:
            found += _check_sentence(books, block, sentence, place, start, gone)
        else:
            found += [_as_it_stands(sentence.text, quote, place, start) for quote in sentence.quotes]
    return tuple(one for one in found if every or one.verdict is not Verdict.NOT_A_FIGURE)


@dataclass(slots=True)
class _Spot:
    """A generated figure and what stood on either side of its number; ``is_taken`` by a number of the edited text."""

    figure: Figure
    before: str
    after: str
    is_taken: bool = False

    @property
    def triples(self) -> set[str]:
        """The runs of three characters around it."""
        return _triples(self.before + self.after)


def _check_sentence(books: Books, block: Block, sentence: Shown, place: int, offset: int, gone: Sequence[_Spot]) -> Iterator[TypedFigure]:
    numbers = read_numbers(sentence.text, language=books.language)
    base = sentence.sentence
    spots = _spots(base.text, base.quotes) if base else []
    same = _pair_in_order(numbers, spots)
    for n, number in enumerate(numbers):
        verdict, figure, where = (Verdict.RECORDED, same[n], Where.SENTENCE) if n in same else (None, None, Where.NOWHERE)
        if verdict is None:
            verdict, figure, where = _judge(books, block, sentence, number, spots, gone)
        recorded = write_as(number, figure) if verdict is Verdict.CHANGED and figure is not None else ""
        if recorded == number.words:
            verdict, recorded = Verdict.RECORDED, ""
        start, end = offset + number.start, offset + number.end
        yield TypedFigure(start, end, number.words, verdict, place, figure, recorded, where, number.unit)


def _judge(
    books: Books, block: Block, sentence: Shown, number: TypedNumber, spots: Sequence[_Spot], gone: Sequence[_Spot]
) -> tuple[Verdict, Figure | None, Where]:
    base = sentence.sentence
    if _is_days_own(books, number) or (base is not None and number.words in base.text and not _is_quoted(base.text, base.quotes, number)):
        return Verdict.NOT_A_FIGURE, None, Where.NOWHERE
    if spot := _same_place(sentence.text, number, spots):
        return Verdict.CHANGED, spot.figure, Where.SENTENCE
    of_block = books.of_block.get(block.key, Index())
    if figure := of_block.find(number):
        return Verdict.RECORDED, figure, Where.BLOCK
    if (_is_telling(number) or block.kind is not Place.SECTION) and (figure := books.of_year.find(number)):
        return Verdict.RECORDED, figure, Where.YEAR
    if block.kind in AHEAD:
        return Verdict.NOT_A_FIGURE, None, Where.NOWHERE
    if figure := of_block.find_other_unit(number):
        return Verdict.CHANGED, figure, Where.BLOCK
    if spot := _same_place(sentence.text, number, _of_one_thing(sentence.text, gone)):
        return Verdict.CHANGED, spot.figure, Where.BLOCK
    return Verdict.UNSUPPORTED, None, Where.NOWHERE


def _pair_in_order(numbers: Sequence[TypedNumber], spots: Sequence[_Spot]) -> dict[int, Figure]:
    """Numbers that the generated sentence holds, each figure taken once, from left to right."""
    pairs: dict[int, Figure] = {}
    for n, number in enumerate(numbers):
        spot = next((spot for spot in spots if not spot.is_taken and number.fits(spot.figure)), None)
        if spot is not None:
            spot.is_taken = True
            pairs[n] = spot.figure
    return pairs


def _is_telling(number: TypedNumber) -> bool:
    """Whether a number is rare enough to be known again anywhere in the year."""
    if isinstance(number.value, tuple):
        return True
    if number.unit is Unit.PERCENT:
        return number.value != 100
    return number.value >= TELLING


def _of_one_thing(text: str, gone: Sequence[_Spot]) -> list[_Spot]:
    """Figures of the sentence that speaks most of what ``text`` speaks of."""
    own = _triples(text)
    shared = [len(own & spot.triples) for spot in gone]
    most = max(shared, default=0)
    return [spot for spot, count in zip(gone, shared, strict=True) if count >= max(_ONE_THING, most)]


def _triples(text: str) -> set[str]:
    plain = "".join(letter for letter in text if letter.isalpha())
    return {plain[n : n + 3] for n in range(len(plain) - 2)}


def _same_place(text: str, number: TypedNumber, spots: Sequence[_Spot]) -> _Spot | None:
    """The free figure that stood between the words this number stands between; it is taken then."""
    digits = _digits(number.words)
    before, after = text[: number.start + digits[0]], text[number.start + digits[1] :]
    free = [spot for spot in spots if not spot.is_taken and is_kin(number.unit, spot.figure.unit)]
    best = max(free, key=lambda spot: _likeness(spot, before, after), default=None)
    if best is None or _likeness(best, before, after) < _SAME:
        return None
    best.is_taken = True
    return best


def _likeness(spot: _Spot, before: str, after: str) -> int:
    return _shared(spot.before[::-1], before[::-1]) + _shared(spot.after, after)


def _shared(one: str, other: str) -> int:
    count = 0
    for mine, theirs in zip(one[:_SEEN], other[:_SEEN], strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _spots(text: str, quotes: Sequence[Quote]) -> list[_Spot]:
    spots = []
    for quote in quotes:
        start, end = _digits(text[quote.start : quote.end])
        spots.append(_Spot(quote.figure, text[: quote.start + start], text[quote.start + end :]))
    return spots


def _digits(words: str) -> tuple[int, int]:
    """Where the digits of a number's words begin and end; all of it where there are none."""
    places = [n for n, letter in enumerate(words) if letter.isdigit()]
    return (places[0], places[-1] + 1) if places else (0, len(words))


def _quotes_gone(block: Block, shown: Sequence[Shown]) -> list[_Spot]:
    """Figures of generated sentences that stand nowhere any more."""
    kept = {id(one.sentence) for one in shown}
    return [spot for sentence in block.sentences if id(sentence) not in kept for spot in _spots(sentence.text, sentence.quotes)]


def _as_it_stands(text: str, quote: Quote, place: int, offset: int) -> TypedFigure:
    words = text[quote.start : quote.end]
    start, end = offset + quote.start, offset + quote.end
    return TypedFigure(start, end, words, Verdict.RECORDED, place, quote.figure, where=Where.SENTENCE, unit=quote.figure.unit)


def _is_quoted(text: str, quotes: Sequence[Quote], number: TypedNumber) -> bool:
    """Whether a figure stands where the generated sentence has these very words: then they are a figure that was moved."""
    start = text.find(number.words)
    return any(start < quote.end and quote.start < start + len(number.words) for quote in quotes)


def _is_days_own(books: Books, number: TypedNumber) -> bool:
    return number.day is not None and any((day.month, number.day[1] and day.day) == number.day for day in books.days)


def _index(figures: Iterable[Figure]) -> Index:
    found: dict[Decimal | tuple[int, int], list[Figure]] = {}
    seen: set[int] = set()
    waiting = list(figures)
    while waiting:
        figure = waiting.pop()
        if id(figure) in seen:
            continue
        seen.add(id(figure))
        waiting += figure.parts
        key = day_of(figure) or number_of(figure)
        if key is not None:
            found.setdefault(key, []).append(figure)
    return Index({key: tuple(same) for key, same in found.items()})
