"""A paper from what it says: on our own form, or on the union's."""

from datetime import date

from unionboard.models import TemplateKind
from unionboard.writing.papers.built_in import write_certificates_form, write_docx_form
from unionboard.writing.papers.built_in_xlsx import IN_EXCEL, write_xlsx_form
from unionboard.writing.papers.filling import Filled, Line, fill_form, suffix_of
from unionboard.writing.papers.places import PLACES

ONE_EACH = "one_each"
"""Instead of a suffix: a certificate a page, in Word."""


def list_suffixes(kind: TemplateKind) -> tuple[str, ...]:
    """In which kinds of files our own form of a paper is there."""
    return (".docx", ".xlsx") if kind in IN_EXCEL else (".docx",)


def write_form(kind: TemplateKind, language: str, suffix: str = ".docx") -> bytes:
    """Our own form of a paper, to start from; ``suffix`` one of ``list_suffixes`` or ``ONE_EACH``."""
    if suffix == ONE_EACH:
        return write_certificates_form(language)
    return write_xlsx_form(kind, language) if suffix == ".xlsx" else write_docx_form(kind, language)


def write_paper(filled: Filled, suffix: str = ".docx", *, form: bytes | None = None) -> bytes:
    """The paper on ``form``, or on our own of ``suffix``. Raises: of ``form`` TemplateRefused, ProtectedDocument."""
    return fill_form(form or write_form(filled.kind, filled.language, suffix), filled)


def check_form(form: bytes, kind: TemplateKind) -> str:
    """Whether a paper can be written on ``form``; its suffix. Raises: TemplateRefused (one class a reason), ProtectedDocument."""
    fill_form(form, make_sample(kind))
    return suffix_of(form)


def make_sample(kind: TemplateKind) -> Filled:
    """Values for every place, two lines in every list."""
    places = PLACES[kind]
    single = {place.en: place.zh for place in places.single}
    lists: dict[str, list[Line]] = {one.en: [{column.en: column.zh for column in one.columns}] * 2 for one in places.lists}
    return Filled(kind, "zh_CN", date(2026, 1, 1), single, lists)
