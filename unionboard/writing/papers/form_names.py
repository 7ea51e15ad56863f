"""The places of one paper as they are typed into a Word form in one language."""

from dataclasses import dataclass

from unionboard.models import TemplateKind
from unionboard.writing.papers.places import PLACES, cell_of, loop_of


@dataclass(frozen=True, slots=True)
class FormNames:
    """By their English names."""

    kind: TemplateKind
    language: str

    @property
    def gap(self) -> str:
        """What stands between a union's name and a title."""
        return " " if self.language == "en" else ""

    def place(self, en: str) -> str:
        """A place that stands alone."""
        return f"{{{{ {next(one for one in PLACES[self.kind].single if one.en == en).name(self.language)} }}}}"

    def name_of(self, rows: str) -> str:
        """A list, bare."""
        return PLACES[self.kind].find_list(rows).name(self.language)

    def loop(self, rows: str, *, tag: str = "tr") -> tuple[str, str]:
        """How a list is begun and ended, by rows of a table (``tr``) or paragraphs (``p``)."""
        return loop_of(PLACES[self.kind].find_list(rows), self.language, tag=tag)

    def cell(self, rows: str, column: str) -> str:
        """A place of a line within the loop of Word."""
        return cell_of(next(one for one in PLACES[self.kind].find_list(rows).columns if one.en == column), self.language)

    def of_row(self, rows: str, column: str) -> str:
        """The same in Excel, where the row is repeated by itself."""
        told = PLACES[self.kind].find_list(rows)
        name = next(one for one in told.columns if one.en == column).name(self.language)
        return f"{{{{ {told.name(self.language)}.{name} }}}}"
