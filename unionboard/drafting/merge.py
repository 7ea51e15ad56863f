"""Three texts become one: what was generated, what people made of it, what the records give now. Nothing people typed is lost.

Sentence by sentence: one untouched by people follows the records; one changed by people stays while the records say the same of it; where
both changed it, people decide. What people added stays behind the sentence it followed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from unionboard.drafting.alignment import pair_texts
from unionboard.drafting.document import join_sentences, read_label, split_sentences, tidy_text
from unionboard.drafting.phrases import Sentence, texts

_STOPS = "。！？”’）】.!?])：:；;"


@dataclass(frozen=True, slots=True)
class Settled:
    """A sentence nobody has to decide about. ``sentence``: the generated one now behind it; None: people's own.

    ``key`` is empty for people's own. ``label`` is printed before ``text``.
    """

    key: str
    text: str
    opens: bool = False
    label: str = ""
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A sentence that people and the records both changed since ``base``.

    ``mine`` empty: people took it out; ``new`` None: the records no longer give it.
    """

    key: str
    base: Sentence
    mine: str
    new: Sentence | None
    opens: bool = False
    label: str = ""


Segment = Settled | Conflict


def merge(base: Sequence[Sentence], mine: str, new: Sequence[Sentence]) -> tuple[Segment, ...]:
    """What becomes of ``mine``, which people made out of ``base``, now that the records give ``new``; in the order in which it is printed.

    The order is that of ``new``, or people's where they moved sentences or wrote one before the records did.
    """
    start, told, units = _pair_up(base, mine, new)
    places = [-1 if unit.place is None else unit.place for unit in told]
    is_moved = -1 in places or places != sorted(places)
    line = [start, *(told if is_moved else units[len(base) :])]
    _weave(line, units[: len(base)])
    _weave(line, units[len(base) :])
    return tuple(segment for unit in line for segment in _tell(unit))


def write_out(segments: Iterable[Segment], picks: Mapping[str, str] = {}) -> str:
    """The text of a merge. ``picks``: the words chosen for a conflict, by its key, none to leave it out; one without a pick keeps ``mine``.

    Labels that count (1. 2. 3.) count anew.
    """
    lines: list[Sentence] = []
    for segment in segments:
        words = segment.text if isinstance(segment, Settled) else _picked(segment, picks, numbers=sum(bool(line.label) for line in lines))
        if words:
            is_open = not lines or lines[-1].text[-1] in _STOPS
            lines.append(Sentence(words, (), segment.opens or not is_open, "", segment.label))
    return join_sentences(_number_anew(lines))


def _picked(conflict: Conflict, picks: Mapping[str, str], *, numbers: int) -> str:
    """The words chosen; a number people typed before their own is printed anyway."""
    words = tidy_text(picks.get(conflict.key, conflict.mine))
    if not conflict.label or words in {conflict.mine, conflict.new.text if conflict.new else ""}:
        return words
    return words.removeprefix(read_label(words, expected=numbers + 1))


@dataclass(slots=True, eq=False)
class _Unit:
    """A generated sentence through its three states, and what people added behind it."""

    base: Sentence | None = None
    mine: Sentence | None = None
    new: Sentence | None = None
    place: int | None = None  # in base
    is_first: bool = False  # of people's text: whether it opens a line cannot be seen
    added: list[Sentence] = field(default_factory=list)


def _pair_up(base: Sequence[Sentence], mine: str, new: Sequence[Sentence]) -> tuple[_Unit, list[_Unit], list[_Unit]]:
    """What stands before all sentences; the units in people's order; the units in the order of ``base``, then in that of ``new``."""
    pieces = split_sentences(mine, [*base, *new])
    of_base = [_Unit(base=sentence, place=n) for n, sentence in enumerate(base)]
    of_new = [_Unit(new=sentence) for sentence in new]
    for n, place in enumerate(_pair_sentences(base, new)):
        if place is not None:
            of_base[n].new, of_new[place] = new[place], of_base[n]
    start, told = _Unit(), []
    behind = start
    for n, (piece, place) in enumerate(zip(pieces, pair_texts(texts(pieces), texts(base)), strict=True)):
        unit = of_base[place] if place is not None else _typed_already(piece, of_new)
        if unit is None:
            behind.added.append(piece)
            continue
        unit.mine, unit.is_first = piece, n == 0
        told.append(unit)
        behind = unit
    return start, told, [*of_base, *of_new]


