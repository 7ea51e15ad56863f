"""How sentences lie in the database: small, and exactly as they were.

``{"text", "key", "opens", "label", "sources": [[noun, "1-200 7"]], "quotes": [[start, end, figure]]}``; what is empty is left out.
Rows of earlier versions, whose sources are ``[{"noun", "id"}]``, are read too.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Any

from unionboard.drafting.figures import Figure, Rule, Source, Unit
from unionboard.drafting.phrases import Quote, Sentence

Stored = dict[str, Any]


def pack_sentences(sentences: Iterable[Sentence]) -> list[Stored]:
    """As JSON."""
    return [_pack(sentence) for sentence in sentences]


def unpack_sentences(stored: Sequence[Stored] | None) -> tuple[Sentence, ...]:
    """What ``pack_sentences`` made; none of None."""
    return tuple(_unpack(one) for one in stored or ())


def _pack_figure(figure: Figure) -> Stored:
    """As JSON. A share is ``{"share": "97.5"}``, a day ``{"day": "2026-05-08"}``."""
    told = {
        "value": _pack_value(figure.value),
        "unit": figure.unit.value,
        "rule": figure.rule.value,
        "field": figure.field,
        "sources": _pack_sources(figure.sources),
        "parts": [_pack_figure(part) for part in figure.parts],
    }
    return {name: value for name, value in told.items() if value not in ("", [])}


def _unpack_figure(stored: Stored) -> Figure:
    """What ``_pack_figure`` made."""
    return Figure(
        value=_unpack_value(stored.get("value", "")),
        unit=Unit(stored["unit"]),
        rule=Rule(stored["rule"]),
        field=stored.get("field", ""),
        sources=_unpack_sources(stored.get("sources", ())),
        parts=tuple(_unpack_figure(part) for part in stored.get("parts", ())),
    )


def _pack(sentence: Sentence) -> Stored:
    told = {
        "text": sentence.text,
        "key": sentence.key,
        "opens": sentence.opens,
        "label": sentence.label,
        "sources": _pack_sources(sentence.sources),
        "quotes": [[quote.start, quote.end, _pack_figure(quote.figure)] for quote in sentence.quotes],
    }
    return {name: value for name, value in told.items() if value or name == "text"}


def _unpack(stored: Stored) -> Sentence:
    return Sentence(
        text=stored["text"],
        sources=_unpack_sources(stored.get("sources", ())),
        opens=stored.get("opens", False),
        key=stored.get("key", ""),
        label=stored.get("label", ""),
        quotes=tuple(Quote(start, end, _unpack_figure(figure)) for start, end, figure in stored.get("quotes", ())),
    )


def _pack_value(value: int | Decimal | date | str) -> Any:
    if isinstance(value, Decimal):
        return {"share": str(value)}
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _unpack_value(stored: Any) -> int | Decimal | date | str:
    if not isinstance(stored, dict):
        return int(stored) if isinstance(stored, int) else str(stored)
    return Decimal(stored["share"]) if "share" in stored else date.fromisoformat(stored["day"])


def _pack_sources(sources: Iterable[Source]) -> list[list[str]]:
    """Neighbours of one table together, their ids as runs, in their order: ``[["check_off", "3-8 12"]]``."""
    return [[noun, _pack_ids([source.id for source in group])] for noun, group in groupby(sources, key=lambda source: source.noun)]


def _pack_ids(ids: Iterable[int]) -> str:
    runs: list[list[int]] = []
    for id_ in ids:
        if runs and id_ == runs[-1][1] + 1:
            runs[-1][1] = id_
        else:
            runs.append([id_, id_])
    return " ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _unpack_sources(stored: Iterable[Any]) -> tuple[Source, ...]:
    found: list[Source] = []
    for one in stored:
        if isinstance(one, dict):
            found.append(Source(one["noun"], one["id"]))
            continue
        found += _unpack_ids(*one)
    return tuple(found)


@lru_cache(maxsize=512)
def _unpack_ids(noun: str, ids: str) -> tuple[Source, ...]:
    """Cached: sentences, their figures and the parts of these rest on the same thousands of records, and each click reads them all."""
    runs = [(int(first), int(last or first)) for first, _, last in (run.partition("-") for run in ids.split())]
    return tuple(Source(noun, id_) for first, last in runs for id_ in range(first, last + 1))
