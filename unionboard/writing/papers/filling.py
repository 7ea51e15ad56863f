"""A form with its values filled in: a Word file by docxtpl, an Excel file cell by cell. What is broken or dangerous is refused.

In Word a list is a loop (``{%tr for 行 in 名单 %}`` … ``{%tr endfor %}``, each on a row of its own); in Excel the row that names places of
a list (``{{ 名单.姓名 }}``) is repeated.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from unionboard.errors.exports import FormNeither, FormWithoutPlaces
from unionboard.models import TemplateKind
from unionboard.writing.docx_table import printable
from unionboard.writing.docx_template import fill, refuse_strangeness
from unionboard.writing.fund_words import FundWords
from unionboard.writing.package import settle_package
from unionboard.writing.page_format import describe
from unionboard.writing.papers.places import PLACES, Place, PlaceList
from unionboard.writing.papers.xlsx_form import fill_sheets

Value = str | int | Decimal | date | None
Line = Mapping[str, Value]
_WORD, _EXCEL = b"word/document.xml", b"xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class Filled:
    """What a paper says, by the English names of its places: single values, and lists of lines."""

    kind: TemplateKind
    language: str
    as_of: date
    single: Mapping[str, Value]
    lists: Mapping[str, Sequence[Line]]

    @property
    def title(self) -> str:
        return str(self.single["title"])

    @property
    def union(self) -> str:
        return str(self.single["union"] or "")


def suffix_of(form: bytes) -> str:
    """.docx or .xlsx, by what is in it. Raises: FormNeither."""
    if _WORD in form:
        return ".docx"
    if _EXCEL in form:
        return ".xlsx"
    raise FormNeither


def fill_form(form: bytes, filled: Filled) -> bytes:
    """The form with its places filled, in the same kind of file.

    Raises: TemplateRefused (one class a reason, saying where), ProtectedDocument.
    """
    return _fill_docx(form, filled) if suffix_of(form) == ".docx" else _fill_xlsx(form, filled)


def _fill_docx(form: bytes, filled: Filled) -> bytes:
    places, words = PLACES[filled.kind], FundWords(filled.language)

    def write(value: Value) -> str:
        if isinstance(value, date):
            return words.day(value)
        if isinstance(value, Decimal):
            return f"{value:,.2f}"
        return printable("" if value is None else str(value))

    values: dict[str, Any] = {}
    for place in places.single:
        values |= _both(place, write(filled.single[place.en]))
    for one in places.lists:
        lines = [{name: write(value) for name, value in _line(one, line).items()} for line in filled.lists[one.en]]
        values |= _both(one, lines)
    attributes = frozenset(name for one in places.lists for column in one.columns for name in (column.en, column.zh))
    file, named = fill(form, values, attributes=attributes)
    _require_place(filled, named & set(values))
    buffer = io.BytesIO()
    with refuse_strangeness():
        title, author = (printable(text.replace("\n", "")) for text in (filled.title, filled.union))
        describe(file, title=title, author=author, as_of=filled.as_of, language=filled.language)
        file.save(buffer)
    return settle_package(buffer.getvalue(), as_of=filled.as_of)


def _fill_xlsx(form: bytes, filled: Filled) -> bytes:
    places = PLACES[filled.kind]
    values = {name: told for place in places.single for name, told in _both(place, filled.single[place.en]).items()}
    lists: dict[str, list[dict[str, Value]]] = {}
    columns: dict[str, frozenset[str]] = {}
    for one in places.lists:
        lists |= _both(one, [_line(one, line) for line in filled.lists[one.en]])
        columns |= _both(one, frozenset(name for column in one.columns for name in (column.en, column.zh)))
    content, named = fill_sheets(form, values, lists, columns, words=FundWords(filled.language))
    _require_place(filled, named)
    return settle_package(content, as_of=filled.as_of)


def _line(one: PlaceList, line: Line) -> dict[str, Value]:
    """A line by both names of its places."""
    return {name: line[column.en] for column in one.columns for name in (column.en, column.zh)}


def _both(place: Place | PlaceList, value: Any) -> dict[str, Any]:
    return {place.en: value, place.zh: value}


def _require_place(filled: Filled, named: Iterable[str]) -> None:
    if not any(named):
        raise FormWithoutPlaces(place=f"{{{{ {PLACES[filled.kind].single[1].name(filled.language)} }}}}")
