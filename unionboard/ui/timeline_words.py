"""Names of times that the chart and the calendar of the timeline both mark."""

from unionboard.reference.festivals import Festival
from unionboard.services.timeline import Term, TermName
from unionboard.ui.text import language, t


def festival_name(festival: Festival) -> str:
    """Short: 三八 / Women's Day."""
    if language() == "en":
        return festival.short_en or festival.en
    return festival.short_zh or festival.zh


def term_name(term: Term) -> str:
    """春季学期 / Spring term."""
    return t("Spring term") if term.name is TermName.SPRING else t("Autumn term")