def _typed_already(piece: Sentence, of_new: Sequence[_Unit]) -> _Unit | None:
    """The new sentence that people wrote before the records gave it."""
    fresh = (unit for unit in of_new if unit.base is None and unit.mine is None)
    return next((unit for unit in fresh if unit.new is not None and _says(unit.new) == piece.text), None)


def _pair_sentences(base: Sequence[Sentence], new: Sequence[Sentence]) -> list[int | None]:
    """For each of ``base`` the place of the same sentence in ``new``: by key, else by words, else (without keys) by likeness."""
    by_key = {sentence.key: n for n, sentence in enumerate(new) if sentence.key}
    pairs = [by_key.get(sentence.key) if sentence.key else None for sentence in base]
    left = [n for n, place in enumerate(pairs) if place is None]
    free = [n for n in range(len(new)) if n not in set(pairs)]
    for n, found in zip(left, pair_texts([base[n].text for n in left], [new[n].text for n in free]), strict=True):
        place = None if found is None else free[found]
        if place is not None and (_says(base[n]) == _says(new[place]) or not (base[n].key and new[place].key)):
            pairs[n] = place
    return pairs


def _weave(line: list[_Unit], chain: Sequence[_Unit]) -> None:
    """Bring the units of ``chain`` that are not in ``line`` into it, each behind the one before it."""
    known = set(map(id, line))
    behind = line[0]
    for unit in chain:
        if id(unit) not in known:
            line.insert(line.index(behind) + 1, unit)
            known.add(id(unit))
        behind = unit


def _tell(unit: _Unit) -> list[Segment]:
    own: list[Segment] = [Settled("", piece.text, piece.opens, piece.label) for piece in unit.added]
    main = _settle(unit)
    return own if main is None else [main, *own]


def _settle(unit: _Unit) -> Segment | None:
    base, mine, new = unit.base, unit.mine, unit.new
    if base is None:
        return None if new is None else _as_generated(unit, new)
    said, told = _says(base), "" if mine is None else mine.text
    if told == said:
        return None if new is None else _as_generated(unit, new)
    now = "" if new is None else _says(new)
    if now == told:
        return None if new is None else _as_generated(unit, new)
    if new is not None and now == said:
        return None if mine is None else Settled(new.key, told, _opens(unit), _label(unit), new)
    key = (new.key if new else base.key) or f"text:{sha256(said.encode()).hexdigest()[:8]}"
    return Conflict(key, base, told, new, _opens(unit), _label(unit))


def _as_generated(unit: _Unit, new: Sentence) -> Settled:
    return Settled(new.key, _says(new), _opens(unit), _label(unit), new)


def _says(sentence: Sentence) -> str:
    return sentence.text.strip()


def _opens(unit: _Unit) -> bool:
    """A line break that people set or took away stays so."""
    generated = unit.new or unit.base
    if unit.mine is not None and not unit.is_first and (unit.base or unit.new or unit.mine).opens != unit.mine.opens:
        return unit.mine.opens
    return generated.opens if generated else False


def _label(unit: _Unit) -> str:
    if unit.mine is not None and unit.base is not None and bool(unit.mine.label) != bool(unit.base.label):
        return unit.mine.label
    generated = unit.new or unit.base
    return generated.label if generated else ""


def _number_anew(lines: Sequence[Sentence]) -> list[Sentence]:
    n, numbered = 0, []
    for line in lines:
        n += bool(line.label)
        digits = "".join(filter(str.isdigit, line.label))
        numbered.append(replace(line, label=line.label.replace(digits, str(n))) if digits else line)
    return numbered
