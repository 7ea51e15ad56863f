"""How a figure of the summary is told to somebody who wants to compute it again: its value, the way to it, the records."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from unionboard.drafting.figures import Figure, Rule, Source, Unit
from unionboard.drafting.numbers import percent_text
from unionboard.i18n import mark, translate, translate_count
from unionboard.money import format_fen
from unionboard.reference import figures, record_fields, record_nouns

_RULES = {
    Rule.COUNT: mark("number of records"),
    Rule.SUM: mark("sum of “{field}”"),
    Rule.FIELD: mark("“{field}” of the record"),
    Rule.TEXT: mark("written in “{field}”"),
}
_SIGNS = {Rule.TOTAL: " + ", Rule.DIFFERENCE: " − ", Rule.PRODUCT: " × ", Rule.RATE: " ÷ "}
_SPELLED_OUT = 8
"""A longer row of parts is not printed in one line."""


def tell_rule(figure: Figure, language: str) -> str:
    """How it is computed, in one line: «“参加人数”之和», ``46 ÷ 48``."""
    if figure.rule in _RULES:
        return translate(language, _RULES[figure.rule], field=field_name(figure.field, language))
    if len(figure.parts) > _SPELLED_OUT:
        return translate_count(language, mark("sum of {n} part"), "sum of {n} parts", len(figure.parts))
    return _SIGNS[figure.rule].join(plain_value(part) for part in figure.parts)


def plain_value(figure: Figure) -> str:
    """The value without its unit: ``46``, ``3,000.50``, ``97.5%``, ``2026-05-08``."""
    value = figure.value
    if isinstance(value, date):
        return value.isoformat()
    if figure.unit is Unit.FEN and isinstance(value, int):
        return format_fen(value, symbol="")
    return percent_text(value) if figure.unit is Unit.PERCENT and not isinstance(value, str) else str(value)


def tell_records(sources: Sequence[Source], language: str) -> str:
    """«办结记录 3–8、12；收支记录 5»: by table, in the order in which the tables come, numbers as ranges."""
    comma, semicolon = (", ", "; ") if language == "en" else ("、", "；")
    ids: dict[str, list[int]] = {}
    for source in sources:
        ids.setdefault(source.noun, []).append(source.id)
    return semicolon.join(f"{noun_name(noun, language)} {comma.join(join_ids(numbers))}" for noun, numbers in ids.items())


def join_ids(ids: Iterable[int]) -> list[str]:
    """Numbers in order, neighbours as a range: 3–8, 12."""
    runs = [list(run) for _, run in groupby(enumerate(sorted(set(ids))), key=lambda place: place[1] - place[0])]
    return [str(run[0][1]) if len(run) == 1 else f"{run[0][1]}–{run[-1][1]}" for run in runs]


def noun_name(noun: str, language: str) -> str:
    """What a table is called; one we have no word for keeps its own name."""
    named = record_nouns().get(noun)
    return noun if named is None else named.en if language == "en" else named.zh


def field_name(field: str, language: str) -> str:
    """What a column is called, or a figure of check-offs; ``a|b`` is the first that says something."""
    first, *others = [_column_name(column, language) for column in field.split("|")]
    return translate(language, mark("{first}, else {second}"), first=first, second=others[0]) if others else first


def _column_name(column: str, language: str) -> str:
    table, name, key = [*column.split("."), "", ""][:3]
    named = figures().get(key) if name == "figures" else record_fields().get(f"{table}.{name}")
    return column if named is None else named.en if language == "en" else named.zh
